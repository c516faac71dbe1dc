/**
 * Builds the control flow graph of one function body. Apart from `control-flow.ts` because which calls never return is itself
 * found by looking at control flow: this file takes that knowledge as a predicate and so closes no import cycle.
 *
 * Go's nesting is user-made and unbounded, so nothing recurses: a compound statement schedules the steps that build its parts
 * and a loop runs them. A step sees the graph as it is when its turn comes, which is what recursion would have given it.
 */
import { childOf, children, Field, go, Kind, NONE, type Node, type Tree, textOf, unparenthesized } from '../../syntax/index.ts';
import type { Block, ControlFlow } from '../shapes.ts';

/** Whether a call (a call_expression row) never returns to its caller. */
export type NeverReturns = (call: Node) => boolean;

/** Where `break` and `continue` lead, innermost first. */
interface Target {
  readonly label: string;
  readonly breakTo: number;
  /** Undefined for switch and select. */
  readonly continueTo: number | undefined;
  readonly outer: Target | undefined;
}

interface Draft {
  readonly nodes: Node[];
  readonly successors: number[];
}

type Step = () => void;

interface Builder {
  readonly tree: Tree;
  readonly neverReturns: NeverReturns;
  readonly blocks: Draft[];
  readonly steps: Step[];
  readonly labels: Map<string, number>;
  /** Block under construction; undefined after a jump, until something can be reached again. */
  current: number | undefined;
}

const ENTRY = 0;
const EXIT = 1;
const ABORT = 2;

/** Graph of a function declaration, method or literal. A function without a body (assembly) falls through to its exit. */
export function buildControlFlow(tree: Tree, fn: Node, neverReturns: NeverReturns): ControlFlow {
  const blocks: Draft[] = [newDraft(), newDraft(), newDraft()];
  const builder: Builder = { tree, neverReturns, blocks, steps: [], labels: new Map(), current: ENTRY };
  const body = childOf(tree, fn, Field.body);
  if (body !== NONE) visit(builder, body, undefined, '');
  for (let step = builder.steps.pop(); step !== undefined; step = builder.steps.pop()) step();
  jump(builder, EXIT);
  return { function: fn, blocks: finish(blocks), entry: ENTRY, exit: EXIT, abort: ABORT };
}

function newDraft(): Draft {
  return { nodes: [], successors: [] };
}

function newBlock(builder: Builder): number {
  return builder.blocks.push(newDraft()) - 1;
}

/** Steps run in the order given, before anything scheduled earlier. */
function schedule(builder: Builder, ...steps: readonly Step[]): void {
  for (let i = steps.length - 1; i >= 0; i--) builder.steps.push(steps[i]);
}

/** The block that takes the next node; code after a jump gets one that nothing leads to. */
function open(builder: Builder): number {
  builder.current ??= newBlock(builder);
  return builder.current;
}

function append(builder: Builder, node: Node): void {
  if (node !== NONE) builder.blocks[open(builder)].nodes.push(node);
}

function link(builder: Builder, from: number, to: number): void {
  const { successors } = builder.blocks[from];
  if (!successors.includes(to)) successors.push(to);
}

/** Ends the block under construction with an edge. */
function jump(builder: Builder, to: number): void {
  if (builder.current !== undefined) link(builder, builder.current, to);
  builder.current = undefined;
}

function enter(builder: Builder, block: number): void {
  builder.current = block;
}

/** Falls into a block from the one under construction. */
function proceed(builder: Builder, to: number): void {
  jump(builder, to);
  enter(builder, to);
}

function visit(builder: Builder, node: Node, target: Target | undefined, label: string): void {
  const { tree } = builder;
  switch (tree.kind[node]) {
    case Kind.block:
    case Kind.statement_list:
      schedule(builder, ...children(tree, node).map((child) => () => visit(builder, child, target, '')));
      break;
    case Kind.if_statement:
      visitIf(builder, node, target);
      break;
    case Kind.for_statement:
      visitFor(builder, node, target, label);
      break;
    case Kind.expression_switch_statement:
    case Kind.type_switch_statement:
      visitSwitch(builder, node, target, label);
      break;
    case Kind.select_statement:
      visitSelect(builder, node, target, label);
      break;
    case Kind.labeled_statement:
      visitLabeled(builder, node, target);
      break;
    default:
      visitSimple(builder, node, target);
  }
}

