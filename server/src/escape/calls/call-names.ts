/**
 * Names that calls in a function are made by and that may be values of functions, as written: nobody looks up what they mean. Of a call on the receiver or on a parameter, the
 * type that is written there tells more.
 */
import { childrenOf, Field, firstChild, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';

export interface CallNames {
  /** `f()`. */
  readonly functions: ReadonlySet<string>;
  /** `x.f()`, where `x` may be a package. */
  readonly methods: ReadonlySet<string>;
  /** `T.f`: the same, where `x` is of type `T` or points at one. */
  readonly methodsOf: ReadonlySet<string>;
}

export function callNamesIn(tree: Tree, fn: Node): CallNames {
  const names = { functions: new Set<string>(), methods: new Set<string>(), methodsOf: new Set<string>() };
  const types = visibleTypes(tree, fn);
  for (let row = fn; row < tree.next[fn]; row++) {
    if (tree.kind[row] === Kind.call_expression) addCalled(tree, calledIn(tree, go.callExpression.function(tree, row)), types, names);
    else if (tree.kind[row] === Kind.type_conversion_expression) addConversion(tree, go.typeConversionExpression.type(tree, row), names);
    else if (mayBeFunctionValue(tree, row)) addCalled(tree, row, types, names);
  }
  return names;
}

/** Name behind the dot of `x.f()`; undefined for other calls. */
export function calledMethod(tree: Tree, call: Node): string | undefined {
  const called = tree.kind[call] === Kind.call_expression ? calledIn(tree, go.callExpression.function(tree, call)) : NONE;
  return tree.kind[called] === Kind.selector_expression ? textOf(tree, go.selectorExpression.field(tree, called)) : undefined;
}

/** Whether the name, of a variable or behind a dot, is not called and may be that of a function whose value is used. */
export function mayBeFunctionValue(tree: Tree, node: Node): boolean {
  const parent = tree.parent[node];
  if (tree.kind[node] === Kind.selector_expression)
    return tree.kind[parent] !== Kind.selector_expression && tree.field[node] !== Field.function;
  return tree.kind[node] === Kind.identifier && HOLDERS.has(tree.kind[parent]) && tree.field[parent] !== Field.left;
}

/** What a function may be the value of, or handed to. */
const HOLDERS: ReadonlySet<number> = new Set([
  Kind.expression_list,
  Kind.argument_list,
  Kind.literal_element,
  Kind.parenthesized_expression,
  Kind.index_expression,
  Kind.type_conversion_expression,
  Kind.send_statement,
  Kind.range_clause,
]);

/** The name itself, or what stands behind its dot. */
export function nameIn(tree: Tree, node: Node): string {
  return textOf(tree, tree.kind[node] === Kind.selector_expression ? go.selectorExpression.field(tree, node) : node);
}

interface Names {
  readonly functions: Set<string>;
  readonly methods: Set<string>;
  readonly methodsOf: Set<string>;
}

function addCalled(tree: Tree, called: Node, types: ReadonlyMap<string, string>, names: Names): void {
  if (tree.kind[called] === Kind.identifier) names.functions.add(textOf(tree, called));
  if (tree.kind[called] !== Kind.selector_expression) return;
  const method = textOf(tree, go.selectorExpression.field(tree, called));
  const operand = go.selectorExpression.operand(tree, called);
  const type = tree.kind[operand] === Kind.identifier ? types.get(textOf(tree, operand)) : undefined;
  if (type === undefined) names.methods.add(method);
  else names.methodsOf.add(`${type}.${method}`);
}

/** `f[T](x)` reads like a conversion. */
function addConversion(tree: Tree, type: Node, { functions, methods }: Names): void {
  for (let part = type; part < tree.next[type]; part++) {
    if (tree.kind[part] === Kind.identifier || tree.kind[part] === Kind.type_identifier) functions.add(textOf(tree, part));
    if (tree.kind[part] === Kind.field_identifier || tree.kind[part] === Kind.type_identifier) methods.add(textOf(tree, part));
  }
}

/** Without parentheses and type arguments. */
function calledIn(tree: Tree, called: Node): Node {
  let at = unparenthesized(tree, called);
  while (tree.kind[at] === Kind.index_expression || tree.kind[at] === Kind.type_instantiation_expression)
    at = unparenthesized(tree, firstChild(tree, at));
  return at;
}

/** By name: types of the receiver and the parameters that no other variable of the function hides. */
function visibleTypes(tree: Tree, fn: Node): ReadonlyMap<string, string> {
  const types = new Map<string, string>();
  if (tree.kind[fn] === Kind.var_spec) return types;
  if (tree.kind[fn] === Kind.method_declaration) addTypes(tree, go.methodDeclaration.receiver(tree, fn), types);
  addTypes(tree, go.functionDeclaration.parameters(tree, fn), types);
  if (types.size > 0) for (const name of declaredIn(tree, go.functionDeclaration.body(tree, fn))) types.delete(textOf(tree, name));
  return types;
}

/** By name: types of a list of parameters, where they have no package. */
function addTypes(tree: Tree, list: Node, types: Map<string, string>): void {
  if (list === NONE) return;
  for (let row = list + 1; row < tree.next[list]; row = tree.next[row]) {
    const type = tree.kind[row] === Kind.parameter_declaration ? typeName(tree, go.parameterDeclaration.type(tree, row)) : undefined;
    if (type !== undefined) for (const name of go.parameterDeclaration.name(tree, row)) types.set(textOf(tree, name), type);
  }
}

/** What a method is declared on. */
export function receiverType(tree: Tree, method: Node): string | undefined {
  const list = go.methodDeclaration.receiver(tree, method);
  const receiver = firstChild(tree, list);
  return tree.kind[receiver] === Kind.parameter_declaration ? typeName(tree, go.parameterDeclaration.type(tree, receiver)) : undefined;
}

/** Without pointers and type arguments; undefined where it has a package, or no name. */
function typeName(tree: Tree, type: Node): string | undefined {
  let at = type;
  while (tree.kind[at] === Kind.pointer_type || tree.kind[at] === Kind.generic_type || tree.kind[at] === Kind.parenthesized_type)
    at = firstChild(tree, at);
  return tree.kind[at] === Kind.type_identifier ? textOf(tree, at) : undefined;
}

/** Identifiers that may declare a variable. */
function declaredIn(tree: Tree, body: Node): readonly Node[] {
  const found: Node[] = [];
  for (let row = body; row < tree.next[body]; row++) {
    switch (tree.kind[row]) {
      case Kind.short_var_declaration:
      case Kind.range_clause:
      case Kind.receive_statement:
        for (const list of childrenOf(tree, row, Field.left)) found.push(...identifiersIn(tree, list));
        break;
      case Kind.type_switch_statement:
        for (const list of childrenOf(tree, row, Field.alias)) found.push(...identifiersIn(tree, list));
        break;
      case Kind.var_spec:
      case Kind.const_spec:
      case Kind.parameter_declaration:
      case Kind.variadic_parameter_declaration:
        found.push(...childrenOf(tree, row, Field.name));
    }
  }
  return found;
}

function identifiersIn(tree: Tree, list: Node): readonly Node[] {
  return Array.from({ length: tree.next[list] - list }, (_, i) => list + i).filter((row) => tree.kind[row] === Kind.identifier);
}
