/** Type syntax to types. Named types stay names, so recursive declarations end here; what is not a type, or not known, is `unknown`. */
import {
  childOf,
  children,
  Field,
  firstChild,
  go,
  isText,
  Kind,
  NONE,
  type Node,
  type Tree,
  textBetween,
  textOf,
  tokenOffset,
} from '../../syntax/index.ts';
import { basicType, EMPTY_INTERFACE, UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Method, StructField, Type, TypeTerm } from '../shapes.ts';
import { pathOf, type TypeContext } from './context.ts';
import { isIdentical } from './identity.ts';
import { substitute } from './substitution.ts';

/** The type that a type expression stands for, whichever kinds the grammar gave it. */
export function resolveTypeNode(c: TypeContext, node: Node): Type {
  const { tree } = c;
  switch (tree.kind[node]) {
    case Kind.type_identifier:
    case Kind.identifier:
      return typeOfName(c, c.scopes.symbolOf(node));
    case Kind.qualified_type:
    case Kind.selector_expression:
      return qualifiedType(c, node);
    case Kind.generic_type:
    case Kind.index_expression:
    case Kind.type_instantiation_expression:
      return instantiatedType(c, node);
    case Kind.parenthesized_type:
    case Kind.parenthesized_expression:
      return c.typeOfTypeNode(firstChild(tree, node));
    case Kind.type_elem:
    case Kind.type_constraint:
      return elementType(c, node);
    case Kind.pointer_type:
      return { kind: 'pointer', element: c.typeOfTypeNode(firstChild(tree, node)) };
    case Kind.unary_expression:
      if (tree.kind[go.unaryExpression.operator(tree, node)] !== Kind['*']) return UNKNOWN;
      return { kind: 'pointer', element: c.typeOfTypeNode(go.unaryExpression.operand(tree, node)) };
    case Kind.slice_type:
      return { kind: 'slice', element: c.typeOfTypeNode(go.sliceType.element(tree, node)) };
    case Kind.array_type:
      return {
        kind: 'array',
        element: c.typeOfTypeNode(go.arrayType.element(tree, node)),
        length: arrayLength(c, go.arrayType.length(tree, node)),
      };
    case Kind.implicit_length_array_type:
      return { kind: 'array', element: c.typeOfTypeNode(go.arrayType.element(tree, node)), length: undefined };
    case Kind.map_type:
      return { kind: 'map', key: c.typeOfTypeNode(go.mapType.key(tree, node)), element: c.typeOfTypeNode(go.mapType.value(tree, node)) };
    case Kind.channel_type:
      return { kind: 'channel', element: c.typeOfTypeNode(go.channelType.value(tree, node)), direction: channelDirection(tree, node) };
    case Kind.function_type:
    case Kind.method_declaration:
      return signatureOf(c, node);
    case Kind.struct_type:
      return structType(c, node);
    case Kind.interface_type:
      return interfaceType(c, children(tree, node));
    default:
      return UNKNOWN;
  }
}

/** Type of a function declaration, method (receiver left out), literal or function type. */
export function signatureOf(c: TypeContext, node: Node): Extract<Type, { kind: 'function' }> {
  const { tree } = c;
  const parameterList = childOf(tree, node, Field.parameters);
  const declarations = parameterList === NONE ? [] : children(tree, parameterList);
  const parameters = declarations.flatMap((declaration) => parameterTypes(c, declaration));
  const last = declarations[declarations.length - 1] ?? NONE;
  const isVariadic = tree.kind[last] === Kind.variadic_parameter_declaration;
  const signature = { kind: 'function' as const, parameters, results: resultTypes(c, childOf(tree, node, Field.result)), isVariadic };
  const own = typeParametersOf(c, node);
  return own.length === 0 ? signature : { ...signature, typeParameters: own };
}

/** Types of a parameter declaration, one for each name, or one. */
function parameterTypes(c: TypeContext, declaration: Node): Type[] {
  const { tree } = c;
  const kind = tree.kind[declaration];
  if (kind !== Kind.parameter_declaration && kind !== Kind.variadic_parameter_declaration) return [];
  const written = c.typeOfTypeNode(childOf(tree, declaration, Field.type));
  const type: Type = kind === Kind.variadic_parameter_declaration ? { kind: 'slice', element: written } : written;
  const names = nameNodes(tree, declaration).length;
  return Array<Type>(Math.max(names, 1)).fill(type);
}

