/**
 * A context that is derived from its own last value again and again: in a loop, or in a literal that shares the variable with
 * its surroundings. Where the variable is used after the loop, the chain is what the loop is for.
 */
import type { GoSymbol, Type } from '../../model/index.ts';
import { encloses, enclosingFunction, firstChild, go, Kind, NONE, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { isContextType, sidesOf } from '../kit/cancel/sources.ts';
import { firstLineOf } from '../kit/places.ts';
import { isUnbounded, repeatingLoop } from '../kit/repeating-loops.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { shadow } from './fix.ts';

export const contextChainGrowth = defineRule({
  id: 'context-chain-growth',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'suggestion',
  go: {},
  messages: {
    loop: 'Each iteration derives {name} from the {name} of the iteration before: the contexts of all iterations hang on one chain that is kept while the loop runs, and every Value, Done and cancellation goes along it. Declare it in the iteration: {name} := …',
    literal:
      'Each call derives {name} from what the call before left in it: the contexts of all calls hang on one chain that is never let go of, and every Value, Done and cancellation goes along it. Declare it in the function: {name} := …',
  },
  options: {},
  alsoIn: { fatcontext: 'fatcontext' },
  docs: {
    summary: 'A context derived in a loop or a function literal is assigned to the variable that it was derived from, so the chain grows.',
    why: 'A derived context holds its parent. Assigned to the variable that it was derived from, it becomes the parent of the next one, so that every iteration adds a context to the chain.',
    cost: 'One context per iteration that is not collected before the loop ends, and lookups that get longer with each: `Value` walks the whole chain, cancelling runs through all of it, and deadlines of earlier iterations hold for later ones.',
    bad: `package p

import "context"

type key struct{}

func all(ctx context.Context, jobs <-chan int, run func(context.Context)) {
	for job := range jobs {
		ctx = context.WithValue(ctx, key{}, job)
		run(ctx)
	}
}
`,
    good: `package p

import "context"

type key struct{}

func all(ctx context.Context, jobs <-chan int, run func(context.Context)) {
	for job := range jobs {
		ctx := context.WithValue(ctx, key{}, job)
		run(ctx)
	}
}
`,
    limits:
      'Any call that takes the variable as its first argument and returns a context counts as deriving one. Silent where the variable is used after the loop, returned, or not used in the iteration at all, because the chain is then wanted, where another assignment in the loop starts it anew, in loops of a few iterations known beforehand, and in literals that are called in place or passed to a function.',
    skipWhen: 'The iterations are few and later ones really build on earlier ones.',
    links: ['https://pkg.go.dev/context#WithValue', 'https://github.com/Crocmagnon/fatcontext'],
  },
  visit: { assignment_statement: check },
});

function check(statement: Node, context: RuleContext): void {
  const { tree } = context;
  const right = firstChild(tree, go.assignmentStatement.right(tree, statement));
  if (tree.kind[right] !== Kind.call_expression || tree.kind[go.assignmentStatement.operator(tree, statement)] !== Kind['=']) return;
  const [targets, values] = sidesOf(tree, statement);
  const argument = firstChild(tree, go.callExpression.arguments(tree, right));
  if (values.length !== 1 || tree.kind[argument] !== Kind.identifier) return;
  const variable = context.scopes.symbolOf(argument);
  const target = targets.find((each) => tree.kind[each] === Kind.identifier && context.scopes.symbolOf(each) === variable);
  if (variable?.kind !== 'variable' || target === undefined || !derives(context, right, targets.indexOf(target))) return;
  const fn = enclosingFunction(tree, statement);
  const loop = repeatingLoop(context, statement);
  if (loop !== NONE && !encloses(tree, loop, variable.declaration)) {
    if (growsIn(context, variable, loop, statement)) report(context, target, statement, loop, 'loop');
  } else if (variable.owner !== fn && variable.role !== 'package' && growsWithCalls(context, variable, fn, statement)) {
    report(context, target, statement, fn, 'literal');
  }
}

/** Whether the result at that index of the call is a context. */
function derives({ types }: RuleContext, call: Node, index: number): boolean {
  const type: Type = types.typeOf(call);
  return isContextType(type.kind === 'tuple' ? (type.elements[index] ?? { kind: 'unknown' }) : type);
}

/** Whether the iterations use what they derive, nothing after the loop wants the chain, and nothing in the loop starts it anew. */
function growsIn(context: RuleContext, variable: GoSymbol, loop: Node, statement: Node): boolean {
  const { tree, scopes } = context;
  const isUsed = scopes
    .references(variable)
    .some(({ node, access }) => access === 'read' && encloses(tree, loop, node) && !encloses(tree, statement, node));
  if (variable.role === 'package' || !isUsed || isOnceByCounter(context, loop, statement)) return false;
  return scopes.references(variable).every(({ node, access }) => {
    if (access === 'address') return false;
    if (access === 'write') return !encloses(tree, loop, node) || encloses(tree, statement, node);
    return node < tree.next[loop] && !(encloses(tree, loop, node) && isReturned(tree, node));
  });
}

/** Whether the statement stands behind `i == 0` for a variable of the loop: it then runs in one iteration alone. */
function isOnceByCounter({ tree, scopes, types }: RuleContext, loop: Node, statement: Node): boolean {
  for (let at = statement; at !== loop && at !== NONE; at = tree.parent[at]) {
    const parent = tree.parent[at];
    if (tree.kind[parent] !== Kind.if_statement || go.ifStatement.consequence(tree, parent) !== at) continue;
    const test = unparenthesized(tree, go.ifStatement.condition(tree, parent));
    if (tree.kind[test] !== Kind.binary_expression || tree.kind[go.binaryExpression.operator(tree, test)] !== Kind['==']) continue;
    const symbol = scopes.symbolOf(go.binaryExpression.left(tree, test));
    const isOfHead = symbol !== undefined && encloses(tree, firstChild(tree, loop), symbol.declaration);
    if (isOfHead && types.constantOf(go.binaryExpression.right(tree, test)) !== undefined) return true;
  }
  return false;
}

function isReturned(tree: RuleContext['tree'], node: Node): boolean {
  const parent = tree.parent[node];
  return tree.kind[parent] === Kind.expression_list && tree.kind[tree.parent[parent]] === Kind.return_statement;
}

/** Whether a literal is kept for many calls, and it alone uses the variable from then on. */
function growsWithCalls({ tree, scopes }: RuleContext, variable: GoSymbol, literal: Node, statement: Node): boolean {
  const parent = tree.parent[literal];
  const isKept =
    (tree.kind[parent] === Kind.expression_list && tree.kind[tree.parent[parent]] === Kind.return_statement) ||
    tree.kind[parent] === Kind.literal_element;
  if (tree.kind[literal] !== Kind.func_literal || !isKept) return false;
  return scopes.references(variable).every(({ node, access }) => {
    if (encloses(tree, literal, node)) return access !== 'address' && (access !== 'write' || encloses(tree, statement, node));
    return node < literal;
  });
}

const WORD = { loop: 'for', literal: 'func' } as const;

function report(context: RuleContext, target: Node, statement: Node, around: Node, message: 'loop' | 'literal'): void {
  const { tree, file } = context;
  const name = textOf(tree, target);
  const start = tree.start[around];
  const isLeak = message === 'literal' || isUnbounded(context, around);
  context.report({
    at: firstLineOf(tree, target),
    message,
    data: { name },
    related: [{ at: { path: file.path, range: { start, end: start + WORD[message].length } }, note: `the ${message}` }],
    fixes: shadow(context, target, statement, around),
    certainty: 'likely',
    ...(isLeak ? {} : { severity: 'information' }),
  });
}