function visitSimple(builder: Builder, node: Node, target: Target | undefined): void {
  const { tree } = builder;
  const kind = tree.kind[node];
  if (kind === Kind.empty_statement) return;
  append(builder, node);
  if (kind === Kind.return_statement) jump(builder, EXIT);
  else if (kind === Kind.goto_statement) jump(builder, labelBlock(builder, labelOf(builder, node)));
  else if (kind === Kind.break_statement || kind === Kind.continue_statement) branch(builder, node, target);
  else if (kind === Kind.expression_statement && isFinalCall(builder, node)) jump(builder, ABORT);
}

function isFinalCall(builder: Builder, statement: Node): boolean {
  const { tree } = builder;
  const [expression] = children(tree, statement);
  if (expression === undefined) return false;
  const call = unparenthesized(tree, expression);
  const isCall = tree.kind[call] === Kind.call_expression || tree.kind[call] === Kind.type_conversion_expression;
  return isCall && builder.neverReturns(call);
}

function labelOf(builder: Builder, jumpStatement: Node): string {
  const [label] = children(builder.tree, jumpStatement);
  return label === undefined ? '' : textOf(builder.tree, label);
}

function labelBlock(builder: Builder, label: string): number {
  const known = builder.labels.get(label);
  if (known !== undefined) return known;
  const block = newBlock(builder);
  builder.labels.set(label, block);
  return block;
}

/** A label that nothing carries ends the path: such code does not compile. */
function branch(builder: Builder, node: Node, target: Target | undefined): void {
  const isContinue = builder.tree.kind[node] === Kind.continue_statement;
  const label = labelOf(builder, node);
  let at = target;
  while (at !== undefined && ((label !== '' && at.label !== label) || (isContinue && at.continueTo === undefined))) at = at.outer;
  const to = isContinue ? at?.continueTo : at?.breakTo;
  if (to !== undefined) jump(builder, to);
  builder.current = undefined;
}

function visitLabeled(builder: Builder, node: Node, target: Target | undefined): void {
  const { tree } = builder;
  const nameNode = go.labeledStatement.label(tree, node);
  const name = textOf(tree, nameNode);
  proceed(builder, labelBlock(builder, name));
  const statement = children(tree, node).find((child) => child !== nameNode);
  if (statement !== undefined) visit(builder, statement, target, name);
}

function visitIf(builder: Builder, node: Node, target: Target | undefined): void {
  const { tree } = builder;
  append(builder, go.ifStatement.initializer(tree, node));
  append(builder, go.ifStatement.condition(tree, node));
  const head = open(builder);
  const consequence = newBlock(builder);
  const after = newBlock(builder);
  const alternativeNode = go.ifStatement.alternative(tree, node);
  link(builder, head, consequence);
  const alternative = alternativeNode === NONE ? after : newBlock(builder);
  link(builder, head, alternative);
  enter(builder, consequence);
  schedule(
    builder,
    () => visit(builder, go.ifStatement.consequence(tree, node), target, ''),
    () => {
      jump(builder, after);
      if (alternativeNode === NONE) return;
      enter(builder, alternative);
      visit(builder, alternativeNode, target, '');
    },
    () => proceed(builder, after),
  );
}

function visitFor(builder: Builder, node: Node, target: Target | undefined, label: string): void {
  const { tree } = builder;
  const body = go.forStatement.body(tree, node);
  const header = headerOf(tree, node);
  const isClause = tree.kind[header] === Kind.for_clause;
  const isRange = tree.kind[header] === Kind.range_clause;
  if (isClause) append(builder, go.forClause.initializer(tree, header));
  if (isRange) append(builder, go.rangeClause.right(tree, header));
  const condition = conditionOf(tree, header);
  const update = isClause ? go.forClause.update(tree, header) : NONE;

  const head = newBlock(builder);
  const start = newBlock(builder);
  const post = update === NONE ? head : newBlock(builder);
  const after = newBlock(builder);
  proceed(builder, head);
  append(builder, condition);
  link(builder, head, start);
  if (!isAlwaysTrue(tree, condition)) link(builder, head, after);
  enter(builder, start);
  const inner: Target = { label, breakTo: after, continueTo: post, outer: target };
  schedule(
    builder,
    () => visit(builder, body, inner, ''),
    () => {
      jump(builder, post);
      if (update !== NONE) {
        enter(builder, post);
        append(builder, update);
        jump(builder, head);
      }
      enter(builder, after);
    },
  );
}

/** The clause or condition of a loop, or NONE. */
function headerOf(tree: Tree, loop: Node): Node {
  const body = go.forStatement.body(tree, loop);
  return children(tree, loop).find((child) => child !== body) ?? NONE;
}

