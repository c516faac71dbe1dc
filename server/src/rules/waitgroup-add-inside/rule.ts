/**
 * `wg.Add` in a goroutine that nobody has counted before it was started. What tells it from an Add of a goroutine that is
 * counted itself: no Add of the group comes before the go statement, and the literal does not wait for the group.
 */
import {
  childOf,
  children,
  descendants,
  encloses,
  enclosingFunction,
  Field,
  go,
  Kind,
  type Node,
  type Tree,
  textOf,
  unparenthesized,
} from '../../syntax/index.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { rootOf } from '../kit/root.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { addBefore } from './fix.ts';

export const waitgroupAddInside = defineRule({
  id: 'waitgroup-add-inside',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    inside:
      'This Add runs in a goroutine of its own: a Wait that comes before it finds the counter without it, returns, and races with {call}. Call {call} before the go statement.',
  },
  options: {},
  alsoIn: { gopls: 'waitgroup', govet: 'waitgroup', staticcheck: 'SA2000' },
  docs: {
    summary: '`WaitGroup.Add` is called in the goroutine that it counts.',
    why: 'A goroutine may start at any time after the `go` statement, also after `Wait`. Only an Add before the statement makes sure that Wait waits for it.',
    cost: 'Work that is cut off or goes on unseen, results read while they are written, and a panic when Add meets a Wait that is about to return.',
    bad: `package p

import "sync"

func all(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		go func() {
			wg.Add(1)
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}
`,
    good: `package p

import "sync"

func all(jobs []func()) {
	var wg sync.WaitGroup
	for _, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			job()
		}()
	}
	wg.Wait()
}
`,
    limits:
      'Only literals that are started by `go` right where they stand. Silent where the statement is preceded by an Add of the same group that no goroutine started in between takes, because that may count the goroutine, and where the literal itself waits for the group. The fix is safe where the Add comes first and its argument is a constant; otherwise it is a suggestion.',
    skipWhen: 'Something else makes sure that the goroutine runs before Wait does.',
    links: ['https://pkg.go.dev/sync#WaitGroup.Add', 'https://pkg.go.dev/golang.org/x/tools/gopls/internal/analysis/waitgroup'],
  },
  calls: { Add: check },
});

/** An Add in a literal that is started by `go`. */
export interface InnerAdd {
  readonly call: Node;
  readonly statement: Node;
  /** Statements of the literal. */
  readonly body: readonly Node[];
  readonly go: Node;
  /** The group as it is written. */
  readonly group: string;
}

function check(call: Node, context: RuleContext): void {
  const { tree, file } = context;
  const add = innerAdd(tree, call);
  if (add === undefined || calledFunction(context, call) !== 'sync.WaitGroup.Add') return;
  const outside = groupOutside(context, add);
  if (outside === undefined || isCountedOutside(tree, add, outside) || !isLate(tree, add)) return;
  context.report({
    at: firstLineOf(tree, call),
    message: 'inside',
    data: { call: `${add.group}.Add` },
    related: [noteAt(file, add.go, 'the goroutine is started here')],
    fixes: outside === add.group ? addBefore(context, add) : [],
    certainty: 'likely',
  });
}

function innerAdd(tree: Tree, call: Node): InnerAdd | undefined {
  const statement = tree.parent[call];
  const list = tree.parent[statement];
  const literal = enclosingFunction(tree, call);
  const started = tree.parent[tree.parent[literal]];
  if (tree.kind[statement] !== Kind.expression_statement || tree.kind[list] !== Kind.statement_list) return undefined;
  if (tree.kind[literal] !== Kind.func_literal || tree.kind[started] !== Kind.go_statement) return undefined;
  if (tree.parent[tree.parent[list]] !== literal || go.callExpression.function(tree, tree.parent[literal]) !== literal) return undefined;
  const selector = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[selector] !== Kind.selector_expression) return undefined;
  const group = textOf(tree, go.selectorExpression.operand(tree, selector));
  return { call, statement, body: children(tree, list), go: started, group };
}

