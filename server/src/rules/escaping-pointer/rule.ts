/**
 * What is allocated on the heap because its address outlives the function: variables and parameters, in which nothing looks like
 * an allocation, and `&T{}`, `new` and literals, which say what they are. Silent on what the code cannot do without: what a
 * constructor makes, errors, what runs once.
 */
import { type Allocation, type EscapeSite, isLoopVariable } from '../../escape/index.ts';
import { ancestor, firstChild, go, Kind, type Node, textOf } from '../../syntax/index.ts';
import { isListed } from '../kit/few.ts';
import { isCalledOften } from '../kit/hot-code.ts';
import { isVariadicParameter } from '../kit/parameters.ts';
import { firstLineOf } from '../kit/places.ts';
import { isComeBackTo } from '../kit/repetition.ts';
import { isSeldom } from '../kit/seldom.ts';
import { isTestCode } from '../kit/tests.ts';
import { defineRule } from '../rule.ts';
import { givesAddresses, hasAddressToMend, hasEditAtHand } from './addresses.ts';
import { mayReturnValue } from './by-value.ts';
import { type Context, type Decision, decide, mayBeSpokenOf, type Returning, returning } from './decide.ts';
import { options } from './options.ts';

export const escapingPointer = defineRule({
  id: 'escaping-pointer',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'escape',
  restsOn: 'callers',
  fix: 'safe',
  go: {},
  messages: {
    branch:
      '{name} moves to the heap because its address is {sink}: one allocation {when}, also on the paths that never take the address. Copy it into a variable of its own where the address is taken.',
    element:
      '{name} is a copy of the element and moves to the heap because its address is {sink}: one allocation on every iteration of the loop. Point at the element itself, or keep values.',
    variable:
      '{name} moves to the heap because its address is {sink}: one allocation {when}. Keep or pass the value instead of its address.',
    iteration:
      '{name} moves to the heap because its address is {sink}: one allocation {when}. Declare it before the loop, and reset it on each iteration, if nothing keeps the pointer for longer.',
    returned:
      '{what} goes to the heap because its address is returned: one allocation {when}, though no caller keeps the pointer. Return the value.',
    buffer:
      '{name} moves to the heap because its address is {sink}: one allocation {when}. Reuse a buffer of what outlives the call, or take one from the caller.',
    uncopyable:
      '{name} moves to the heap because its address is {sink}: one allocation {when}. It must not be copied: hold it in what outlives the call.',
    allocation: 'This {what} goes to the heap because it is {sink}: one allocation {when}. Pass the value, or reuse one that nobody keeps.',
    interface:
      'This {what} goes to the heap because it is {sink}: one allocation {when}. An interface would put the value there as well: share one that nobody changes, or hold the concrete type.',
    kept: 'This {what} goes to the heap because it is {sink}: one allocation {when}. Keep the value itself there where nothing else points at it.',
  },
  options,
  docs: {
    summary: 'A variable, parameter or literal is allocated on the heap because its address outlives the function or the loop iteration.',
    why: 'The Go compiler keeps a variable on the stack only while it can prove that no pointer to it survives the call, or the iteration of the loop that declares it. One `&x` that is returned, stored, sent or passed to something that keeps it moves x to the heap wherever it is declared, on every path.',
    cost: 'One heap allocation each time the declaration runs, and work for the garbage collector later; for parameters also a copy of the argument.',
    bad: `package p

type rule struct {
	name string
	deny bool
}

func firstDenied(rules []rule) *rule {
	for _, r := range rules {
		if r.deny {
			return &r
		}
	}
	return nil
}
`,
    good: `package p

type rule struct {
	name string
	deny bool
}

func firstDenied(rules []rule) *rule {
	for i, r := range rules {
		if r.deny {
			return &rules[i]
		}
	}
	return nil
}
`,
    limits:
      'The analysis sees the packages whose source is in view and knows the standard library: what any other function does with a pointer is not known, and such findings are shown only with `showPossible`. Silent on what is made in order to be returned (constructors), unless the function is too large to be inlined, all its calls are in view and none keeps the pointer: then it can return the value. Silent on error values, in `init` and `main`, for package variables, and in tests and files that import testing or a library for it; options bring the first and the last back. Variables that a closure holds by reference are reported by closure-capture, loop variables before Go 1.22 by loop-variable-address.',
    skipWhen: 'The code runs seldom, or the pointer is what the program needs.',
    links: ['https://go.dev/doc/faq#stack_or_heap', 'https://go.dev/doc/gc-guide#Eliminating_heap_allocations'],
  },
  visit: { function_declaration: checkFunction, method_declaration: checkFunction },
});