/** What decides about another iteration; NONE where nothing does. */
function conditionOf(tree: Tree, header: Node): Node {
  return tree.kind[header] === Kind.for_clause ? go.forClause.condition(tree, header) : header;
}

function isAlwaysTrue(tree: Tree, condition: Node): boolean {
  return condition === NONE || tree.kind[condition] === Kind.true;
}

/** Whether a for_statement ends by jumps alone. */
export function isEndlessLoop(tree: Tree, loop: Node): boolean {
  return isAlwaysTrue(tree, conditionOf(tree, headerOf(tree, loop)));
}

/** Cases are tried in order, each test in a block of its own; `default` is entered when all of them failed, wherever it stands. */
function visitSwitch(builder: Builder, node: Node, target: Target | undefined, label: string): void {
  const { tree } = builder;
  const isTypeSwitch = tree.kind[node] === Kind.type_switch_statement;
  append(builder, childOf(tree, node, Field.initializer));
  append(builder, childOf(tree, node, Field.value));
  open(builder);
  const clauses = children(tree, node).filter(isClauseOf(tree));
  const bodies = clauses.map(() => newBlock(builder));
  const after = newBlock(builder);
  const inner: Target = { label, breakTo: after, continueTo: undefined, outer: target };
  let fallback = after;
  clauses.forEach((clause, i) => {
    if (tree.kind[clause] === Kind.default_case) {
      fallback = bodies[i];
      return;
    }
    if (!isTypeSwitch) append(builder, childOf(tree, clause, Field.value));
    const test = open(builder);
    link(builder, test, bodies[i]);
    builder.current = undefined;
    const next = newBlock(builder);
    link(builder, test, next);
    enter(builder, next);
  });
  jump(builder, fallback);
  scheduleClauses(builder, clauses, bodies, after, inner);
}

function isClauseOf(tree: Tree): (node: Node) => boolean {
  return (node) => {
    const kind = tree.kind[node];
    return kind === Kind.expression_case || kind === Kind.type_case || kind === Kind.communication_case || kind === Kind.default_case;
  };
}

function scheduleClauses(builder: Builder, clauses: readonly Node[], bodies: readonly number[], after: number, inner: Target): void {
  const steps = clauses.flatMap((clause, i): Step[] => [
    () => {
      enter(builder, bodies[i]);
      append(builder, childOf(builder.tree, clause, Field.communication));
      for (const list of children(builder.tree, clause))
        if (builder.tree.kind[list] === Kind.statement_list) visit(builder, list, inner, '');
    },
    () => jump(builder, fallsThrough(builder) ? (bodies[i + 1] ?? after) : after),
  ]);
  schedule(builder, ...steps, () => enter(builder, after));
}

function fallsThrough(builder: Builder): boolean {
  if (builder.current === undefined) return false;
  const { nodes } = builder.blocks[builder.current];
  const last = nodes.length === 0 ? NONE : nodes[nodes.length - 1];
  return builder.tree.kind[last] === Kind.fallthrough_statement;
}

/** Which case is ready is the run time's choice; without a default, and without cases for ever, it waits. */
function visitSelect(builder: Builder, node: Node, target: Target | undefined, label: string): void {
  const clauses = children(builder.tree, node).filter(isClauseOf(builder.tree));
  const head = open(builder);
  const bodies = clauses.map(() => newBlock(builder));
  for (const body of bodies) link(builder, head, body);
  builder.current = undefined;
  const after = newBlock(builder);
  scheduleClauses(builder, clauses, bodies, after, { label, breakTo: after, continueTo: undefined, outer: target });
}

/** Edges out of blocks that the entry does not reach are dropped, so that whoever has a predecessor can be reached. */
function finish(drafts: readonly Draft[]): Block[] {
  const isReached = new Uint8Array(drafts.length);
  isReached[ENTRY] = 1;
  for (let pending = [ENTRY]; pending.length > 0; ) {
    for (const to of drafts[pending.pop() ?? ENTRY].successors) {
      if (isReached[to] === 0) pending.push(to);
      isReached[to] = 1;
    }
  }
  const predecessors: number[][] = drafts.map(() => []);
  drafts.forEach(({ successors }, from) => {
    if (isReached[from] === 1) for (const to of successors) predecessors[to].push(from);
  });
  return drafts.map(({ nodes, successors }, index) => ({
    index,
    nodes,
    successors: isReached[index] === 1 ? successors : [],
    predecessors: predecessors[index],
  }));
}
