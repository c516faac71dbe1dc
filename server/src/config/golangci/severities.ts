/** Severities that golangci-lint gives to the findings of linters, as severities of our rules. */
import type { Severity } from '../../rules/index.ts';
import type { ConfiguredOverride } from '../load.ts';
import { globsOf } from './globs.ts';
import type { Golangci, Restriction } from './read.ts';

export interface Severities {
  readonly severity: Readonly<Record<string, Severity>>;
  readonly overrides: readonly ConfiguredOverride[];
  /** What was left behind, each a sentence. */
  readonly notes: readonly string[];
}

const NAMES: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  warn: 'warning',
  info: 'information',
  information: 'information',
  hint: 'hint',
};

/** The first that matches counts there, the last override here. */
export function severitiesOf(
  { severities, defaultSeverity }: Golangci,
  rulesUnder: (restriction: Restriction) => readonly string[],
): Severities {
  const severity: Record<string, Severity> = {};
  const overrides: ConfiguredOverride[] = [];
  const notes: string[] = [];
  for (const each of severities) {
    const ids = rulesUnder(each).filter((id) => !Object.hasOwn(severity, id));
    if (ids.length === 0) continue;
    const name = String(each.severity);
    const meant = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    const globs = each.path === undefined ? [] : globsOf(each.path);
    if (meant === undefined || globs === undefined || each.isStrange) {
      notes.push(
        `the severity ${JSON.stringify(name)} of ${each.linters.join(', ')} could not be taken over: severity and overrides set those of ${ids.join(', ')}`,
      );
      continue;
    }
    const its = Object.fromEntries(ids.map((id) => [id, meant]));
    if (each.path === undefined) Object.assign(severity, its);
    overrides.unshift(...globs.map((path) => ({ path, severity: its })));
  }
  if (defaultSeverity !== undefined)
    notes.push('a severity for everything has no like here: each rule has its own, and severity sets those of single rules');
  return { severity, overrides, notes };
}
