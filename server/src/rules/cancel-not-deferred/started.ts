/** Whether anything goes on with a context that nobody cancels: what the function starts itself, or gives the context to. */
import type { GoSymbol, Package, Types } from '../../model/index.ts';
import { children, descendants, encloses, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { CancelSource } from '../kit/cancel/sources.ts';
import { parameterAt } from '../kit/parameters.ts';
import type { RuleContext } from '../rule.ts';

/** Calls that are followed. */
const DEEP = 4;

/** Told by the rows up to one; what takes the context and cannot be looked into may start something. */
export function mayStart({ tree, types, scopes, package: pkg }: RuleContext, source: CancelSource, until: Node): boolean {
  const symbol = tree.kind[source.context] === Kind.identifier ? scopes.symbolOf(source.context) : undefined;
  const goes = descendants(tree, source.fn, Kind.go_statement).some((node) => node > source.statement && node < until);
  return (
    goes || (symbol !== undefined && isHandedOn({ package: pkg, tree, types, fn: source.fn, from: source.statement, until }, symbol, DEEP))
  );
}

interface Stretch {
  /** Functions of others are not looked into. */
  readonly package: Package;
  readonly tree: Tree;
  readonly types: Types;
  readonly fn: Node;
  readonly from: Node;
  readonly until: Node;
}

function isHandedOn(stretch: Stretch, symbol: GoSymbol, depth: number): boolean {
  const { tree, types, fn, from, until } = stretch;
  for (const { node, within, access } of types.scopes.references(symbol)) {
    if (access === 'declare' || access === 'write' || !encloses(tree, fn, node) || node < from || node >= until) continue;
    if (within !== fn) return true;
    const list = tree.parent[node];
    if (tree.kind[list] === Kind.argument_list && takes(stretch, tree.parent[list], children(tree, list).indexOf(node), depth)) return true;
  }
  return false;
}

function takes({ package: pkg, tree, types }: Stretch, call: Node, index: number, depth: number): boolean {
  const callee = types.calleeOf(call);
  if (callee.kind === 'builtin' || callee.kind === 'conversion') return false;
  const declaration = callee.kind === 'function' || callee.kind === 'method' ? callee.declaration : undefined;
  const isOwn = declaration !== undefined && pkg.files.includes(declaration.file);
  const known = isOwn ? types.typesIn(declaration.file) : undefined;
  const parameter = declaration === undefined || known === undefined ? undefined : parameterAt(known, declaration, index);
  if (declaration === undefined || known === undefined || parameter === undefined || depth === 0) return true;
  if (tree.kind[tree.parent[call]] === Kind.go_statement) return true;
  const body = { tree: declaration.file.tree, fn: declaration.node };
  const stretch = {
    ...body,
    package: pkg,
    types: known,
    from: go.functionDeclaration.body(body.tree, body.fn),
    until: body.tree.next[body.fn],
  };
  return isHandedOn(stretch, parameter, depth - 1);
}
