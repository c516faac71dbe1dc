/** A constant pattern that a function compiles again on each call, or a loop on each iteration, to use it there and forget it. */
import { enclosingFunction, go, type Node, textOf } from '../../syntax/index.ts';
import { isShortLived } from '../kit/aside.ts';
import { declarationAround } from '../kit/edits.ts';
import { quoted } from '../kit/expressions.ts';
import { isHot } from '../kit/hot-code.ts';
import { isSetUp } from '../kit/seldom.ts';
import { forTestsOption, isForTests, isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { compilationAt } from './compilation.ts';
import { fixesFor } from './fix.ts';
import { isForErrors } from './for-errors.ts';

const options = {
  calls: {
    type: 'boolean',
    default: true,
    recommended: false,
    doc: 'Also report what is compiled on each call, outside loops and handlers, where nobody can see how often that is.',
  },
  tests: forTestsOption,
} as const;

type Context = RuleContext<typeof options>;

export const regexpInFunction = defineRule({
  id: 'regexp-in-function',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    iteration:
      '{called} compiles the constant pattern {pattern} on each iteration of a loop: some microseconds and dozens of allocations, mostly more than the match takes; compile it once, as a package variable',
    call: '{called} compiles the constant pattern {pattern} on each call: some microseconds and dozens of allocations, mostly more than the match takes; compile it once, as a package variable',
  },
  options,
  docs: {
    summary: 'A constant regular expression is compiled every time that a function runs.',
    why: 'Compiling parses the pattern, simplifies it and builds a program and a matcher. A compiled regexp may be used by many goroutines at once, so one for the whole program is enough.',
    cost: 'From two microseconds and 20 allocations for the shortest pattern to hundreds of microseconds, on each call; a match takes a fraction of that.',
    bad: `package p

import "regexp"

func names(texts []string) (found int) {
	for _, text := range texts {
		if regexp.MustCompile("^[a-z]+$").MatchString(text) {
			found++
		}
	}
	return found
}
`,
    good: `package p

import "regexp"

var namePattern = regexp.MustCompile("^[a-z]+$")

func names(texts []string) (found int) {
	for _, text := range texts {
		if namePattern.MatchString(text) {
			found++
		}
	}
	return found
}
`,
    limits:
      'Silent at package level, in init, in what sync.Once and its kin run, in main outside loops, and in functions that only these call; outside loops and handlers also in migrations, in what builds or generates code, reads a configuration or sets something, told by their names, in what makes errors or tells what they say, and in commands that read flags and serve no network; in tests and what serves them; where the regexp is returned, stored, captured or handed over, because somebody may keep it; and on patterns that are not constant. The fix is a suggestion: the pattern is then compiled when the program starts, whether it is needed or not. It is not offered where an error of compiling is looked at, or where the pattern may not compile.',
    skipWhen: 'The function runs once, or so seldom that start-up time matters more.',
    links: ['https://pkg.go.dev/regexp#MustCompile', 'https://staticcheck.dev/docs/checks#SA6000'],
  },
  calls: {
    MustCompile: check,
    MustCompilePOSIX: check,
    Compile: check,
    CompilePOSIX: check,
    Match: check,
    MatchString: check,
    MatchReader: check,
  },
});

function check(call: Node, context: Context): void {
  const { tree, file, options: chosen } = context;
  if (isForTests(context.package, file) && !chosen.tests) return;
  const found = compilationAt(context, call);
  if (found === undefined || (!chosen.tests && isInTestFunction(context, call))) return;
  const isOften = found.isInLoop || isHot(context, call);
  if (!isOften && (!chosen.calls || isDoneOnce(context, call))) return;
  const called = go.callExpression.function(tree, call);
  context.report({
    at: { start: tree.start[call], end: tree.end[called] },
    message: found.isInLoop ? 'iteration' : 'call',
    data: { called: textOf(tree, called), pattern: quoted(tree, found.pattern) },
    fixes: fixesFor(context, found),
    ...(isOften ? { severity: 'information' } : {}),
  });
}

/** What sets something, and versions, which are asked for once. */
const SETTING = /^(?:[rR]e)?[sS]et[A-Z]|[vV]ersion$/;

/** Whether the code mostly runs once: a command that ends, what sets something up, or is called for errors. */
function isDoneOnce(context: Context, call: Node): boolean {
  const { tree } = context;
  if (isShortLived(context.package, context.file) || isSetUp(context, call)) return true;
  const declaration = declarationAround(tree, call);
  return SETTING.test(textOf(tree, go.functionDeclaration.name(tree, declaration))) || isForErrors(context, enclosingFunction(tree, call));
}
