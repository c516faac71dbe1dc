/** Types of declared names, from their declarations: written types, else what the initial value, range or type switch gives. */
import { children, Field, go, isFunction, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import { constSpecOf } from '../constants/specs.ts';
import { receiverBase } from '../scopes/symbols.ts';
import { basicType, defaultType, UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import { pathOf, type TypeContext } from './context.ts';
import { receiverParameterNodes } from './methods.ts';
import { bindingsOf, constraintType, nameNodes, signatureOf, typeParametersOf, typeSymbolOf } from './nodes.ts';
import { rangeTypes } from './ranges.ts';
import { substitute } from './substitution.ts';

/** Type of a symbol declared in the context's file; of a type name, the type it names (generic ones without arguments). */
export function symbolType(c: TypeContext, symbol: GoSymbol): Type {
  switch (symbol.kind) {
    case 'variable':
      return variableType(c, symbol);
    case 'constant':
      return constantType(c, symbol);
    case 'function':
      return signatureOf(c, c.tree.parent[symbol.declaration]);
    case 'type':
      return namedType(c, symbol);
    case 'import':
    case 'label':
    case 'builtin':
      return UNKNOWN;
  }
}

function variableType(c: TypeContext, symbol: GoSymbol): Type {
  const { tree } = c;
  const name = symbol.declaration;
  const parent = tree.parent[name];
  switch (tree.kind[parent]) {
    case Kind.var_spec:
      return specType(c, parent, name);
    case Kind.parameter_declaration:
      return c.typeOfTypeNode(go.parameterDeclaration.type(tree, parent));
    case Kind.variadic_parameter_declaration:
      return { kind: 'slice', element: c.typeOfTypeNode(go.variadicParameterDeclaration.type(tree, parent)) };
    case Kind.expression_list:
      return listedType(c, symbol, parent);
    default:
      return UNKNOWN;
  }
}

function specType(c: TypeContext, spec: Node, name: Node): Type {
  const { tree } = c;
  const written = go.varSpec.type(tree, spec);
  if (written !== NONE) return c.typeOfTypeNode(written);
  const names = nameNodes(tree, spec);
  return assignedType(c, go.varSpec.value(tree, spec), names.indexOf(name), names.length);
}

/** A variable on the left of `:=`, in a range clause, a receive or a type switch. */
function listedType(c: TypeContext, symbol: GoSymbol, list: Node): Type {
  const { tree } = c;
  const statement = tree.parent[list];
  const names = children(tree, list);
  const index = names.indexOf(symbol.declaration);
  switch (tree.kind[statement]) {
    case Kind.short_var_declaration:
      return assignedType(c, go.shortVarDeclaration.right(tree, statement), index, names.length);
    case Kind.range_clause:
      return defaultType(rangeTypes(c.world, c.typeOf(go.rangeClause.right(tree, statement)))[index] ?? UNKNOWN);
    case Kind.receive_statement:
      return valueFrom(c, go.receiveStatement.right(tree, statement), index, names.length);
    case Kind.type_switch_statement:
      return clauseType(c, statement, c.scopes.clauseOf(symbol));
    default:
      return UNKNOWN;
  }
}

/** Type that the `index`th of `count` names gets from a list of values. */
function assignedType(c: TypeContext, values: Node, index: number, count: number): Type {
  if (values === NONE || index < 0) return UNKNOWN;
  const list = children(c.tree, values);
  if (list.length === count) return variableTypeOf(c.typeOf(list[index]));
  return list.length === 1 ? valueFrom(c, list[0], index, count) : UNKNOWN;
}

/** One of several values that a single expression gives: a call's results, or a value and its `ok`. */
function valueFrom(c: TypeContext, expression: Node, index: number, count: number): Type {
  const type = c.typeOf(expression);
  if (count === 1) return variableTypeOf(type);
  if (type.kind === 'tuple') return type.elements[index] ?? UNKNOWN;
  if (count !== 2 || !givesOk(c.tree, unparenthesized(c.tree, expression))) return UNKNOWN;
  return index === 0 ? variableTypeOf(type) : basicType('bool');
}

function givesOk(tree: Tree, expression: Node): boolean {
  const kind = tree.kind[expression];
  if (kind === Kind.unary_expression) return tree.kind[go.unaryExpression.operator(tree, expression)] === Kind['<-'];
  return kind === Kind.index_expression || kind === Kind.type_assertion_expression;
}

function variableTypeOf(type: Type): Type {
  return type.kind === 'tuple' ? UNKNOWN : defaultType(type);
}

function clauseType(c: TypeContext, statement: Node, clause: Node): Type {
  const { tree } = c;
  if (clause === NONE) return UNKNOWN;
  const types = children(tree, clause).filter((child) => tree.field[child] === Field.type && tree.kind[child] !== Kind[',']);
  const [only] = types;
  const isNil = types.length === 1 && tree.kind[only] === Kind.type_identifier && c.scopes.symbolOf(only)?.name === 'nil';
  if (types.length === 1 && !isNil) return c.typeOfTypeNode(only);
  return c.typeOf(go.typeSwitchStatement.value(tree, statement));
}

function constantType(c: TypeContext, symbol: GoSymbol): Type {
  const found = constSpecOf(c.tree, symbol.declaration);
  if (found === undefined) return UNKNOWN;
  const written = go.constSpec.type(c.tree, found.source);
  if (written !== NONE) return c.typeOfTypeNode(written);
  return found.value === NONE ? UNKNOWN : c.typeOf(found.value);
}

function namedType(c: TypeContext, symbol: GoSymbol): Type {
  const { tree } = c;
  const parent = tree.parent[symbol.declaration];
  switch (tree.kind[parent]) {
    case Kind.type_spec:
      return { kind: 'named', path: pathOf(c.package), name: symbol.name, symbol, arguments: [] };
    case Kind.type_alias:
      return c.typeOfTypeNode(go.typeAlias.type(tree, parent));
    default:
      return UNKNOWN;
  }
}

/** Whether a type symbol is a type parameter, of a declaration or as a method's receiver renames it. */
export function isTypeParameter(tree: Tree, symbol: GoSymbol): boolean {
  const kind = tree.kind[tree.parent[symbol.declaration]];
  return symbol.kind === 'type' && kind !== Kind.type_spec && kind !== Kind.type_alias;
}

/** Constraint of a type parameter. */
export function constraintOf(c: TypeContext, symbol: GoSymbol): Type {
  const { tree } = c;
  const declaration = tree.parent[symbol.declaration];
  if (tree.kind[declaration] === Kind.type_parameter_declaration) {
    return constraintType(c, go.typeParameterDeclaration.type(tree, declaration));
  }
  return receiverConstraint(c, symbol);
}

/** A method's receiver names the type's parameters anew; they keep their constraints. */
function receiverConstraint(c: TypeContext, symbol: GoSymbol): Type {
  const method = symbol.owner;
  if (!isFunction(c.tree, method)) return UNKNOWN;
  const base = typeSymbolOf(c, receiverBase(c.tree, method).base);
  const home = base?.file === undefined ? undefined : c.world.contextOf(base.file);
  if (base === undefined || home === undefined) return UNKNOWN;
  const parameters = typeParametersOf(home, home.tree.parent[base.declaration]);
  const nodes = receiverParameterNodes(c, method);
  const own = nodes.map((node) => {
    const renamed = c.scopes.symbolOf(node);
    return renamed === undefined ? UNKNOWN : c.world.typeOfSymbol(renamed);
  });
  const parameter = parameters[nodes.indexOf(symbol.declaration)];
  if (parameter?.kind !== 'type-parameter') return UNKNOWN;
  return substitute(parameter.constraint, bindingsOf(parameters, own));
}

/** Underlying type of a named type declared in the context's file. */
export function declaredUnderlying(c: TypeContext, named: Extract<Type, { kind: 'named' }>): Type {
  const spec = named.symbol === undefined ? NONE : c.tree.parent[named.symbol.declaration];
  if (c.tree.kind[spec] !== Kind.type_spec) return UNKNOWN;
  const written = c.typeOfTypeNode(go.typeSpec.type(c.tree, spec));
  const parameters = typeParametersOf(c, spec);
  if (parameters.length !== named.arguments.length) return UNKNOWN;
  return parameters.length === 0 ? written : substitute(written, bindingsOf(parameters, named.arguments));
}
