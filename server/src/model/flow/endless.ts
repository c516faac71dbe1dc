/**
 * Functions that never return, from their own bodies: a least fixed point over a package, so that the answer does not depend
 * on who asks first and recursion cannot deceive it. What one file says by itself is kept with its tree, so that after an edit
 * only the edited file is read again.
 */
import {
  childOf,
  children,
  Field,
  firstChild,
  go,
  isFunction,
  Kind,
  NONE,
  type Node,
  nextSibling,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { buildControlFlow, isEndlessLoop } from './control-flow-build.ts';
import { isNamedNeverToReturn } from './named-no-return.ts';

/** Functions of a set of files that never return. */
export interface Endless {
  readonly functions: ReadonlyMap<Tree, ReadonlySet<Node>>;
  /** Their keys, as `localKey` gives them. */
  readonly keys: ReadonlySet<string>;
}

interface Declaration {
  readonly tree: Tree;
  readonly node: Node;
  readonly receiver: Receiver | undefined;
}

/** What a file says without the others. */
interface FileFacts {
  /** Functions that never return, whatever those do that they call. */
  readonly endless: readonly Declaration[];
  /** By key: functions that call it as a statement. */
  readonly callers: ReadonlyMap<string, readonly Declaration[]>;
}

/** Of the files of one package, or of what is in view of it. */
export function findEndless(trees: readonly Tree[]): Endless {
  const functions = new Map<Tree, Set<Node>>();
  const keys = new Set<string>();
  const facts = trees.map(factsOf);
  const pending = facts.flatMap(({ endless }) => endless);
  for (let found = pending.pop(); found !== undefined; found = pending.pop()) {
    const ofTree = functions.get(found.tree) ?? new Set<Node>();
    functions.set(found.tree, ofTree.add(found.node));
    const key = declaredKey(found);
    if (keys.has(key)) continue;
    keys.add(key);
    const callers = facts.flatMap((each) => each.callers.get(key) ?? []);
    pending.push(...callers.filter((caller) => isEndless(caller, keys)));
  }
  return { functions, keys };
}

function isEndless({ tree, node, receiver }: Declaration, keys: ReadonlySet<string>): boolean {
  const flow = buildControlFlow(tree, node, (call) => isNamedNeverToReturn(tree, call) || keys.has(localKey(tree, call, receiver)));
  return flow.blocks[flow.exit].predecessors.length === 0;
}

const known = new WeakMap<Tree, FileFacts>();

function factsOf(tree: Tree): FileFacts {
  const facts = known.get(tree) ?? collectFacts(tree);
  known.set(tree, facts);
  return facts;
}

const NO_KEYS: ReadonlySet<string> = new Set();

function collectFacts(tree: Tree): FileFacts {
  const endless: Declaration[] = [];
  const callers = new Map<string, Declaration[]>();
  for (let row = firstChild(tree, 0); row !== NONE; row = nextSibling(tree, row)) {
    if (!isFunction(tree, row) || childOf(tree, row, Field.body) === NONE) continue;
    const declaration = { tree, node: row, receiver: receiverOf(tree, row) };
    if (mayStop(declaration, callers) && !returnsPlainly(tree, row) && isEndless(declaration, NO_KEYS)) endless.push(declaration);
  }
  return { endless, callers };
}

/** Whether anything but a return can end a path in the function, calls of its own package aside; those are added to `callers`. */
function mayStop(declaration: Declaration, callers: Map<string, Declaration[]>): boolean {
  const { tree, node, receiver } = declaration;
  let isFound = false;
  const end = tree.next[node];
  for (let row = node + 1; row < end; row++) {
    switch (tree.kind[row]) {
      case Kind.func_literal:
        row = tree.next[row] - 1;
        break;
      case Kind.goto_statement:
        isFound = true;
        break;
      case Kind.select_statement:
        isFound ||= firstChild(tree, row) === NONE;
        break;
      case Kind.for_statement:
        isFound ||= isEndlessLoop(tree, row);
        break;
      case Kind.expression_statement: {
        const call = unparenthesized(tree, firstChild(tree, row));
        isFound ||= isNamedNeverToReturn(tree, call);
        addCaller(callers, localKey(tree, call, receiver), declaration);
      }
    }
  }
  return isFound;
}

/** Whether statements that control is bound to get past lead to a return or to the end of the body: few functions need a graph. */
function returnsPlainly(tree: Tree, fn: Node): boolean {
  const list = firstChild(tree, childOf(tree, fn, Field.body));
  if (list === NONE) return true;
  if (tree.kind[list] !== Kind.statement_list || nextSibling(tree, list) !== NONE) return false;
  for (let row = firstChild(tree, list); row !== NONE; row = nextSibling(tree, row)) {
    if (tree.kind[row] === Kind.return_statement) return true;
    if (!isPassed(tree, row)) return false;
  }
  return true;
}

function isPassed(tree: Tree, statement: Node): boolean {
  switch (tree.kind[statement]) {
    case Kind.expression_statement:
      return !isNamedNeverToReturn(tree, unparenthesized(tree, firstChild(tree, statement)));
    case Kind.if_statement:
      return go.ifStatement.alternative(tree, statement) === NONE;
    case Kind.for_statement:
      return !isEndlessLoop(tree, statement);
    default:
      return PASSED.includes(tree.kind[statement]);
  }
}

const PASSED: readonly number[] = [
  Kind.short_var_declaration,
  Kind.var_declaration,
  Kind.const_declaration,
  Kind.type_declaration,
  Kind.assignment_statement,
  Kind.inc_statement,
  Kind.dec_statement,
  Kind.send_statement,
  Kind.go_statement,
  Kind.defer_statement,
];

function addCaller(callers: Map<string, Declaration[]>, key: string, declaration: Declaration): void {
  if (key === '') return;
  const known = callers.get(key);
  if (known === undefined) callers.set(key, [declaration]);
  else if (known[known.length - 1] !== declaration) known.push(declaration);
}

export interface Receiver {
  readonly name: string;
  readonly type: string;
}

/** As written, without star and type arguments; undefined for what is no method. */
export function receiverOf(tree: Tree, fn: Node): Receiver | undefined {
  if (tree.kind[fn] !== Kind.method_declaration) return undefined;
  const [parameter] = children(tree, go.methodDeclaration.receiver(tree, fn));
  if (parameter === undefined) return undefined;
  const type = textOf(tree, go.parameterDeclaration.type(tree, parameter))
    .replace(/^\*|\[.*$/g, '')
    .trim();
  return { name: textOf(tree, childOf(tree, parameter, Field.name)), type };
}

/** `Name` or `Type.Name`. */
function declaredKey({ tree, node, receiver }: Declaration): string {
  const name = textOf(tree, childOf(tree, node, Field.name));
  return receiver === undefined ? name : `${receiver.type}.${name}`;
}

/** Key of the package's function that a call names: `f(…)`, or `r.m(…)` on the receiver around it; '' for others. */
export function localKey(tree: Tree, call: Node, receiver: Receiver | undefined): string {
  if (tree.kind[call] !== Kind.call_expression) return '';
  const callee = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[callee] === Kind.identifier) return textOf(tree, callee);
  if (tree.kind[callee] !== Kind.selector_expression || receiver === undefined) return '';
  const operand = go.selectorExpression.operand(tree, callee);
  if (textOf(tree, operand) !== receiver.name) return '';
  return `${receiver.type}.${textOf(tree, go.selectorExpression.field(tree, callee))}`;
}
