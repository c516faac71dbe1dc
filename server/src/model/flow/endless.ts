/**
 * Functions that never return, from their own bodies: a least fixed point over those that call each other, so that the answer does not depend
 * on who asks first and recursion cannot deceive it. What a function says by itself is kept with its tree, so that after an edit
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

export interface Declaration {
  readonly tree: Tree;
  readonly node: Node;
  readonly receiver: Receiver | undefined;
}

/** Functions that never return. */
export interface Endless {
  readonly functions: Map<Tree, Set<Node>>;
  /** Their keys, as `localKey` gives them. */
  readonly keys: Set<string>;
}

/** What a function says by itself. */
interface FunctionFacts {
  readonly declaration: Declaration;
  /** It never returns, whatever those do that it calls. */
  readonly isEndless: boolean;
  /** Keys of what it calls as a statement. */
  readonly calls: ReadonlySet<string>;
}

/** What some functions say without others. */
export interface SharedFacts {
  readonly endless: readonly Declaration[];
  /** By key: functions that call it as a statement. */
  readonly callers: ReadonlyMap<string, readonly Declaration[]>;
}

/** Adds the functions that never return, by themselves or because of what was found before or is found now. */
export function spreadEndless(facts: readonly SharedFacts[], { functions, keys }: Endless): void {
  const pending = facts.flatMap(({ endless }) => endless);
  const call = (key: string): readonly Declaration[] =>
    facts.flatMap(({ callers }) => callers.get(key) ?? []).filter((caller) => isEndless(caller, keys));
  for (const key of keys) pending.push(...call(key));
  for (let found = pending.pop(); found !== undefined; found = pending.pop()) {
    const ofTree = functions.get(found.tree) ?? new Set<Node>();
    functions.set(found.tree, ofTree.add(found.node));
    const key = declaredKey(found);
    if (keys.has(key)) continue;
    keys.add(key);
    pending.push(...call(key));
  }
}

interface Keys {
  has(key: string): boolean;
}

function isEndless(declaration: Declaration, keys: Keys): boolean {
  const { tree, node } = declaration;
  const flow = buildControlFlow(tree, node, (call) => stopsAt(declaration, call, keys));
  return flow.blocks[flow.exit].predecessors.length === 0;
}

function stopsAt({ tree, receiver }: Declaration, call: Node, keys: Keys): boolean {
  return isNamedNeverToReturn(tree, call) || keys.has(localKey(tree, call, receiver));
}

/** Of all functions of a file. */
const knownFiles = new WeakMap<Tree, SharedFacts>();
const knownFunctions = new WeakMap<Tree, Map<Node, FunctionFacts>>();

export function factsOf(tree: Tree): SharedFacts {
  const facts = knownFiles.get(tree) ?? sharedFacts(declarationsIn(tree));
  knownFiles.set(tree, facts);
  return facts;
}

export function sharedFacts(declarations: readonly Declaration[]): SharedFacts {
  const endless: Declaration[] = [];
  const callers = new Map<string, Declaration[]>();
  for (const declaration of declarations) {
    const facts = functionFacts(declaration);
    if (facts.isEndless) endless.push(facts.declaration);
    for (const key of facts.calls) {
      const known = callers.get(key);
      if (known === undefined) callers.set(key, [facts.declaration]);
      else known.push(facts.declaration);
    }
  }
  return { endless, callers };
}

/** Functions with a body. */
export function declarationsIn(tree: Tree): readonly Declaration[] {
  const found: Declaration[] = [];
  for (let row = firstChild(tree, 0); row !== NONE; row = nextSibling(tree, row)) {
    if (isFunction(tree, row) && childOf(tree, row, Field.body) !== NONE) found.push(declarationAt(tree, row));
  }
  return found;
}

export function declarationAt(tree: Tree, node: Node): Declaration {
  return { tree, node, receiver: receiverOf(tree, node) };
}

/** Whether it never returns, whatever those do that it calls. */
export function isEndlessAlone(declaration: Declaration): boolean {
  return functionFacts(declaration).isEndless;
}

/** Keys of those on which it hangs whether the function returns; none where it returns or not whatever they do. */
export function decisiveCalls(declaration: Declaration): Iterable<string> {
  const { isEndless: isDecided, calls } = functionFacts(declaration);
  if (isDecided || calls.size === 0 || returnsPlainly(declaration, ANY_KEY)) return [];
  return isEndless(declaration, ANY_KEY) ? calls : [];
}

const NO_KEYS: Keys = new Set();
const ANY_KEY: Keys = { has: (key) => key !== '' };

function functionFacts(declaration: Declaration): FunctionFacts {
  const { tree, node } = declaration;
  const ofTree = knownFunctions.get(tree) ?? new Map<Node, FunctionFacts>();
  knownFunctions.set(tree, ofTree);
  const facts = ofTree.get(node) ?? collectFacts(declaration);
  ofTree.set(node, facts);
  return facts;
}

/** Few functions have what can stop them, and few of these need a graph to tell. */
function collectFacts(declaration: Declaration): FunctionFacts {
  const { tree, node, receiver } = declaration;
  const calls = new Set<string>();
  let mayStop = false;
  const end = tree.next[node];
  for (let row = node + 1; row < end; row++) {
    switch (tree.kind[row]) {
      // Statements in these are those of function literals.
      case Kind.func_literal:
      case Kind.assignment_statement:
      case Kind.short_var_declaration:
      case Kind.var_declaration:
      case Kind.return_statement:
      case Kind.go_statement:
      case Kind.defer_statement:
      case Kind.send_statement:
        row = tree.next[row] - 1;
        break;
      case Kind.goto_statement:
        mayStop = true;
        break;
      case Kind.select_statement:
        mayStop ||= firstChild(tree, row) === NONE;
        break;
      case Kind.for_statement:
        mayStop ||= isEndlessLoop(tree, row);
        break;
      case Kind.expression_statement: {
        const call = unparenthesized(tree, firstChild(tree, row));
        mayStop ||= isNamedNeverToReturn(tree, call);
        const key = localKey(tree, call, receiver);
        if (key !== '') calls.add(key);
        row = tree.next[row] - 1;
      }
    }
  }
  return { declaration, calls, isEndless: mayStop && !returnsPlainly(declaration, NO_KEYS) && isEndless(declaration, NO_KEYS) };
}

/** Whether statements that control is bound to get past lead to a return or to the end of the body. */
function returnsPlainly(declaration: Declaration, keys: Keys): boolean {
  const { tree, node } = declaration;
  const list = firstChild(tree, childOf(tree, node, Field.body));
  if (list === NONE) return true;
  if (tree.kind[list] !== Kind.statement_list || nextSibling(tree, list) !== NONE) return false;
  for (let row = firstChild(tree, list); row !== NONE; row = nextSibling(tree, row)) {
    if (tree.kind[row] === Kind.return_statement) return true;
    if (!isPassed(declaration, row, keys)) return false;
  }
  return true;
}

function isPassed(declaration: Declaration, statement: Node, keys: Keys): boolean {
  const { tree } = declaration;
  switch (tree.kind[statement]) {
    case Kind.expression_statement:
      return !stopsAt(declaration, unparenthesized(tree, firstChild(tree, statement)), keys);
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
export function declaredKey({ tree, node, receiver }: Declaration): string {
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
