/** The edit that makes one slice serve all iterations. */
import type { GoSymbol } from '../../model/index.ts';
import { children, encloses, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { disturbsComment, insertBefore, statementAround } from '../kit/edits.ts';
import { slicesAt } from '../kit/imports.ts';
import type { FileEdit, RuleContext, RuleFix } from '../rule.ts';

type Context = Pick<RuleContext, 'file' | 'package' | 'tree' | 'types' | 'scopes'>;

/**
 * `x := make([]T, n)` becomes `x = append(x[:0], make([]T, n)...)`, which extends what is there and zeroes it, with `var x []T`
 * before the loop; `make([]T, 0, n)` becomes `slices.Grow(x[:0], n)`. It allocates only when x is too small. A suggestion, because x keeps
 * its memory and is nil as long as n is 0.
 */
export function reuseFixes(context: Context, call: Node, loop: Node): RuleFix[] {
  const { tree, types } = context;
  const statement = statementAround(tree, call);
  const outer = statementAround(tree, loop);
  if (statement === NONE || outer === NONE || tree.kind[statement] !== Kind.short_var_declaration) return [];
  if (tree.kind[outer] === Kind.labeled_statement) return [];
  const names = children(tree, go.shortVarDeclaration.left(tree, statement));
  const value = firstChild(tree, go.shortVarDeclaration.right(tree, statement));
  const symbol = names.length === 1 && value === call ? context.scopes.symbolOf(names[0]) : undefined;
  const type = types.typeText(types.typeOf(call), outer);
  if (symbol === undefined || type === undefined || !canMoveOut(context, symbol, loop, outer)) return [];
  const { name } = symbol;
  const sizes = children(tree, go.callExpression.arguments(tree, call));
  if (disturbsComment(tree, statement, sizes.length > 2 ? sizes : [call])) return [];
  const { text, imports } = grown(context, name, sizes, call) ?? { text: extended(tree, name, sizes, call), imports: [] };
  return [
    {
      title: `Make ${name} once for all iterations; it keeps its memory between them`,
      safety: 'suggestion',
      edits: [
        insertBefore(tree, outer, [`var ${name} ${type}`]),
        { range: { start: tree.start[statement], end: tree.end[statement] }, newText: `${name} = ${text}` },
        ...imports,
      ],
    },
  ];
}

/** `sizes` are the arguments of the make. */
function extended(tree: Tree, name: string, sizes: readonly Node[], call: Node): string {
  if (sizes.length <= 2) return `append(${name}[:0], ${textOf(tree, call)}...)`;
  const [type, length, capacity] = sizes.map((each) => textOf(tree, each));
  return `append(${name}[:0], make(${type}, ${capacity})...)[:${length}]`;
}

/** Undefined where the slice does not begin empty, and where the package slices cannot be had. */
function grown(context: Context, name: string, sizes: readonly Node[], call: Node): Grown | undefined {
  const { tree } = context;
  const slices = sizes.length > 2 && textOf(tree, sizes[1]) === '0' ? slicesAt(context, call) : undefined;
  return slices && { text: `${slices.name}.Grow(${name}[:0], ${textOf(tree, sizes[2])})`, imports: slices.imports };
}

interface Grown {
  readonly text: string;
  readonly imports: readonly FileEdit[];
}

/** Whether the name means nothing else where it would come into view, and nothing but the iteration's own code has the variable. */
function canMoveOut({ tree, scopes }: Context, symbol: GoSymbol, loop: Node, outer: Node): boolean {
  if (scopes.lookup(symbol.name, outer) !== undefined) return false;
  if (!encloses(tree, loop, symbol.declaration) || scopes.references(symbol).some(({ within }) => within !== symbol.owner)) return false;
  const list = tree.parent[outer];
  for (let row = list; row < tree.next[list]; row++) {
    if (tree.kind[row] !== Kind.identifier || textOf(tree, row) !== symbol.name) continue;
    const other = scopes.symbolOf(row);
    if (other !== undefined && other !== symbol) return false;
  }
  return true;
}