function resultTypes(c: TypeContext, result: Node): Type[] {
  if (result === NONE) return [];
  if (c.tree.kind[result] !== Kind.parameter_list) return [c.typeOfTypeNode(result)];
  return children(c.tree, result).flatMap((declaration) => parameterTypes(c, declaration));
}

/** Type parameters that a function or type declaration lists, as types, in order. */
export function typeParametersOf(c: TypeContext, declaration: Node): Type[] {
  const list = childOf(c.tree, declaration, Field.type_parameters);
  if (list === NONE) return [];
  return children(c.tree, list).flatMap((each) =>
    nameNodes(c.tree, each).map((name): Type => {
      const symbol = c.scopes.symbolOf(name);
      if (symbol !== undefined) return c.world.typeOfSymbol(symbol);
      return { kind: 'type-parameter', name: '_', constraint: UNKNOWN, symbol: undefined };
    }),
  );
}

/** Children with the field `name`, without the commas the grammar gives it to as well. */
export function nameNodes(tree: Tree, node: Node): Node[] {
  return children(tree, node).filter((child) => tree.field[child] === Field.name && tree.kind[child] !== Kind[',']);
}

function typeOfName(c: TypeContext, symbol: GoSymbol | undefined): Type {
  if (symbol?.kind !== 'type') return UNKNOWN;
  return isGeneric(c, symbol) ? UNKNOWN : c.world.typeOfSymbol(symbol);
}

/** Whether the type's declaration has type parameters, so that its bare name is no type. */
function isGeneric(c: TypeContext, symbol: GoSymbol): boolean {
  const { file } = symbol;
  if (file === undefined) return false;
  const spec = file.tree.parent[symbol.declaration];
  const kind = file.tree.kind[spec];
  if (kind !== Kind.type_spec && kind !== Kind.type_alias) return false;
  return childOf(file.tree, spec, Field.type_parameters) !== NONE && c.world.contextOf(file) !== undefined;
}

function qualifiedType(c: TypeContext, node: Node): Type {
  if (isUnsafePointer(c, node)) return basicType('unsafe.Pointer');
  const selection = c.selectionOf(node);
  return selection?.kind === 'member' ? typeOfName(c, selection.symbol) : UNKNOWN;
}

/** Whether the node is `unsafe.Pointer`, which no package declares in Go. */
export function isUnsafePointer(c: TypeContext, node: Node): boolean {
  const isQualified = c.tree.kind[node] === Kind.qualified_type;
  const name = isQualified ? go.qualifiedType.name(c.tree, node) : go.selectorExpression.field(c.tree, node);
  return isText(c.tree, name, 'Pointer') && importPathOf(c, node) === 'unsafe';
}

/** Import path of the package before the dot of a qualified name, if a package stands there. */
export function importPathOf(c: TypeContext, node: Node): string | undefined {
  const isQualified = c.tree.kind[node] === Kind.qualified_type;
  const operand = isQualified ? go.qualifiedType.package(c.tree, node) : go.selectorExpression.operand(c.tree, node);
  const symbol = c.scopes.symbolOf(operand);
  return symbol?.kind === 'import' ? c.scopes.importOf(symbol)?.path : undefined;
}

/** Operand and arguments of `T[A, B]`, whichever kind the grammar gave it. */
export function instantiationParts(tree: Tree, node: Node): { readonly base: Node; readonly typeArguments: readonly Node[] } {
  switch (tree.kind[node]) {
    case Kind.generic_type: {
      const list = go.genericType.typeArguments(tree, node);
      const typeArguments = list === NONE ? [] : children(tree, list).map((each) => onlyElement(tree, each));
      return { base: go.genericType.type(tree, node), typeArguments };
    }
    case Kind.type_instantiation_expression: {
      const [base = NONE, ...typeArguments] = children(tree, node).filter((child) => tree.kind[child] !== Kind[',']);
      return { base, typeArguments };
    }
    default:
      return { base: go.indexExpression.operand(tree, node), typeArguments: [go.indexExpression.index(tree, node)] };
  }
}

