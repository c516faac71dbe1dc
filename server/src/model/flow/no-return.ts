/**
 * Which calls never return. Types say what a call calls; a function in view is judged by its own body, in a least fixed point
 * over its package, so that the answer does not depend on who asks first and recursion cannot deceive it. Where types are
 * missing, imports and names decide: a mistake there can only hide a path, never invent one.
 */
import {
  childOf,
  children,
  enclosingFunction,
  Field,
  firstChild,
  go,
  isFunction,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import type { Callee, FunctionDeclaration, Package, SourceFile } from '../shapes.ts';
import { buildControlFlow } from './control-flow-build.ts';
import { isKnownNeverToReturn, TEST_TYPES } from './known-no-return.ts';

/** The part of `Types` that control flow needs. */
export interface CallResolver {
  readonly package: Package;
  calleeOf(call: Node): Callee;
  /** The same for another file, or undefined. */
  typesIn(file: SourceFile): CallResolver | undefined;
}

/** Functions of a set of files that never return. */
interface Endless {
  readonly functions: ReadonlyMap<Tree, ReadonlySet<Node>>;
  /** Their keys, as `localKey` gives them. */
  readonly keys: ReadonlySet<string>;
}

/** Whether a call in `tree` never returns. Without `calls`, only names and functions of the same file are known. */
export function neverReturns(tree: Tree, call: Node, calls?: CallResolver): boolean {
  const callee = calls?.calleeOf(call);
  switch (callee?.kind) {
    case 'builtin':
      return callee.name === 'panic';
    case 'conversion':
      return false;
    case 'function':
    case 'method':
      return isKnownNeverToReturn(callee.path, callee.name) || isEndless(callee.declaration, calls);
    case 'dynamic':
      return isKnownNeverToReturn(callee.path ?? '', callee.name ?? '');
    case 'literal':
      return isEndless(callee.declaration, calls);
    case undefined:
    case 'unknown':
      return isNamedNeverToReturn(tree, call) || isLocalEndless(tree, call, calls?.package);
  }
}

const byPackage = new WeakMap<Package, Endless>();
const byTree = new WeakMap<Tree, Endless>();

function isEndless(declaration: FunctionDeclaration | undefined, calls: CallResolver | undefined): boolean {
  if (declaration === undefined) return false;
  const { file, node } = declaration;
  if (file.tree.kind[node] === Kind.func_literal) return isEndlessLiteral(file.tree, node);
  return endlessAround(file.tree, calls?.typesIn(file)?.package).functions.get(file.tree)?.has(node) === true;
}

/** One level: calls inside the literal are judged by name, so that literals in literals cost no recursion. */
function isEndlessLiteral(tree: Tree, literal: Node): boolean {
  const flow = buildControlFlow(tree, literal, (call) => isNamedNeverToReturn(tree, call));
  return flow.blocks[flow.exit].predecessors.length === 0;
}

function isLocalEndless(tree: Tree, call: Node, pkg: Package | undefined): boolean {
  const key = localKey(tree, call, receiverOf(tree, enclosingFunction(tree, call)));
  return key !== '' && endlessAround(tree, pkg).keys.has(key);
}

function endlessAround(tree: Tree, pkg: Package | undefined): Endless {
  const siblings = pkg?.files.map((file) => file.tree);
  if (pkg !== undefined && siblings?.includes(tree)) {
    const known = byPackage.get(pkg);
    if (known !== undefined) return known;
    const found = findEndless(siblings);
    byPackage.set(pkg, found);
    return found;
  }
  const known = byTree.get(tree);
  if (known !== undefined) return known;
  const found = findEndless([tree]);
  byTree.set(tree, found);
  return found;
}

/** A function that could be endless, and the functions of its package (by key) that it calls as statements. */
interface Candidate {
  readonly tree: Tree;
  readonly node: Node;
  readonly key: string;
  readonly receiver: Receiver | undefined;
  readonly calls: ReadonlySet<string>;
}

function findEndless(trees: readonly Tree[]): Endless {
  const candidates: Candidate[] = [];
  const pending: Candidate[] = [];
  for (const tree of trees) {
    for (let row = firstChild(tree, 0); row !== NONE; row = siblingAfter(tree, row)) {
      if (!isFunction(tree, row) || childOf(tree, row, Field.body) === NONE) continue;
      const { candidate, mayEnd } = candidateAt(tree, row);
      candidates.push(candidate);
      if (mayEnd) pending.push(candidate);
    }
  }
  return solve(candidates, pending);
}

function siblingAfter(tree: Tree, row: Node): Node {
  const after = tree.next[row];
  return after < tree.length ? after : NONE;
}

function solve(candidates: readonly Candidate[], first: readonly Candidate[]): Endless {
  const callers = new Map<string, Candidate[]>();
  for (const candidate of candidates) for (const key of candidate.calls) callers.set(key, [...(callers.get(key) ?? []), candidate]);
  const found = new Map<Tree, Set<Node>>();
  const keys = new Set<string>();
  const pending = [...first];
  for (let candidate = pending.pop(); candidate !== undefined; candidate = pending.pop()) {
    const { tree, node, key, receiver } = candidate;
    const functions = found.get(tree) ?? new Set<Node>();
    found.set(tree, functions);
    if (functions.has(node)) continue;
    const flow = buildControlFlow(tree, node, (call) => isNamedNeverToReturn(tree, call) || keys.has(localKey(tree, call, receiver)));
    if (flow.blocks[flow.exit].predecessors.length > 0) continue;
    functions.add(node);
    keys.add(key);
    pending.push(...(callers.get(key) ?? []));
  }
  return { functions: found, keys };
}

function candidateAt(tree: Tree, fn: Node): { candidate: Candidate; mayEnd: boolean } {
  const receiver = receiverOf(tree, fn);
  const calls = new Set<string>();
  let mayEnd = false;
  const end = tree.next[fn];
  for (let row = fn + 1; row < end; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.func_literal) row = tree.next[row] - 1;
    else if (kind === Kind.for_statement || kind === Kind.select_statement || kind === Kind.goto_statement) mayEnd = true;
    else if (kind === Kind.expression_statement) {
      const call = unparenthesized(tree, firstChild(tree, row));
      if (isNamedNeverToReturn(tree, call)) mayEnd = true;
      const key = localKey(tree, call, receiver);
      if (key !== '') calls.add(key);
    }
  }
  return { candidate: { tree, node: fn, key: declaredKey(tree, fn), receiver, calls }, mayEnd };
}

