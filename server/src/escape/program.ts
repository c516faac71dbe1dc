/**
 * The functions of a package as the engine counts them: declarations, methods and literals, each with the function around
 * it. The declaration of package variables counts as a function that gives them their values. What is asked of the model about a file is gathered here once.
 */
import type { GoMinor, GoSymbol, Package, Scopes, SourceFile, Type, Types } from '../model/index.ts';
import { descendants, go, isOutermost, Kind, NONE, type Node, type Tree } from '../syntax/index.ts';

/** A file with what the model knows about it. */
export interface FileFacts {
  readonly file: SourceFile;
  readonly tree: Tree;
  readonly package: Package;
  readonly scopes: Scopes;
  readonly types: Types;
  /** The release whose compiler is modelled. */
  readonly compiler: GoMinor;
}

/** Gives the facts of a file that the analysis may look into, or undefined for one out of view. */
export type FactsOf = (file: SourceFile) => FileFacts | undefined;

/** A function declaration, method or literal, or the declaration of package variables. */
export interface Routine {
  /** Position in its batch. */
  readonly index: number;
  readonly facts: FileFacts;
  readonly node: Node;
  /** The function around a literal; undefined for declarations and for literals of package variables. */
  readonly parent: Routine | undefined;
}

export interface Signature {
  /** Receiver first, where there is one; NONE for parameters without a name. */
  readonly parameters: readonly Node[];
  /** One per result; NONE where it has no name. */
  readonly results: readonly Node[];
  readonly hasReceiver: boolean;
}

/** Declaring identifiers of a function's parameters and results. */
export function signatureOf(tree: Tree, fn: Node): Signature {
  if (tree.kind[fn] === Kind.var_spec) return { parameters: [], results: [], hasReceiver: false };
  const receiver = tree.kind[fn] === Kind.method_declaration ? go.methodDeclaration.receiver(tree, fn) : NONE;
  const result = go.functionDeclaration.result(tree, fn);
  const results = tree.kind[result] === Kind.parameter_list ? names(tree, result) : result === NONE ? [] : [NONE];
  const parameters = names(tree, go.functionDeclaration.parameters(tree, fn));
  if (receiver === NONE) return { parameters, results, hasReceiver: false };
  return { parameters: [names(tree, receiver)[0] ?? NONE, ...parameters], results, hasReceiver: true };
}

function names(tree: Tree, list: Node): Node[] {
  const found: Node[] = [];
  const end = tree.next[list];
  for (let child = list + 1; child < end; child = tree.next[child]) {
    if (tree.kind[child] === Kind.parameter_declaration) {
      const declared = go.parameterDeclaration.name(tree, child);
      found.push(...(declared.length === 0 ? [NONE] : declared));
    } else if (tree.kind[child] === Kind.variadic_parameter_declaration) found.push(go.variadicParameterDeclaration.name(tree, child));
  }
  return found;
}

/** Of a function declaration, method or literal. */
export function resultTypes({ tree, types, scopes }: FileFacts, fn: Node): readonly Type[] {
  const literal = types.typeOf(fn);
  if (literal.kind === 'function') return literal.results;
  const name = go.functionDeclaration.name(tree, fn);
  const symbol = name === NONE ? undefined : scopes.symbolOf(name);
  const declared = symbol === undefined ? undefined : types.typeOfSymbol(symbol);
  return declared?.kind === 'function' ? declared.results : [];
}

/** Body of a declaration, method or literal, or the values of package variables; NONE where there is none. */
export function bodyOf(tree: Tree, fn: Node): Node {
  return tree.kind[fn] === Kind.var_spec ? go.varSpec.value(tree, fn) : go.functionDeclaration.body(tree, fn);
}

/** The function declaration, method or package variables' declaration around a node; NONE where none is. */
export function outermostFunction(tree: Tree, node: Node): Node {
  let outermost = NONE;
  for (let at = node; at !== NONE; at = tree.parent[at]) if (isOutermost(tree, at)) outermost = at;
  return outermost;
}

/** A local variable, parameter or result: what has a location. */
export function isLocalVariable(symbol: GoSymbol | undefined): symbol is GoSymbol {
  return symbol?.kind === 'variable' && symbol.role !== 'package';
}

/** Whether a function declaration or method has type parameters, or its receiver's type has. */
export function isGeneric(tree: Tree, fn: Node): boolean {
  if (tree.kind[fn] === Kind.method_declaration)
    return descendants(tree, go.methodDeclaration.receiver(tree, fn), Kind.generic_type).length > 0;
  return tree.kind[fn] === Kind.function_declaration && go.functionDeclaration.typeParameters(tree, fn) !== NONE;
}
