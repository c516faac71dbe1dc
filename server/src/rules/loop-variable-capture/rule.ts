/**
 * Before Go 1.22 a loop has one variable for all its iterations, so a literal that runs after its iteration sees the value of a later
 * one. The rule asks of each literal that uses the variable whether something in view keeps it beyond the iteration.
 */
import type { GoSymbol, Reference } from '../../model/index.ts';
import { children, enclosingFunction, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { insertAtBlockStart } from '../kit/edits.ts';
import { isOverwrittenEachIteration, waitsAfter } from '../kit/iteration-ends.ts';
import { type Keeper, type Kept, keeperOf } from '../kit/kept-values.ts';
import { bodyReferences, declaresName, isChangedInBody, type Loop, leavesLoopAfter, loopOf } from '../kit/loop-variables.ts';
import { noteAt } from '../kit/places.ts';
import { defineRule, type Report, type RuleContext, type RuleFix } from '../rule.ts';

export const loopVariableCapture = defineRule({
  id: 'loop-variable-capture',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'scope',
  fix: 'safe',
  go: { to: 21 },
  messages: {
    goroutine:
      'This goroutine uses the loop {variables}, which all iterations share before Go 1.22: it may run in a later iteration and see that value. Give each iteration its own copy: {copy}.',
    deferred:
      'This deferred call uses the loop {variables}, which all iterations share before Go 1.22: when it runs, it sees the value of the last iteration. Give each iteration its own copy: {copy}.',
    stored:
      'This function is kept after the iteration and uses the loop {variables}, which all iterations share before Go 1.22: called later, it sees the value of the last iteration. Give each iteration its own copy: {copy}.',
    subtest:
      'This subtest goes on in parallel after the iteration and uses the loop {variables}, which all iterations share before Go 1.22: it sees the value of the last iteration. Give each iteration its own copy: {copy}.',
  },
  options: {},
  docs: {
    summary: 'A goroutine, deferred call or stored function uses a loop variable that all iterations share (before Go 1.22).',
    why: 'Up to Go 1.21 a `for` loop has one variable for all its iterations. A function literal that runs later than its iteration reads whatever the loop has put there since: usually the last element, for every literal.',
    cost: 'Wrong values, a data race with `go`, and one variable on the heap that all the literals keep alive.',
    bad: `package p

func start(names []string, run func(string)) {
	for _, name := range names {
		go func() {
			run(name)
		}()
	}
}
`,
    good: `package p

func start(names []string, run func(string)) {
	for _, name := range names {
		name := name
		go func() {
			run(name)
		}()
	}
}
`,
    limits:
      'Speaks only where go.mod or a build constraint asks for Go 1.21 or older. Literals that are handed to a function are followed only for `errgroup.Group.Go` and for `t.Run` with `t.Parallel`. Silent when the iteration waits afterwards (`Wait`, a receive, `select`, or whoever gets the other end of a channel or pipe of the iteration), leaves the loop, or overwrites the same place on every iteration.',
    skipWhen: 'The module can move to Go 1.22, which gives each iteration its own variables.',
    links: ['https://go.dev/blog/loopvar-preview', 'https://go.dev/wiki/CommonMistakes#using-goroutines-on-loop-iterator-variables'],
  },
  visit: { for_statement: checkLoop },
});

interface Capture {
  readonly symbol: GoSymbol;
  readonly use: Node;
  readonly literal: Node;
  readonly kept: Kept;
}

function checkLoop(statement: Node, context: RuleContext): void {
  const { tree, scopes } = context;
  const loop = loopOf(tree, scopes, statement);
  if (loop === undefined) return;
  const captures = loop.variables.flatMap(({ symbol }) => capturesOf(context, loop, symbol)).sort((a, b) => a.use - b.use);
  const [first, ...others] = captures;
  if (first !== undefined) context.report(reportOf(context, loop, first, others));
}

/** Uses of the variable in literals that outlive the iteration; one use for each literal. */
function capturesOf(context: RuleContext, loop: Loop, symbol: GoSymbol): Capture[] {
  const { tree, scopes, types } = context;
  const around = { tree, scopes, types, body: loop.body };
  const found = new Map<Node, Capture>();
  for (const reference of bodyReferences(tree, scopes, loop, symbol)) {
    const literal = outermostLiteral(tree, loop, reference);
    if (literal === NONE || found.has(literal)) continue;
    const kept = keeperOf(around, literal) ?? keptByCallee(context, literal, reference.node);
    if (kept === undefined || leavesLoopAfter(tree, loop, kept.at)) continue;
    if (kept.by === 'stored' && isOverwrittenEachIteration(around, loop, kept.at)) continue;
    if (kept.by === 'goroutine' && waitsAfter(around, kept.at)) continue;
    found.set(literal, { symbol, use: reference.node, literal, kept });
  }
  return [...found.values()];
}

/** The literal directly in the loop's own function that holds the reference, or NONE. */
function outermostLiteral(tree: Tree, loop: Loop, reference: Reference): Node {
  const owner = enclosingFunction(tree, loop.statement);
  let literal = NONE;
  for (let at = reference.within; at !== owner && at !== NONE; at = enclosingFunction(tree, at)) literal = at;
  return literal;
}

function keptByCallee(context: RuleContext, literal: Node, use: Node): Kept | undefined {
  const { tree } = context;
  const call = tree.parent[tree.parent[literal]];
  if (tree.kind[tree.parent[literal]] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression) return undefined;
  const callee = go.callExpression.function(tree, call);
  if (tree.kind[callee] !== Kind.selector_expression) return undefined;
  const method = textOf(tree, go.selectorExpression.field(tree, callee));
  if (method === 'Go' && isErrorGroup(context, go.selectorExpression.operand(tree, callee))) return { by: 'goroutine', at: call };
  if (method === 'Run' && runsInParallel(context, literal, use)) return { by: 'subtest', at: call };
  return undefined;
}

const ERRGROUP = 'golang.org/x/sync/errgroup';

function isErrorGroup({ types, imports }: RuleContext, receiver: Node): boolean {
  const type = types.typeOf(receiver);
  const named = type.kind === 'pointer' ? type.element : type;
  if (named.kind === 'named') return named.path === ERRGROUP && named.name === 'Group';
  return named.kind === 'unknown' && imports.some((one) => one.path === ERRGROUP);
}

/** Whether the literal is a subtest that calls `t.Parallel()` before the use. */
function runsInParallel({ tree, scopes }: RuleContext, literal: Node, use: Node): boolean {
  const [parameter] = children(tree, go.funcLiteral.parameters(tree, literal));
  if (parameter === undefined || tree.kind[parameter] !== Kind.parameter_declaration) return false;
  const [name] = go.parameterDeclaration.name(tree, parameter);
  if (name === undefined || textOf(tree, go.parameterDeclaration.type(tree, parameter)) !== '*testing.T') return false;
  const symbol = scopes.symbolOf(name);
  if (symbol === undefined) return false;
  const statements = firstChild(tree, go.funcLiteral.body(tree, literal));
  return scopes.references(symbol).some((reference) => {
    const selector = tree.parent[reference.node];
    const isDirect = tree.parent[tree.parent[tree.parent[selector]]] === statements;
    return isDirect && reference.node < use && textOf(tree, go.selectorExpression.field(tree, selector)) === 'Parallel';
  });
}

const NOTES: Readonly<Record<Keeper, string>> = {
  goroutine: 'the goroutine starts here',
  deferred: 'deferred to the end of the function here',
  stored: 'kept beyond the iteration here',
  sent: 'sent on a channel here',
  subtest: 'goes on in parallel from here',
};

function reportOf(context: RuleContext, loop: Loop, first: Capture, others: readonly Capture[]): Report {
  const { tree, file } = context;
  const names = [...new Set([first, ...others].map((capture) => capture.symbol.name))];
  const uses = others.map((other) => noteAt(file, other.use, `${other.symbol.name} is used later here, too`));
  return {
    at: { start: tree.start[first.use], end: tree.end[first.use] },
    message: first.kept.by === 'sent' ? 'stored' : first.kept.by,
    data: { variables: `${names.length === 1 ? 'variable' : 'variables'} ${names.join(' and ')}`, copy: copyText(names) },
    related: [noteAt(file, first.kept.at, NOTES[first.kept.by]), ...uses],
    fixes: copyFix(context, loop, names),
  };
}

function copyText(names: readonly string[]): string {
  return `${names.join(', ')} := ${names.join(', ')}`;
}

/** The copy at the start of the body: what Go 1.22 does by itself, so it is safe where the body does not change the variable. */
function copyFix({ tree, scopes }: RuleContext, loop: Loop, names: readonly string[]): RuleFix[] {
  if (names.some((name) => declaresName(tree, scopes, loop.body, name))) return [];
  const edit = insertAtBlockStart(tree, loop.body, [copyText(names)]);
  if (edit === undefined) return [];
  const isChanged = loop.variables.some(({ symbol }) => names.includes(symbol.name) && isChangedInBody(tree, scopes, loop, symbol));
  if (!isChanged) return [{ title: `Give each iteration its own ${names.join(' and ')}`, safety: 'safe', edits: [edit] }];
  const title = `Give each iteration its own ${names.join(' and ')} (the body's changes then no longer steer the loop)`;
  return [{ title, safety: 'suggestion', edits: [edit] }];
}
