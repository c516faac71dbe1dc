/**
 * Whether a fix does what it promises, told by the analysis itself: the edits are made in memory, the files that they touch are
 * read and judged anew, and the fix stands only if its finding is gone and no other has come. Asked for when fixes are wanted,
 * because a trial costs as much as a review of the file.
 */
import { applyEdits, type CancellationToken, throwIfCancelled } from '../../base/index.ts';
import type { Rule } from '../../rules/index.ts';
import { parse } from '../../syntax/index.ts';
import type { Finding, Fix, FixOfFinding } from '../shapes.ts';

/** The rules whose fixes the analysis can refute: those that rest on it. */
export function judgesAmong(rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ evidence }) => evidence === 'escape');
}

/** Files as they would be, judged by the rules in question. */
export interface Trial {
  /** What the rules in question say of a file as it is. */
  judged(path: string, token: CancellationToken): readonly Finding[];
  /** Undefined for a file that is not there. */
  sourceOf(path: string): Uint8Array | undefined;
  /** Findings in the files that the texts stand for, or undefined where a rule failed on them. */
  findings(texts: ReadonlyMap<string, Uint8Array>, token: CancellationToken): readonly Finding[] | undefined;
}

type Untouched = (path: string) => readonly Finding[];

/** The fixes of a file's findings that do not stand. Throws only `Cancelled`. */
export function refutedFixes(trial: Trial, path: string, token: CancellationToken): FixOfFinding[] {
  const known = new Map<string, readonly Finding[]>();
  const untouched: Untouched = (each) => {
    const found = known.get(each) ?? trial.judged(each, token);
    known.set(each, found);
    return found;
  };
  return untouched(path).flatMap((finding) =>
    finding.fixes.flatMap((fix, index) => {
      throwIfCancelled(token);
      return stands(trial, finding, fix, untouched, token) ? [] : [{ fingerprint: finding.fingerprint, fix: index }];
    }),
  );
}

function stands(trial: Trial, finding: Finding, fix: Fix, untouched: Untouched, token: CancellationToken): boolean {
  const paths = [...new Set([finding.path, ...fix.edits.map(({ path }) => path)])];
  const edited = new Map<string, Uint8Array>();
  const before: Finding[] = [];
  for (const path of paths) {
    const source = trial.sourceOf(path);
    if (source === undefined) return false;
    before.push(...untouched(path));
    const text = applyEdits(
      source,
      fix.edits.filter((edit) => edit.path === path),
    );
    if (parse(text).problems.length > 0) return false;
    edited.set(path, text);
  }
  const after = trial.findings(edited, token);
  return after !== undefined && isGone(finding, before, after) && noRuleSaysMore(before, after);
}

/** Words are compared, because an edit moves the place. */
function isGone({ ruleId, message }: Finding, before: readonly Finding[], after: readonly Finding[]): boolean {
  const count = (findings: readonly Finding[]): number =>
    findings.filter((each) => each.ruleId === ruleId && each.message === message).length;
  return count(after) < count(before);
}

function noRuleSaysMore(before: readonly Finding[], after: readonly Finding[]): boolean {
  const counts = new Map<string, number>();
  for (const { ruleId } of before) counts.set(ruleId, (counts.get(ruleId) ?? 0) + 1);
  for (const { ruleId } of after) counts.set(ruleId, (counts.get(ruleId) ?? 0) - 1);
  return [...counts.values()].every((left) => left >= 0);
}
