/**
 * What a file allocates, for those who want to see it in the code: the escape analysis' sites, less what costs nothing when it
 * runs and what would only repeat its neighbour (argument lists of calls, growing slices).
 */
import { type EscapeSite, escapeOf, loopDepth } from '../../escape/index.ts';
import type { Package, SourceFile, Workspace } from '../../model/index.ts';
import { go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { enclosingFunctionName } from '../function-name.ts';
import type { Allocation, FunctionAllocations } from '../shapes.ts';
import { explanationOf } from './explanations.ts';

const SHOWN: ReadonlySet<EscapeSite['kind']> = new Set([
  'moved',
  'composite',
  'new',
  'make',
  'closure',
  'method-value',
  'concat',
  'conversion',
  'interface',
]);

/** Functions and methods in source order, each with its allocations in source order. */
export function allocationsOf(workspace: Workspace, pkg: Package, file: SourceFile): readonly FunctionAllocations[] {
  const { tree } = file;
  const sites = escapeOf(workspace, pkg).sites(file).filter(isShown);
  const functions: FunctionAllocations[] = [];
  for (let row: Node = NONE + 1; row < tree.length; row = tree.next[row]) {
    const name = nameOf(file, row);
    if (name === NONE) continue;
    const own = sites.filter(({ node }) => row < node && node < tree.next[row]);
    functions.push({
      name: enclosingFunctionName(tree, row),
      at: { start: tree.start[name], end: tree.end[name] },
      allocations: own.map(allocationOf),
    });
  }
  return functions;
}

function isShown({ kind, origin, gcSays, cost }: EscapeSite): boolean {
  return origin === 'own' && SHOWN.has(kind) && (gcSays === 'stack' || cost.allocates === 'always');
}

function allocationOf(site: EscapeSite): Allocation {
  return { ...explanationOf(site), isInLoop: loopDepth(site.file.tree, site.node) > 1 };
}

function nameOf({ tree }: SourceFile, row: Node): Node {
  if (tree.kind[row] === Kind.function_declaration) return go.functionDeclaration.name(tree, row);
  return tree.kind[row] === Kind.method_declaration ? go.methodDeclaration.name(tree, row) : NONE;
}
