/** Calls that never return, told by names alone: what is left to go by where types are missing. */
import {
  childOf,
  children,
  enclosingFunction,
  Field,
  firstChild,
  go,
  isText,
  Kind,
  NONE,
  type Node,
  nextSibling,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { isKnownNeverToReturn, isNameOfKnown, TEST_TYPES } from './known-no-return.ts';

/** Whether a call is of `panic`, or of what the file's imports and the parameters' written types make of a selector. */
export function isNamedNeverToReturn(tree: Tree, call: Node): boolean {
  if (tree.kind[call] !== Kind.call_expression) return false;
  const callee = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[callee] === Kind.identifier) return isText(tree, callee, 'panic');
  if (tree.kind[callee] !== Kind.selector_expression) return false;
  const operand = go.selectorExpression.operand(tree, callee);
  if (tree.kind[operand] !== Kind.identifier) return false;
  const name = textOf(tree, go.selectorExpression.field(tree, callee));
  if (!isNameOfKnown(name)) return false;
  const qualifier = textOf(tree, operand);
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
  for (let row = firstChild(tree, 0); row !== NONE; row = nextSibling(tree, row)) {
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
