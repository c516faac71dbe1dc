/**
 * What looks like a local but is allocated on the heap because its address outlives the function. Variables and parameters are
 * always worth a word, since nothing in the code looks like an allocation; `&T{}` and `new` say themselves what they are, so
 * they are told only where they are paid for on every turn of a loop or every request, and where they are handed on rather than
 * stored: a tree that is being built needs its nodes.
 */
import { type EscapeSite, isLoopVariable, loopDepth } from '../../escape/index.ts';
import type { GoSymbol } from '../../model/index.ts';
import { descendants, encloses, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { statementAround } from '../kit/edits.ts';
import { isHot } from '../kit/hot-code.ts';
import { defineRule, type Report, type RuleContext } from '../rule.ts';
import { copyFix, elementFix } from './fix.ts';

const options = {
  allocations: {
    type: 'boolean',
    default: false,
    doc: 'Also report `&T{…}`, `new(T)` and literals outside of loops and request handlers, and those stored where the program keeps them.',
  },
  constructors: { type: 'boolean', default: false, doc: 'Also report what a function makes in order to return it.' },
  tests: { type: 'boolean', default: false, doc: 'Also report in test files.' },
} as const;

type Context = RuleContext<typeof options>;

export const escapingPointer = defineRule({
  id: 'escaping-pointer',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'escape',
  fix: 'safe',
  go: {},
  messages: {
    branch:
      '{name} moves to the heap because its address is {sink}: one allocation {when}, also on the paths that never take the address. Copy it into a variable of its own where the address is taken.',
    element:
      '{name} is a copy of the element and moves to the heap because its address is {sink}: one allocation on every turn of the loop. Point at the element itself, or keep values.',
    variable:
      '{name} moves to the heap because its address is {sink}: one allocation {when}. Keep or pass the value instead of its address.',
    allocation: 'This {what} goes to the heap because it is {sink}: one allocation {when}. Reuse one, or pass values.',
  },
  options,
  docs: {
    summary: 'A variable, parameter or literal is allocated on the heap because its address outlives the function or the turn of a loop.',
    why: 'The Go compiler keeps a variable on the stack only while it can prove that no pointer to it survives the call, or the turn of the loop that declares it. One `&x` that is returned, stored, sent or passed to something that keeps it moves x to the heap wherever it is declared, on every path.',
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
      'The analysis sees the package: what a function outside it does with a pointer is not known, and such findings are shown only with `showPossible`. Silent on what is made in order to be returned (constructors), on error values, in `init` and `main`, for package variables, in tests, and on `&T{…}` outside of hot code or stored in what the program builds; options bring the first and the last back. Variables that a closure holds by reference are reported by closure-capture, loop variables before Go 1.22 by loop-variable-address.',
    skipWhen: 'The code runs seldom, or the pointer is what the program needs.',
    links: ['https://go.dev/doc/faq#stack_or_heap', 'https://go.dev/doc/gc-guide#Eliminating_heap_allocations'],
  },
  visit: { function_declaration: checkFunction, method_declaration: checkFunction },
});

function checkFunction(fn: Node, context: Context): void {
  const { file, tree, options } = context;
  if (file.isTest && !options.tests) return;
  if (RUN_ONCE.has(textOf(tree, go.functionDeclaration.name(tree, fn))) && tree.kind[fn] === Kind.function_declaration) return;
  for (const site of context.escape.sites(file)) {
    if (site.verdict === 'heap' && encloses(tree, fn, site.node)) checkSite(context, site);
  }
}

const RUN_ONCE: ReadonlySet<string> = new Set(['init', 'main']);

function checkSite(context: Context, site: EscapeSite): void {
  if (site.sink === undefined || site.sink.kind === 'panic' || site.sink.kind === 'too-large') return;
  const decided = site.kind === 'moved' ? decideVariable(context, site) : decideAllocation(context, site);
  if (decided === undefined) return;
  const { tree } = context;
  const isPerTurn = loopDepth(tree, site.node) > 1 || isLoopVariable(tree, site.node);
  context.report({
    at: narrowRange(tree, site.node),
    ...decided,
    data: { ...decided.data, sink: site.sink.text, when: isPerTurn ? 'on every turn of the loop' : 'on every call' },
    related: site.steps,
    certainty: site.certainty,
    ...((isPerTurn || isHot(context, site.node)) && { severity: 'information' }),
  });
}

type Decision = Pick<Report, 'message' | 'data' | 'fixes'>;

/** First minor whose loops have variables of their own for every turn. */
const PER_TURN_VARIABLES = 22;

function decideVariable(context: Context, site: EscapeSite): Decision | undefined {
  const { tree, scopes, file } = context;
  const symbol = scopes.symbolOf(site.node);
  if (symbol === undefined || site.begins === 'capture-reference' || site.begins === 'capture-value') return undefined;
  const isLoop = isLoopVariable(tree, site.node);
  if (isLoop && file.go < PER_TURN_VARIABLES) return undefined;
  const data = { name: symbol.name };
  const element = isLoop ? elementFix(context, symbol) : undefined;
  const copy = copyFix(context, symbol);
  const fixes = [...(copy === undefined ? [] : [copy]), ...(element === undefined ? [] : [element])];
  if (element !== undefined) return { message: 'element', data, fixes };
  if (isTakenInBranch(context, symbol)) return { message: 'branch', data, fixes };
  if (site.sink?.kind === 'return' && !context.options.constructors) return undefined;
  return { message: 'variable', data, fixes };
}

/** Whether every `&x` stands in a branch that need not be taken once x is declared. */
function isTakenInBranch({ tree, scopes }: Context, symbol: GoSymbol): boolean {
  const addresses = scopes.references(symbol).filter((reference) => reference.access === 'address');
  return addresses.length > 0 && addresses.every(({ node }) => isBelowBranch(tree, node, symbol.declaration));
}

const BRANCHES: readonly number[] = [Kind.if_statement, Kind.expression_case, Kind.type_case, Kind.communication_case, Kind.default_case];

function isBelowBranch(tree: Tree, node: Node, declaration: Node): boolean {
  for (let at = tree.parent[statementAround(tree, node)]; at !== NONE && !encloses(tree, at, declaration); at = tree.parent[at]) {
    if (BRANCHES.includes(tree.kind[at])) return true;
  }
  return false;
}

function decideAllocation(context: Context, site: EscapeSite): Decision | undefined {
  const what = WHAT[site.kind];
  if (what === undefined || site.sink === undefined) return undefined;
  if (!context.options.allocations && !(isHot(context, site.node) && HANDED_ON.has(site.sink.kind))) return undefined;
  const isMadeToBeReturned = site.sink?.kind === 'return' && !context.options.constructors;
  if (isMadeToBeReturned || isError(context, site.node)) return undefined;
  return { message: 'allocation', data: { what: describe(context.tree, site.node) ?? what }, fixes: [] };
}

const HANDED_ON: ReadonlySet<string> = new Set(['argument', 'receiver', 'send', 'goroutine', 'defer', 'box']);

const WHAT: Readonly<Record<string, string | undefined>> = { composite: 'literal', new: 'new value' };

function describe(tree: Tree, node: Node): string | undefined {
  const [literal] = descendants(tree, node, Kind.composite_literal);
  const type = literal === undefined ? NONE : go.compositeLiteral.type(tree, literal);
  const name = textOf(tree, type);
  if (name === '' || name.length > LONGEST_TYPE || name.includes('\n')) return undefined;
  return tree.kind[node] === Kind.unary_expression ? `&${name} literal` : `${name} literal`;
}

const LONGEST_TYPE = 40;

function isError({ tree, types }: Context, node: Node): boolean {
  const type = types.typeOf(node);
  const name = textOf(tree, go.compositeLiteral.type(tree, firstChild(tree, node)));
  return types.implementsError(type) !== false || name.endsWith('Error');
}

/** The identifier, the `&`, or the first line of what stands there. */
function narrowRange(tree: Tree, node: Node): Report['at'] {
  const start = tree.start[node];
  const lineEnd = tree.source.indexOf(10, start);
  return { start, end: lineEnd < 0 ? tree.end[node] : Math.min(tree.end[node], lineEnd) };
}