function onlyElement(tree: Tree, node: Node): Node {
  return tree.kind[node] === Kind.type_elem && children(tree, node).length === 1 ? firstChild(tree, node) : node;
}

function instantiatedType(c: TypeContext, node: Node): Type {
  const { base, typeArguments } = instantiationParts(c.tree, node);
  let generic = base;
  let pointers = 0;
  // In parentheses the grammar reads `*T[A, B]` as `(*T)[A, B]`.
  for (; c.tree.kind[generic] === Kind.pointer_type; generic = firstChild(c.tree, generic)) pointers++;
  const symbol = typeSymbolOf(c, generic);
  if (symbol === undefined || symbol.file === undefined) return UNKNOWN;
  const given = typeArguments.map((each) => c.typeOfTypeNode(each));
  let type = instantiate(c, symbol, given);
  for (; pointers > 0; pointers--) type = { kind: 'pointer', element: type };
  return type;
}

/** The type declaration that a plain or qualified name means. */
export function typeSymbolOf(c: TypeContext, node: Node): GoSymbol | undefined {
  const kind = c.tree.kind[node];
  if (kind === Kind.type_identifier || kind === Kind.identifier) {
    const symbol = c.scopes.symbolOf(node);
    return symbol?.kind === 'type' ? symbol : undefined;
  }
  if (kind !== Kind.qualified_type && kind !== Kind.selector_expression) return undefined;
  const selection = c.selectionOf(node);
  return selection?.kind === 'member' && selection.symbol.kind === 'type' ? selection.symbol : undefined;
}

/** A generic type or alias with its arguments. */
export function instantiate(c: TypeContext, symbol: GoSymbol, typeArguments: readonly Type[]): Type {
  const declared = c.world.typeOfSymbol(symbol);
  const home = symbol.file === undefined ? undefined : c.world.contextOf(symbol.file);
  if (home === undefined) return UNKNOWN;
  const spec = home.tree.parent[symbol.declaration];
  const parameters = typeParametersOf(home, spec);
  if (parameters.length !== typeArguments.length) return UNKNOWN;
  if (home.tree.kind[spec] === Kind.type_spec) {
    return declared.kind === 'named' ? { ...declared, arguments: typeArguments } : UNKNOWN;
  }
  return substitute(declared, bindingsOf(parameters, typeArguments));
}

/** Parameters to arguments; a parameter named `_` binds nothing. */
export function bindingsOf(parameters: readonly Type[], typeArguments: readonly Type[]): Map<GoSymbol, Type> {
  const bindings = new Map<GoSymbol, Type>();
  parameters.forEach((parameter, i) => {
    if (parameter.kind === 'type-parameter' && parameter.symbol !== undefined) bindings.set(parameter.symbol, typeArguments[i] ?? UNKNOWN);
  });
  return bindings;
}

function elementType(c: TypeContext, node: Node): Type {
  const parts = children(c.tree, node);
  const isPlain = parts.length === 1 && c.tree.kind[parts[0]] !== Kind.negated_type;
  return isPlain ? c.typeOfTypeNode(parts[0]) : UNKNOWN;
}

