/** What functions are to those who call them, as text: where two versions of one say the same, no finding in a caller tells them apart by what they do. */
import { escapeOf, type FunctionSummary, type ParameterSummary } from '../escape/index.ts';
import { isEndlessFunction, type Package, type SourceFile, type Workspace } from '../model/index.ts';
import { Field, Kind, type Node, type Tree } from '../syntax/index.ts';
import type { FunctionFace } from './shapes.ts';

/** In the order of the offsets, which are those of the functions' names; null where no function is declared. */
export function facesOf(
  workspace: Workspace,
  pkg: Package,
  file: SourceFile,
  offsets: readonly number[],
): readonly (FunctionFace | null)[] {
  const functions = functionsIn(file.tree);
  return offsets.map((offset) => {
    const fn = functions.get(offset);
    return fn === undefined ? null : faceOf(workspace, pkg, file, fn);
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

function faceOf(workspace: Workspace, pkg: Package, file: SourceFile, fn: Node): FunctionFace {
  const summary = escapeOf(workspace, pkg).summaryOf(file, fn);
  return { says: JSON.stringify([isEndlessFunction({ file, node: fn }, pkg), summary && told(summary)]), cost: summary?.cost ?? null };
}

/** Without the ways that values take, which explain and decide nothing, and with no more of the cost than whether there is one. */
function told({ parameters, inlined, cost }: FunctionSummary): unknown {
  const leaks = ({ certain, possible }: ParameterSummary): unknown => [certain, possible].map(({ heap, results }) => [heap, results]);
  return [parameters.map(leaks), inlined.map((each) => [each.kind, each.result, each.isCertain, each.cost()]), cost !== undefined];
}
