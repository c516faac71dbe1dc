/** Runs one rule alone over its fixtures: what the tests of this folder share. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, LineTable, neverCancelled, type TextEdit } from '../../src/base/index.ts';
import type { ReviewSettings } from '../../src/config/index.ts';
import { combineFixes, createSession, type Finding, type Fix, firstFix, type Review, type Session } from '../../src/review/index.ts';
import type { FixSafety, Report, Rule, RuleContext } from '../../src/rules/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { diskFiles, memoryFiles } from '../support/files.ts';
import type { Seen } from '../support/want.ts';

export const RULES = join(import.meta.dirname, '../../src/rules');
export const FIXTURES = join(import.meta.dirname, '../../../test-fixtures/rules');

export type LoadedRule = { readonly id: string; readonly rule: Rule } | { readonly id: string; readonly problem: string };

/** Every rule folder by itself, so that one that does not load fails alone. */
export async function loadRules(): Promise<LoadedRule[]> {
  const ids = readdirSync(RULES).filter((name) => existsSync(join(RULES, name, 'rule.ts')));
  return Promise.all(ids.sort().map(loadRule));
}

async function loadRule(id: string): Promise<LoadedRule> {
  try {
    const exports: Record<string, unknown> = await import(join(RULES, id, 'rule.ts'));
    const rule = Object.values(exports).find(isRule);
    return rule === undefined ? { id, problem: 'rule.ts exports no rule' } : { id, rule };
  } catch (error) {
    return { id, problem: String(error) };
  }
}

function isRule(value: unknown): value is Rule {
  return typeof value === 'object' && value !== null && 'messages' in value && 'docs' in value;
}

/** The rule's fixture folder, and those folders in it that are modules of their own (older Go versions). */
export function fixtureFolders(id: string): string[] {
  const folder = join(FIXTURES, id);
  if (!existsSync(folder)) return [];
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.map((entry) => join(folder, entry.name))].filter((path) => goFiles(path).length > 0);
}

/** Names of the Go files of a folder, goldens left out. */
export function goFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.go') && !name.startsWith('bad.fixed'));
}

export function readText(...path: string[]): string {
  return readFileSync(join(...path), 'utf8');
}

/** A session over the disk that runs these rules alone, findings of every certainty shown. */
export function sessionFor(rules: readonly Rule[], files = diskFiles, ruleOptions: ReviewSettings['ruleOptions'] = {}): Session {
  const session = createSession(files, loadTestLibrary(), rules.map(tracing));
  session.configure({ ...settingsFor(rules), ruleOptions });
  return session;
}

/** A session for the fixtures of a folder, with the options of its options.json (rule ids to their options) where there is one. */
export function sessionIn(folder: string, rules: readonly Rule[]): Session {
  const path = join(folder, 'options.json');
  return sessionFor(rules, diskFiles, existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {});
}

let lastError: unknown;

/** The rule, leaving a trace of what it throws for `faultsOf`. */
function tracing(rule: Rule): Rule {
  return wrapped(rule, (visitor, node, context) => {
    try {
      visitor(node, context);
    } catch (error) {
      lastError = error;
      throw error;
    }
  });
}

/** Faults with the stack behind the last one; empty when there are none. */
export function faultsOf(review: Review): string {
  const stack = lastError instanceof Error ? (lastError.stack ?? '') : '';
  return review.faults.length === 0 ? '' : [...review.faults.map((fault) => fault.message), stack].join('\n');
}

export function settingsFor(rules: readonly Rule[]): ReviewSettings {
  const severities = Object.fromEntries(rules.map((rule) => [rule.id, rule.severity]));
  return { rules: severities, ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: true };
}

/** Reviews one text as the only file of a module at the newest version the rule speaks in. */
export function reviewText(rule: Rule, text: string): Review {
  const go = Math.min(rule.go.to ?? 26, 26);
  const files = memoryFiles({ '/m/go.mod': `module example.com/m\n\ngo 1.${go}\n`, '/m/x.go': text });
  return sessionFor([rule], files).review(['/m/x.go'], neverCancelled);
}

/** Findings as the markers speak of them. */
export function seenIn(findings: readonly Finding[], source: string): Seen[] {
  const lines = new LineTable(new TextEncoder().encode(source));
  return findings.map((finding) => ({ line: lines.lineOf(finding.at.start) + 1, rule: finding.ruleId, message: finding.message }));
}

export interface Round {
  readonly text: string;
  readonly applied: readonly Fix[];
  /** Of the text before. */
  readonly findings: readonly Finding[];
}

/** One round of fixes over an open document: each finding's first fix of at least that safety, as far as they go together. */
export function fixOnce(session: Session, path: string, text: string, least: FixSafety): Round {
  session.open({ path, version: 1, text });
  const review = session.review([path], neverCancelled);
  const { findings } = review;
  if (review.faults.length > 0) throw new Error(faultsOf(review));
  const { applied: taken, edits } = combineFixes(findings.flatMap((finding) => firstFix(finding, least) ?? []));
  return { text: applied(text, edits), applied: taken, findings };
}

export function applied(text: string, edits: readonly TextEdit[]): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(applyEdits(new TextEncoder().encode(text), edits));
}

/** The rule, with every report it makes noted. */
export function recording(rule: Rule, seen: Report[]): Rule {
  return wrapped(rule, (visitor, node, context) => visitor(node, noting(context, seen)));
}

type Visit = (node: number, context: RuleContext) => void;

function wrapped(rule: Rule, around: (visitor: Visit, node: number, context: RuleContext) => void): Rule {
  const wrap = (visitors: Readonly<Record<string, Visit>> = {}): Record<string, Visit> =>
    Object.fromEntries(
      Object.entries(visitors).map(([name, visitor]) => [name, (node: number, context: RuleContext) => around(visitor, node, context)]),
    );
  return { ...rule, visit: wrap(rule.visit), calls: wrap(rule.calls) };
}

function noting(context: RuleContext, seen: Report[]): RuleContext {
  return new Proxy(context, {
    get(target, name) {
      if (name !== 'report') {
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      }
      return (report: Report) => {
        seen.push(report);
        target.report(report);
      };
    },
  });
}