interface Receiver {
  readonly name: string;
  readonly type: string;
}

function receiverOf(tree: Tree, fn: Node): Receiver | undefined {
  if (tree.kind[fn] !== Kind.method_declaration) return undefined;
  const [parameter] = children(tree, go.methodDeclaration.receiver(tree, fn));
  if (parameter === undefined) return undefined;
  const type = textOf(tree, go.parameterDeclaration.type(tree, parameter))
    .replace(/^\*|\[.*$/g, '')
    .trim();
  return { name: textOf(tree, childOf(tree, parameter, Field.name)), type };
}

/** `Name` or `Type.Name`. */
function declaredKey(tree: Tree, fn: Node): string {
  const name = textOf(tree, childOf(tree, fn, Field.name));
  const receiver = receiverOf(tree, fn);
  return receiver === undefined ? name : `${receiver.type}.${name}`;
}

/** Key of the package's function that a call names: `f(…)`, or `r.m(…)` on the receiver around it; '' for others. */
function localKey(tree: Tree, call: Node, receiver: Receiver | undefined): string {
  if (tree.kind[call] !== Kind.call_expression) return '';
  const callee = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[callee] === Kind.identifier) return textOf(tree, callee);
  if (tree.kind[callee] !== Kind.selector_expression || receiver === undefined) return '';
  const operand = go.selectorExpression.operand(tree, callee);
  if (textOf(tree, operand) !== receiver.name) return '';
  return `${receiver.type}.${textOf(tree, go.selectorExpression.field(tree, callee))}`;
}

/** By name alone: `panic`, and what the file's imports and the parameters' written types make of a selector. */
function isNamedNeverToReturn(tree: Tree, call: Node): boolean {
  if (tree.kind[call] !== Kind.call_expression) return false;
  const callee = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[callee] === Kind.identifier) return textOf(tree, callee) === 'panic';
  if (tree.kind[callee] !== Kind.selector_expression) return false;
  const operand = go.selectorExpression.operand(tree, callee);
  if (tree.kind[operand] !== Kind.identifier) return false;
  const qualifier = textOf(tree, operand);
  const name = textOf(tree, go.selectorExpression.field(tree, callee));
  const path = importsOf(tree).get(qualifier);
  if (path !== undefined && isKnownNeverToReturn(path, name)) return true;
  return isKnownNeverToReturn('testing', `TB.${name}`) && isTestParameter(tree, operand, qualifier);
}

function isTestParameter(tree: Tree, at: Node, name: string): boolean {
  for (let fn = enclosingFunction(tree, at); fn !== NONE; fn = enclosingFunction(tree, fn)) {
    for (const parameter of children(tree, childOf(tree, fn, Field.parameters))) {
      if (tree.kind[parameter] !== Kind.parameter_declaration) continue;
      const names = go.parameterDeclaration.name(tree, parameter).map((node) => textOf(tree, node));
      if (names.includes(name)) return TEST_TYPES.includes(textOf(tree, go.parameterDeclaration.type(tree, parameter)));
    }
  }
  return false;
}

const importNames = new WeakMap<Tree, ReadonlyMap<string, string>>();

function importsOf(tree: Tree): ReadonlyMap<string, string> {
  const known = importNames.get(tree);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  for (let row = firstChild(tree, 0); row !== NONE; row = siblingAfter(tree, row)) {
    if (tree.kind[row] !== Kind.import_declaration) continue;
    for (let spec = row; spec < tree.next[row]; spec++) {
      if (tree.kind[spec] !== Kind.import_spec) continue;
      const path = textOf(tree, go.importSpec.path(tree, spec)).slice(1, -1);
      const alias = textOf(tree, go.importSpec.name(tree, spec));
      names.set(alias === '' ? lastElement(path) : alias, path);
    }
  }
  importNames.set(tree, names);
  return names;
}

/** What a package is usually called: the last path element, a major version left out. */
function lastElement(path: string): string {
  const elements = path.split('/');
  const last = elements[elements.length - 1];
  const isVersion = elements.length > 1 && /^v[0-9]+$/.test(last);
  return (isVersion ? elements[elements.length - 2] : last).replace(/\.v[0-9]+$/, '');
}