/** How the group is written outside the literal: the same where it is captured, the argument's operand where it is passed; undefined where it is the literal's own. */
function groupOutside({ tree, scopes }: RuleContext, { call, group }: InnerAdd): string | undefined {
  const root = rootOf(tree, unparenthesized(tree, go.callExpression.function(tree, call)));
  const symbol = tree.kind[root] === Kind.identifier ? scopes.symbolOf(root) : undefined;
  const literal = enclosingFunction(tree, call);
  if (symbol?.kind !== 'variable') return undefined;
  if (symbol.role === 'package' || !encloses(tree, literal, symbol.declaration)) return group;
  if (symbol.role !== 'parameter' || group !== symbol.name) return undefined;
  const names = descendants(tree, childOf(tree, literal, Field.parameters), Kind.identifier).filter(
    (name) => scopes.symbolOf(name)?.declaration === name,
  );
  const argument = children(tree, go.callExpression.arguments(tree, tree.parent[literal]))[names.indexOf(symbol.declaration)];
  return argument === undefined ? undefined : textOf(tree, argument).replace(/^&/, '');
}

/** Whether an Add before the go statement may count the goroutine: not one of which another goroutine, started in between, takes the count. */
function isCountedOutside(tree: Tree, { go: started }: InnerAdd, group: string): boolean {
  const fn = enclosingFunction(tree, started);
  const before = (node: Node): boolean => node < started && enclosingFunction(tree, node) === fn;
  const listOf = (call: Node): Node => tree.parent[tree.parent[call]];
  const adds = descendants(tree, fn, Kind.call_expression).filter(
    (call) => before(call) && textOf(tree, go.callExpression.function(tree, call)) === `${group}.Add`,
  );
  const takers = descendants(tree, fn, Kind.go_statement).filter((each) => before(each) && isTaker(tree, each, group));
  return adds.some((add) => {
    const isOne = textOf(tree, go.callExpression.arguments(tree, add)) === '(1)';
    const behind = takers.filter((each) => tree.parent[each] === listOf(add) && each > add).length;
    return !isOne || behind < adds.filter((other) => listOf(other) === listOf(add) && other >= add).length;
  });
}

/** Whether the started goroutine has to do with the group, and does not wait for it. */
function isTaker(tree: Tree, started: Node, group: string): boolean {
  const names = [Kind.identifier, Kind.selector_expression].flatMap((kind) => descendants(tree, started, kind));
  return names.some((name) => textOf(tree, name) === group) && !callees(tree, started).includes(`${group}.Wait`);
}

/** Whether the Add comes too late for a Wait elsewhere: it comes first, or the literal calls Done as well, and the literal does not wait itself. */
function isLate(tree: Tree, { body, statement, group }: InnerAdd): boolean {
  const waits = body.some((each) => callees(tree, each).includes(`${group}.Wait`));
  const isFirst = body.slice(0, body.indexOf(statement)).every((each) => tree.kind[each] === Kind.defer_statement);
  return !waits && (isFirst || (body.some((each) => isDone(tree, each, group)) && !isHeldUp(tree, body, statement)));
}

/** Whether the goroutine waits for something before it adds itself: until then it is not meant to count. */
function isHeldUp(tree: Tree, body: readonly Node[], statement: Node): boolean {
  for (let row = body[0]; row < statement; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.select_statement || kind === Kind.receive_statement) return true;
    if (kind === Kind.unary_expression && textOf(tree, go.unaryExpression.operator(tree, row)) === '<-') return true;
    if (kind === Kind.call_expression && HOLDING.test(textOf(tree, go.callExpression.function(tree, row)))) return true;
  }
  return false;
}

/** Calls that wait for others. */
const HOLDING = /\.(?:Wait|Acquire|Accept)$/;

function callees(tree: Tree, statement: Node): string[] {
  return descendants(tree, statement, Kind.call_expression).map((call) => textOf(tree, go.callExpression.function(tree, call)));
}

/** `wg.Done()`, deferred or not. */
function isDone(tree: Tree, statement: Node, group: string): boolean {
  const kind = tree.kind[statement];
  const isCall = kind === Kind.expression_statement || kind === Kind.defer_statement;
  const call = isCall ? children(tree, statement)[0] : undefined;
  return call !== undefined && textOf(tree, call) === `${group}.Done()`;
}
