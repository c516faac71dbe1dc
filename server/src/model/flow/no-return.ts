/**
 * Which calls never return. Types say what a call calls; a function in view is judged by its own body (endless.ts). Where types
 * are missing, imports and names decide: a mistake there can only hide a path, never invent one.
 */
import { enclosingFunction, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { Callee, FunctionDeclaration, Package, SourceFile } from '../shapes.ts';
import { wordsBehind } from '../types/std-words.ts';
import { buildControlFlow } from './control-flow-build.ts';
import { localKey, receiverOf } from './endless.ts';
import { EndlessFunctions } from './endless-functions.ts';
import { isKnownNeverToReturn } from './known-no-return.ts';
import { isNamedNeverToReturn } from './named-no-return.ts';

/** The part of `Types` that control flow needs. */
export interface CallResolver {
  readonly package: Package;
  calleeOf(call: Node): Callee;
  /** Of another file; undefined where that is not known. */
  packageOf(file: SourceFile): Package | undefined;
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

/** Functions of a package that never return, from their own bodies: `Name` or `Type.Name`. */
export function endlessIn(pkg: Package): ReadonlySet<string> {
  return endlessOf(pkg).keys;
}

const byPackage = new WeakMap<Package, EndlessFunctions>();
const byTree = new WeakMap<Tree, EndlessFunctions>();

function endlessOf(pkg: Package): EndlessFunctions {
  const known = byPackage.get(pkg) ?? new EndlessFunctions(pkg.files);
  byPackage.set(pkg, known);
  return known;
}

/** Of a file about whose package nothing is known. */
function endlessAlone(tree: Tree): EndlessFunctions {
  const known = byTree.get(tree) ?? new EndlessFunctions([{ tree }]);
  byTree.set(tree, known);
  return known;
}

function isEndless(declaration: FunctionDeclaration | undefined, calls: CallResolver | undefined): boolean {
  if (declaration === undefined) return false;
  const { file, node } = declaration;
  if (wordsBehind(file, node).includes('never')) return true;
  if (file.tree.kind[node] === Kind.func_literal) return isEndlessLiteral(file.tree, node);
  return isEndlessFunction(declaration, calls?.packageOf(file));
}

/** Whether the function, which is declared in the package, never returns. */
export function isEndlessFunction({ file, node }: FunctionDeclaration, pkg: Package | undefined): boolean {
  const isMember = pkg?.files.includes(file) === true;
  return (isMember ? endlessOf(pkg) : endlessAlone(file.tree)).has(file.tree, node);
}

/** One level: calls inside the literal are judged by name, so that literals in literals cost no recursion. */
function isEndlessLiteral(tree: Tree, literal: Node): boolean {
  const flow = buildControlFlow(tree, literal, (call) => isNamedNeverToReturn(tree, call));
  return flow.blocks[flow.exit].predecessors.length === 0;
}

function isLocalEndless(tree: Tree, call: Node, pkg: Package | undefined): boolean {
  const key = localKey(tree, call, receiverOf(tree, enclosingFunction(tree, call)));
  return key !== '' && (pkg === undefined ? endlessAlone(tree) : endlessOf(pkg)).hasKey(key);
}
