/**
 * Fixes, round by round until none is left: each round takes at most one fix per finding, never two that touch the same
 * text, and reviews the result. Files are written once, at the end, so that nobody sees the rounds between.
 */
import { applyEdits, isWithin, type TextEdit } from '../base/index.ts';
import { combineFixes, type Finding, type Fix, type Review } from '../review/index.ts';
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
    const wanted = wantedFixes(review.findings, fixing, withheld);
    const { applied: chosen, edits } = combineFixes(wanted.map(({ fix }) => fix));
    const changed = replaceTexts(edits, fixing.texts);
    if (changed.length === 0) break;
    const isChosen = new Set(chosen);
    applied.push(...wanted.filter(({ fix }) => isChosen.has(fix)));
    review = await fixing.review(changed);
  }
  return { review, applied, withheld };
}

function wantedFixes(findings: readonly Finding[], { tier, roots, texts }: Fixing, withheld: Map<string, string>): readonly AppliedFix[] {
  const wanted: AppliedFix[] = [];
  for (const finding of findings) {
    const fix = mildestFix(finding, tier);
    if (fix === undefined) continue;
    const obstacle = fix.edits.map((edit) => obstacleIn(edit.path, roots, texts)).find((why) => why !== undefined);
    if (obstacle !== undefined) withheld.set(finding.path, obstacle);
    else wanted.push({ finding, fix });
  }
  return wanted;
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
function replaceTexts(edits: readonly TextEdit[], texts: Texts): readonly string[] {
  const changed: string[] = [];
  for (const [path, its] of byPath(edits)) {
    const before = texts.bytes(path) ?? new Uint8Array();
    const after = applyEdits(before, its);
    if (Buffer.compare(before, after) === 0) continue;
    texts.replace(path, after);
    changed.push(path);
  }
  return changed;
}

function byPath(edits: readonly TextEdit[]): readonly (readonly [string, readonly TextEdit[]])[] {
  const paths = new Map<string, TextEdit[]>();
  for (const edit of edits) paths.set(edit.path, [...(paths.get(edit.path) ?? []), edit]);
  return [...paths].sort(([a], [b]) => (a < b ? -1 : 1));
}
