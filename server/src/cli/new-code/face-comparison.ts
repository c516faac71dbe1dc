/**
 * What changed functions are to their callers now and before. Where their own text or what they speak of changed, but nothing that they call does other
 * things, outlines tell most of the time that they are what they were; all that they call is looked into for the rest.
 */
import type { Range } from '../../base/index.ts';
import type { FaceDetail, FunctionFace } from '../../review/index.ts';
import type { Compare, Comparison, FunctionVersions } from './package-ripple.ts';

/** Undefined where nobody can say. */
export type Face = FunctionFace | null | undefined;

/** In the order of the functions, which are of one package. */
export type AskFaces = (functions: readonly FunctionVersions[], detail: FaceDetail) => Promise<readonly Face[]>;

export interface FaceParts {
  readonly before: AskFaces;
  readonly now: AskFaces;
  /** Whether a range of a file as it is now lies on a line that changed. */
  readonly isFresh: (path: string, range: Range) => boolean;
}

interface FacePair {
  readonly now: Face;
  readonly before: Face;
}

/** A function that could not be looked at counts as another one: what is found with it is compared all the same. */
const OTHER: Comparison = { difference: 'face', isNamedByCallers: true };

export function compareFaces(parts: FaceParts): Compare {
  return async (functions) => {
    const found = new Map<FunctionVersions, Comparison>();
    const outlined = functions.filter(({ detail }) => detail === 'outline');
    for (const [versions, pair] of await pairsOf(outlined, 'outline', parts))
      if (haveSameOutline(pair)) found.set(versions, comparisonOf(versions, pair, parts));
    const left = functions.filter((versions) => !found.has(versions));
    for (const [versions, pair] of await pairsOf(left, 'whole', parts)) found.set(versions, comparisonOf(versions, pair, parts));
    return functions.map((versions) => found.get(versions) ?? OTHER);
  };
}

async function pairsOf(
  functions: readonly FunctionVersions[],
  detail: FaceDetail,
  parts: FaceParts,
): Promise<readonly (readonly [FunctionVersions, FacePair])[]> {
  if (functions.length === 0) return [];
  // Last of all what they are now, because that is what is reviewed then.
  const before = await parts.before(functions, detail);
  const now = await parts.now(functions, detail);
  return functions.map((versions, i) => [versions, { now: now[i], before: before[i] }] as const);
}

function haveSameOutline({ now, before }: FacePair): boolean {
  return now?.says !== undefined && now.says === before?.says;
}

function comparisonOf({ now: { path } }: FunctionVersions, { now, before }: FacePair, { isFresh }: FaceParts): Comparison {
  if (now === undefined || before === undefined || now?.says !== before?.says) return OTHER;
  return {
    difference: now?.cost === before?.cost ? 'none' : 'cost',
    isNamedByCallers: now?.places.some((place) => isFresh(path, place)) === true,
  };
}