function arrayLength(c: TypeContext, node: Node): number | undefined {
  const value = node === NONE ? undefined : c.constantOf(node);
  if (typeof value === 'bigint') return value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function channelDirection(tree: Tree, node: Node): 'both' | 'send' | 'receive' {
  const start = tree.start[node];
  if (textBetween(tree, start, start + 2) === '<-') return 'receive';
  return tokenOffset(tree, '<-', start, tree.start[go.channelType.value(tree, node)]) >= 0 ? 'send' : 'both';
}

function structType(c: TypeContext, node: Node): Type {
  const { tree } = c;
  const list = firstChild(tree, node);
  const declarations = list === NONE ? [] : children(tree, list).filter((each) => tree.kind[each] === Kind.field_declaration);
  const path = pathOf(c.package);
  return { kind: 'struct', fields: declarations.flatMap((declaration) => fieldsOf(c, declaration, path)) };
}

function fieldsOf(c: TypeContext, declaration: Node, path: string): StructField[] {
  const { tree } = c;
  const typeNode = go.fieldDeclaration.type(tree, declaration);
  const written = c.typeOfTypeNode(typeNode);
  const names = nameNodes(tree, declaration);
  if (names.length > 0) return names.map((name) => ({ name: textOf(tree, name), type: written, isEmbedded: false, path }));
  const hasStar = tree.source[tree.start[declaration]] === 0x2a;
  return [{ name: embeddedName(tree, typeNode), type: hasStar ? { kind: 'pointer', element: written } : written, isEmbedded: true, path }];
}

function embeddedName(tree: Tree, type: Node): string {
  const base = tree.kind[type] === Kind.generic_type ? go.genericType.type(tree, type) : type;
  return textOf(tree, tree.kind[base] === Kind.qualified_type ? go.qualifiedType.name(tree, base) : base);
}

/** A type parameter's constraint, always as an interface (or a named one). */
export function constraintType(c: TypeContext, constraint: Node): Type {
  const parts = children(c.tree, constraint);
  const only = parts.length === 1 && c.tree.kind[parts[0]] !== Kind.negated_type ? c.typeOfTypeNode(parts[0]) : undefined;
  if (only !== undefined && (only.kind === 'unknown' || c.world.underlying(only).kind === 'interface')) return only;
  return interfaceType(c, [constraint]);
}

interface InterfaceParts {
  readonly methods: Map<string, Method>;
  terms: readonly TypeTerm[] | undefined;
  isComplete: boolean;
}

function interfaceType(c: TypeContext, elements: readonly Node[]): Type {
  const { tree } = c;
  const parts: InterfaceParts = { methods: new Map(), terms: undefined, isComplete: true };
  for (const element of elements) {
    if (tree.kind[element] === Kind.method_elem) {
      const name = textOf(tree, go.methodElem.name(tree, element));
      parts.methods.set(name, { name, type: signatureOf(c, element), path: pathOf(c.package) });
    } else if (tree.kind[element] === Kind.type_elem || tree.kind[element] === Kind.type_constraint) embed(c, element, parts);
    else parts.isComplete = false;
  }
  if (parts.methods.size === 0 && parts.terms === undefined && parts.isComplete) return EMPTY_INTERFACE;
  const { terms, isComplete } = parts;
  const methods = [...parts.methods.values()];
  return terms === undefined ? { kind: 'interface', methods, isComplete } : { kind: 'interface', methods, isComplete, terms };
}

function embed(c: TypeContext, element: Node, parts: InterfaceParts): void {
  const { tree } = c;
  const terms: TypeTerm[] = [];
  const union = children(tree, element);
  for (const part of union) {
    const hasTilde = tree.kind[part] === Kind.negated_type;
    const type = c.typeOfTypeNode(hasTilde ? firstChild(tree, part) : part);
    const under = type.kind === 'type-parameter' ? UNKNOWN : c.world.underlying(type);
    if (under.kind === 'unknown' || (under.kind === 'interface' && !under.isComplete)) parts.isComplete = false;
    if (under.kind === 'unknown' && !hasTilde && union.length === 1) return;
    if (under.kind === 'interface' && union.length === 1) {
      mergeInterface(under, parts);
      return;
    }
    if (under.kind !== 'interface') terms.push({ hasTilde, type });
    else if (under.terms === undefined) return;
    else terms.push(...under.terms);
  }
  parts.terms = intersect(parts.terms, terms);
}

function mergeInterface(embedded: Extract<Type, { kind: 'interface' }>, parts: InterfaceParts): void {
  for (const method of embedded.methods) if (!parts.methods.has(method.name)) parts.methods.set(method.name, method);
  if (embedded.terms !== undefined) parts.terms = intersect(parts.terms, embedded.terms);
}

function intersect(a: readonly TypeTerm[] | undefined, b: readonly TypeTerm[]): readonly TypeTerm[] {
  return a === undefined ? b : a.filter((term) => b.some((other) => isIdentical(term.type, other.type)));
}
