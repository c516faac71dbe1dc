/**
 * Fixes, round by round until none is left: each round takes at most one fix per finding, never two that touch the same
 * text, and reviews the result. Files are written once, at the end, so that nobody sees the rounds between.
 */
import { applyEdits, isWithin, type TextEdit } from '../../base/index.ts';
import { combineFixes, type Finding, type Fix, type Review } from '../../review/index.ts';
import type { FixSafety } from '../../rules/index.ts';
import type { Texts } from '../files/texts.ts';

export interface AppliedFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

export interface Fixing {
  readonly tier: FixSafety;
  /** Directories outside of which nothing is touched. */
  readonly roots: readonly string[];
  /** Why a file cannot be written to, where it will have to be. */
  readonly unwritable: (path: string) => string | undefined;
  readonly texts: Texts;
  /** Reviews the texts as they are now, after `changed` were replaced. */
  readonly review: (changed: readonly string[]) => Promise<Review>;
}

export interface FixOutcome {
  readonly review: Review;
  readonly applied: readonly AppliedFix[];
  /** Fixes that are possible now and waited for others, or came of them, in the last round too. */
  readonly left: readonly AppliedFix[];
  /** Files that have fixes which were withheld, with the reason. */
  readonly withheld: ReadonlyMap<string, string>;
  /** Files that have fixes and could not be written, with the reason; these are as they were. */
  readonly refused: ReadonlyMap<string, string>;
}

/** What two fixes in one place take, and a fix for what came of them. */
const MAX_ROUNDS = 3;
const TIERS: readonly FixSafety[] = ['safe', 'suggestion', 'unsafe'];

/** Nothing was fixed. */
export function unfixed(review: Review): FixOutcome {
  return { review, applied: [], left: [], withheld: new Map(), refused: new Map() };
}

/** Starts from a review of the texts as they are; gives the review of what they became. */
export async function fixAll(first: Review, fixing: Fixing): Promise<FixOutcome> {
  const obstacles = { withheld: new Map<string, string>(), refused: new Map<string, string>() };
  const applied: AppliedFix[] = [];
  let review = first;
  let wanted = wantedFixes(review.findings, fixing, obstacles);
  for (let round = 0; round < MAX_ROUNDS && wanted.length > 0; round++) {
    const { applied: chosen, edits } = combineFixes(wanted.map(({ fix }) => fix));
    const changed = replaceTexts(edits, fixing.texts);
    if (changed.length === 0) break;
    const isChosen = new Set(chosen);
    applied.push(...wanted.filter(({ fix }) => isChosen.has(fix)));
    review = await fixing.review(changed);
    wanted = wantedFixes(review.findings, fixing, obstacles);
  }
  return { review, applied, left: wanted, ...obstacles };
}

type Obstacles = Readonly<Record<'withheld' | 'refused', Map<string, string>>>;

/** Of each finding that may be fixed, the mildest fix. */
function wantedFixes(findings: readonly Finding[], fixing: Fixing, obstacles: Obstacles): readonly AppliedFix[] {
  const wanted: AppliedFix[] = [];
  for (const finding of findings) {
    const fix = mildestFix(finding, fixing.tier);
    if (fix === undefined) continue;
    const paths = [...new Set(fix.edits.map(({ path }) => path))];
    const withheld = firstOf(paths, (path) => obstacleIn(path, fixing.roots, fixing.texts));
    const refused = firstOf(paths, fixing.unwritable);
    if (withheld !== undefined) obstacles.withheld.set(...withheld);
    else if (refused !== undefined) obstacles.refused.set(...refused);
    else wanted.push({ finding, fix });
  }
  return wanted;
}

/** The first path that has an obstacle, with that. */
function firstOf(paths: readonly string[], obstacle: (path: string) => string | undefined): [string, string] | undefined {
  for (const path of paths) {
    const why = obstacle(path);
    if (why !== undefined) return [path, why];
  }
  return undefined;
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
