/** What functions are to those who call them, as text: where two versions of one say the same, no finding in a caller tells them apart by what they do. */
import { escapeOf, type PackageEscape, type ParameterSummary } from '../../escape/index.ts';
import { isEndlessFunction, type Package, type SourceFile, type Workspace } from '../../model/index.ts';
import { Field, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { FaceDetail, FunctionFace } from '../shapes.ts';

export interface FaceQuestion {
  /** Of the functions' names. */
  readonly offsets: readonly number[];
  readonly detail: FaceDetail;
}

/** In the order of the offsets; null where no function is declared. */
export function facesOf(
  workspace: Workspace,
  pkg: Package,
  file: SourceFile,
  { offsets, detail }: FaceQuestion,
): readonly (FunctionFace | null)[] {
  const functions = functionsIn(file.tree);
  const analysis = escapeOf(workspace, pkg);
  return offsets.map((offset) => {
    const node = functions.get(offset);
    if (node === undefined) return null;
    const isEndless = isEndlessFunction({ file, node }, pkg);
    return detail === 'outline' ? outlinedFace(analysis, file, node, isEndless) : wholeFace(analysis, file, node, isEndless);
  });
}

/** By the offset of the name. */
function functionsIn(tree: Tree): ReadonlyMap<number, Node> {
  const found = new Map<number, Node>();
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (tree.kind[row] !== Kind.function_declaration && tree.kind[row] !== Kind.method_declaration) continue;
    for (let child = row + 1; child < tree.next[row]; child = tree.next[child])
      if (tree.field[child] === Field.name) found.set(tree.start[child], row);
  }
  return found;
}

function outlinedFace(analysis: PackageEscape, file: SourceFile, fn: Node, isEndless: boolean): FunctionFace {
  const outline = analysis.outlineOf(file, fn);
  const says = JSON.stringify([isEndless, analysis.isSeenThrough(file, fn), outline?.flows]);
  return { says, cost: analysis.costOf(file, fn) ?? null, places: outline?.places ?? [] };
}

function wholeFace(analysis: PackageEscape, file: SourceFile, fn: Node, isEndless: boolean): FunctionFace {
  const parameters = analysis.parametersOf(file, fn);
  const leadsToHeap = parameters?.some((each) => each !== undefined && each.possible.heap >= 0) === true;
  return {
    says: JSON.stringify([isEndless, analysis.isSeenThrough(file, fn), parameters?.map(leaks)]),
    cost: analysis.costOf(file, fn) ?? null,
    places: leadsToHeap ? (analysis.outlineOf(file, fn)?.places ?? []) : [],
  };
}

/** Without the ways that values take, which explain and decide nothing. */
function leaks(parameter: ParameterSummary | undefined): unknown {
  return parameter && [parameter.certain, parameter.possible].map(({ heap, results }) => [heap, results]);
}