function checkFunction(fn: Node, context: Context): void {
  const { file, tree, options } = context;
  if (!options.tests && isTestCode(file)) return;
  if (RUN_ONCE.has(textOf(tree, go.functionDeclaration.name(tree, fn))) && tree.kind[fn] === Kind.function_declaration) return;
  const returns = returning(context, fn);
  if (!(options.unfixed ? givesAddresses(context, fn) : isMended(context, returns))) return;
  for (const site of context.escape.sitesIn(file, fn, (allocation) => isOfInterest(context, allocation, returns)))
    if (site.gcSays === 'heap' && site.cost.allocates !== 'never') checkSite(context, site, returns);
}

/** Whether an edit at hand keeps something of the function off the heap, if it goes there. */
function isMended(context: Context, { fn, byValue }: Returning): boolean {
  return hasAddressToMend(context, fn) || (mayReturnValue(context, fn) && byValue() !== undefined);
}

/** Whether anything would be said of the allocation if it went to the heap. */
function isOfInterest(context: Context, allocation: Allocation, { fn }: Returning): boolean {
  if (mayReturnValue(context, fn)) return true;
  if (context.options.unfixed) return mayBeSpokenOf(context, allocation);
  const symbol = allocation.kind === 'moved' ? context.scopes.symbolOf(allocation.node) : undefined;
  return symbol !== undefined && hasEditAtHand(context, symbol) && !isLittle(context, allocation.node);
}

/** Whether no edit is at hand, or one that only spares the paths that fail, as those without the address do mostly. */
function isUnfixed(context: Context, { node }: EscapeSite, { message, fixes }: Decision): boolean {
  return fixes?.length === 0 || (message === 'branch' && !isComeBackTo(context, node) && !isCalledOften(context, node));
}

/** Whether nobody waits for the code, or the iterations are those of what there are few of mostly: the arguments of a call, what a package lists itself. */
function isLittle(context: Context, node: Node): boolean {
  const { tree } = context;
  if (isSeldom(context, node)) return true;
  const range = isLoopVariable(tree, node) ? firstChild(tree, ancestor(tree, node, Kind.for_statement)) : -1;
  if (tree.kind[range] !== Kind.range_clause) return false;
  const ranged = go.rangeClause.right(tree, range);
  return isVariadicParameter(context, ranged) || isListed(context, ranged);
}

const RUN_ONCE: ReadonlySet<string> = new Set(['init', 'main']);

function checkSite(context: Context, site: EscapeSite, returns: Returning): void {
  const decided = decide(context, site, returns);
  if (decided === undefined || site.sink === undefined) return;
  if (!context.options.unfixed && (isUnfixed(context, site, decided) || isLittle(context, site.node))) return;
  const { tree } = context;
  const isPerIteration = isLoopVariable(tree, site.node) || isComeBackTo(context, site.node);
  context.report({
    at: firstLineOf(tree, site.node),
    ...decided,
    data: { ...decided.data, sink: site.sink.text, when: isPerIteration ? 'on every iteration of the loop' : 'on every call' },
    related: site.steps,
    certainty: site.certainty,
    ...((isPerIteration || isCalledOften(context, site.node)) && { severity: 'information' }),
  });
}
