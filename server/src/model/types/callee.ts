/** What a call calls, as rules want to hear it: the declaration behind a local variable that holds one function only counts too. */
import { childOf, children, Field, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { isPackageLevel } from '../scopes/symbols.ts';
import type { Callee, FunctionDeclaration, GoSymbol, Package } from '../shapes.ts';
import { type FoundMethod, pathOf, type TypeContext } from './context.ts';
import { nameNodes } from './nodes.ts';

type FunctionCallee = Extract<Callee, { kind: 'function' | 'method' }>;

const UNKNOWN_CALLEE: Callee = { kind: 'unknown' };

/** Callee of a call_expression or type_conversion_expression. */
export function resolveCallee(c: TypeContext, call: Node): Callee {
  const target = c.targetOf(call);
  switch (target.kind) {
    case 'conversion':
      return target;
    case 'builtin':
      return { kind: 'builtin', name: target.name };
    case 'unsafe':
      return { kind: 'function', path: 'unsafe', name: target.name, declaration: undefined };
    case 'function':
      return functionCallee(target.package, target.symbol);
    case 'method':
      return methodCallee(c, target.method);
    case 'value':
      return valueCallee(c, target.node);
    case 'unknown':
      return UNKNOWN_CALLEE;
  }
}

function functionCallee(pkg: Package, symbol: GoSymbol): FunctionCallee {
  return { kind: 'function', path: pathOf(pkg), name: symbol.name, declaration: declarationOf(symbol) };
}

function declarationOf(symbol: GoSymbol): FunctionDeclaration | undefined {
  const { file } = symbol;
  return file === undefined ? undefined : { file, node: file.tree.parent[symbol.declaration] };
}

function methodCallee(c: TypeContext, method: FoundMethod): Callee {
  const { declaration, receiver } = method;
  const typeName = receiver.kind === 'named' ? receiver.name : undefined;
  const path = receiver.kind === 'named' ? receiver.path : '';
  if (declaration === undefined)
    return typeName === undefined ? { kind: 'dynamic' } : { kind: 'dynamic', path, name: `${typeName}.${method.name}` };
  const home = c.world.contextOf(declaration.file);
  if (home === undefined) return UNKNOWN_CALLEE;
  const { file, node } = declaration;
  return {
    kind: 'method',
    path: pathOf(home.package),
    name: `${typeName ?? declaration.receiver}.${method.name}`,
    declaration: { file, node },
  };
}

function valueCallee(c: TypeContext, node: Node): Callee {
  const held = heldFunction(c, node);
  if (held === NONE) return { kind: 'dynamic' };
  const { tree, file } = c;
  if (tree.kind[held] === Kind.func_literal) return { kind: 'literal', declaration: { file, node: held } };
  const callee = functionNamed(c, held);
  return callee === undefined ? { kind: 'dynamic' } : { ...callee, isHeld: true };
}

function functionNamed(c: TypeContext, node: Node): FunctionCallee | undefined {
  if (c.tree.kind[node] === Kind.identifier) {
    const symbol = c.scopes.symbolOf(node);
    return symbol?.kind === 'function' && isPackageLevel(symbol) ? functionCallee(c.package, symbol) : undefined;
  }
  const selection = c.selectionOf(node);
  return selection?.kind === 'member' && selection.symbol.kind === 'function'
    ? functionCallee(selection.package, selection.symbol)
    : undefined;
}

/** The function expression that is called: the node itself, or what a local variable is given once and for all. */
function heldFunction(c: TypeContext, node: Node): Node {
  const { tree } = c;
  if (tree.kind[node] === Kind.func_literal) return node;
  const symbol = tree.kind[node] === Kind.identifier ? c.scopes.symbolOf(node) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role !== 'local') return NONE;
  const changes = c.scopes.references(symbol).filter((each) => each.access !== 'read' || each.mayTakeAddress === true);
  const values = changes.map((each) => (each.access === 'declare' || each.access === 'write' ? valueGivenTo(c, each.node) : undefined));
  if (values.includes(undefined)) return NONE;
  const given = values.filter((each) => each !== undefined && each !== NONE);
  return given.length === 1 && given[0] !== undefined ? given[0] : NONE;
}

/** The expression assigned to an identifier by a declaration or `=`; NONE for a declaration without value, undefined when it cannot be told. */
function valueGivenTo(c: TypeContext, node: Node): Node | undefined {
  const { tree } = c;
  const parent = tree.parent[node];
  if (tree.kind[parent] === Kind.var_spec) {
    const list = childOf(tree, parent, Field.value);
    return list === NONE ? NONE : valueAt(c, list, nameNodes(tree, parent), node);
  }
  const statement = tree.parent[parent];
  const kind = tree.kind[statement];
  if (tree.kind[parent] !== Kind.expression_list) return undefined;
  if (kind !== Kind.short_var_declaration && kind !== Kind.assignment_statement) return undefined;
  return valueAt(c, childOf(tree, statement, Field.right), children(tree, parent), node);
}

function valueAt(c: TypeContext, list: Node, names: readonly Node[], name: Node): Node | undefined {
  const values = children(c.tree, list);
  return values.length === names.length ? unparenthesized(c.tree, values[names.indexOf(name)]) : undefined;
}
