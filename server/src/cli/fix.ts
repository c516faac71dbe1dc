/**
 * Fixes, round by round until none is left: each round takes at most one fix per finding, never two that touch the same
 * text, and reviews the result. Files are written once, at the end, so that nobody sees the rounds between.
 */
import { applyEdits, areDisjoint, isWithin, type TextEdit } from '../base/index.ts';
import type { Finding, Fix, Review } from '../review/index.ts';
import type { FixSafety } from '../rules/index.ts';
import type { Texts } from './texts.ts';

export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface Fixing {
  readonly tier: FixSafety;
  /** Directories outside of which nothing is touched. */
  readonly roots: readonly string[];
  readonly texts: Texts;
  /** Reviews the texts as they are now, after `changed` were replaced. */
  readonly review: (changed: readonly string[]) => Promise<Review>;
}

export interface FixOutcome {
  readonly review: Review;
  readonly applied: readonly AppliedFix[];
  /** Files that have fixes which were withheld, with the reason. */
  readonly withheld: ReadonlyMap<string, string>;
}

const MAX_ROUNDS = 10;
const TIERS: readonly FixSafety[] = ['safe', 'suggestion', 'unsafe'];

/** Starts from a review of the texts as they are; gives the review of what they became. */
export async function fixAll(first: Review, fixing: Fixing): Promise<FixOutcome> {
  const withheld = new Map<string, string>();
  const applied: AppliedFix[] = [];
  let review = first;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const chosen = chooseFixes(review.findings, fixing, withheld);
    if (chosen.length === 0) break;
    const changed = applyFixes(chosen, fixing.texts);
    if (changed.length === 0) break;
    applied.push(...chosen);
    review = await fixing.review(changed);
  }
  return { review, applied, withheld };
}

function chooseFixes(findings: readonly Finding[], { tier, roots, texts }: Fixing, withheld: Map<string, string>): readonly AppliedFix[] {
  const chosen: AppliedFix[] = [];
  const taken = new Map<string, readonly TextEdit[]>();
  for (const finding of findings) {
    const fix = mildestFix(finding, tier);
    if (fix === undefined) continue;
    const obstacle = fix.edits.map((edit) => obstacleIn(edit.path, roots, texts)).find((why) => why !== undefined);
    if (obstacle !== undefined) withheld.set(finding.path, obstacle);
    else if (take(fix.edits, taken)) chosen.push({ finding, fix });
  }
  return chosen;
}

/** Adds all edits to those of their files, or none when one of them touches what is taken. */
function take(edits: readonly TextEdit[], taken: Map<string, readonly TextEdit[]>): boolean {
  const paths = [...new Set(edits.map((edit) => edit.path))];
  const merged = paths.map((path) => [path, [...(taken.get(path) ?? []), ...edits.filter((edit) => edit.path === path)]] as const);
  if (!merged.every(([, all]) => areDisjoint(all))) return false;
  for (const [path, all] of merged) taken.set(path, all);
  return true;
}

function mildestFix(finding: Finding, boldest: FixSafety): Fix | undefined {
  const allowed = TIERS.slice(0, TIERS.indexOf(boldest) + 1);
  for (const tier of allowed) {
    const fix = finding.fixes.find(({ safety }) => safety === tier);
    if (fix !== undefined) return fix;
  }
  return undefined;
}

function obstacleIn(path: string, roots: readonly string[], texts: Texts): string | undefined {
  if (!roots.some((root) => isWithin(root, path))) return 'it lies outside the reviewed directories';
  const bytes = texts.bytes(path);
  if (bytes === undefined) return 'it cannot be read';
  return isUtf8(bytes) ? undefined : 'it is not valid UTF-8';
}

/** The server sees documents as text, in which invalid bytes cannot be told apart any more. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Paths whose text is now another. */
function applyFixes(chosen: readonly AppliedFix[], texts: Texts): readonly string[] {
  const edits = chosen.flatMap(({ fix }) => fix.edits);
  const changed: string[] = [];
  for (const path of [...new Set(edits.map((edit) => edit.path))].sort()) {
    const before = texts.bytes(path) ?? new Uint8Array();
    const after = applyEdits(
      before,
      edits.filter((edit) => edit.path === path),
    );
    if (Buffer.compare(before, after) === 0) continue;
    texts.replace(path, after);
    changed.push(path);
  }
  return changed;
}
