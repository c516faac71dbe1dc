/** A session over literal files, set up in one line. */
import { neverCancelled } from '../../src/base/index.ts';
import type { ReviewSettings } from '../../src/config/index.ts';
import { createSession, type Finding, type Review, type Session } from '../../src/review/index.ts';
import type { Rule } from '../../src/rules/index.ts';
import { memoryFiles } from './files.ts';

export function settings(rules: readonly Rule[], more: Partial<ReviewSettings> = {}): ReviewSettings {
  const severities = Object.fromEntries(rules.map((rule) => [rule.id, rule.severity]));
  return { rules: severities, ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: false, ...more };
}

/** Files lie below /m, a module at Go 1.26 unless a go.mod is given. */
export function sessionOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  rules: readonly Rule[],
  more: Partial<ReviewSettings> = {},
): Session {
  const session = createSession(memoryFiles({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n', ...files }), undefined, rules);
  session.configure(settings(rules, more));
  return session;
}

/** Reviews one text as /m/x.go. */
export function reviewOf(text: string, rules: readonly Rule[], more: Partial<ReviewSettings> = {}): Review {
  return sessionOf({ '/m/x.go': text }, rules, more).review(['/m/x.go'], neverCancelled);
}

/** `RULE@LINE` of each finding, lines from 1. */
export function places(findings: readonly Finding[], text: string): string[] {
  return findings.map((finding) => `${finding.ruleId}@${text.slice(0, finding.at.start).split('\n').length}`);
}
