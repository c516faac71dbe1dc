/**
 * A string that grows by concatenation in a loop: strings cannot change, so that each iteration copies everything that was built
 * before it, and n iterations copy on the order of n² bytes.
 */
import type { GoSymbol } from '../../model/index.ts';
import { encloses, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import { lineEndAt } from '../kit/edits.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { concatenationAt, growingLoop, isConditional } from './concatenations.ts';
import { fixesFor } from './fix.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in _test.go files.' },
} as const;

type Context = RuleContext<typeof options>;

export const stringConcatLoop = defineRule({
  id: 'string-concat-loop',
  category: 'growth',
  severity: 'information',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    found:
      '{name} grows by concatenation in this loop: each iteration allocates a new string and copies all that was built so far, n iterations copy on the order of n² bytes; a strings.Builder copies each byte about once',
  },
  options,
  alsoIn: { gopls: 'stringsbuilder', perfsprint: 'concat-loop' },
  docs: {
    summary: 'A string is built with += in a loop.',
    why: 'Strings are immutable: every concatenation allocates a string of the whole length and copies what was there. A strings.Builder keeps a buffer that grows in large steps, and hands it out as a string without a copy.',
    cost: 'One allocation per iteration and a copy of everything so far: 1,000 pieces of 20 bytes move 10 MB to build 20 KB.',
    bad: `package p

func list(names []string) string {
	s := ""
	for _, name := range names {
		s += name + "\\n"
	}
	return s
}
`,
    good: `package p

import "strings"

func list(names []string) string {
	var s strings.Builder
	for _, name := range names {
		s.WriteString(name)
		s.WriteString("\\n")
	}
	return s.String()
}
`,
    limits:
      'Only variables, not fields or elements. Silent where the loop has at most three known iterations, or is left right after the concatenation. The fix is safe: the variable becomes a builder, and where it was read stands its String or Len, which copy nothing. Parameters, results, and variables that are captured or set anew stay strings, and a builder takes their place while the loop runs. It is a suggestion where the loop itself reads the string, or where what a function defers may recover and a half-built result be seen; it is not offered where the loop sets the string anew, where somebody else could see it in between, and for loops that only a jump ends.',
    skipWhen: 'The loop runs two or three times, on short strings.',
    links: ['https://pkg.go.dev/strings#Builder', 'https://go.dev/ref/spec#String_concatenation'],
  },
  visit: { assignment_statement: check },
});

function check(statement: Node, context: Context): void {
  const { tree, file, options } = context;
  if (file.isTest && !options.tests) return;
  const found = concatenationAt(context, statement);
  const loop = found === undefined ? NONE : growingLoop(context, found);
  if (found === undefined || loop === NONE || isReportedBefore(context, statement, found.symbol, loop)) return;
  context.report({
    at: { start: tree.start[found.target], end: Math.min(tree.end[statement], lineEndAt(tree, tree.start[statement])) },
    message: 'found',
    data: { name: found.symbol.name },
    related: [
      {
        at: { path: file.path, range: { start: tree.start[loop], end: lineEndAt(tree, tree.start[loop]) } },
        note: 'once on each iteration of this loop',
      },
    ],
    fixes: fixesFor(context, found.symbol, loop),
    ...(isConditional(tree, loop, statement) ? { severity: 'hint' } : {}),
  });
}

/** One variable in one loop is one finding, at the first concatenation. */
function isReportedBefore(context: Context, statement: Node, symbol: GoSymbol, loop: Node): boolean {
  const { tree, scopes } = context;
  return scopes.references(symbol).some(({ node }) => {
    if (node >= statement || !encloses(tree, loop, node)) return false;
    const earlier = assignmentOf(context, node);
    const found = earlier === NONE ? undefined : concatenationAt(context, earlier);
    return found?.symbol === symbol && found.target === node && growingLoop(context, found) === loop;
  });
}

/** The assignment_statement whose only target is the identifier, or NONE. */
function assignmentOf({ tree }: Context, identifier: Node): Node {
  const statement = tree.parent[tree.parent[identifier]];
  const isTarget =
    tree.kind[statement] === Kind.assignment_statement && go.assignmentStatement.left(tree, statement) === tree.parent[identifier];
  return isTarget ? statement : NONE;
}
