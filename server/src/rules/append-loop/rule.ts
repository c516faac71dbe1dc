/**
 * Loops that append the elements of one slice to another one by one. Whatever `slice-growth` would say of such a loop is said
 * here, because `append(dst, src...)` makes the room by itself.
 */
import { type AppendLoop, appendLoopAt, isInLoop, placeText } from '../../model/index.ts';
import { firstChild, go, type Node } from '../../syntax/index.ts';
import { lineEndAt } from '../kit/edits.ts';
import { quoted } from '../kit/expressions.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in _test.go files.' },
} as const;

type Context = RuleContext<typeof options>;

export const appendLoop = defineRule({
  id: 'append-loop',
  category: 'growth',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    elementwise:
      'this loop appends {source} to {destination} element by element: each one checks the capacity, and growing takes up to log2(n) reallocations; one append of {source}... grows at most once and copies in bulk',
  },
  options,
  alsoIn: { staticcheck: 'S1011' },
  docs: {
    summary: 'A loop that only appends each element of one slice or array to another slice.',
    why: 'An append of a whole slice knows the length beforehand: it grows the destination at most once and copies with one memmove.',
    cost: 'One capacity check and one store for each element, and a reallocation with a full copy for each doubling; paid on every run of the loop.',
    bad: `package p

func join(a, b []int) []int {
	all := make([]int, 0, 8)
	for _, x := range a {
		all = append(all, x)
	}
	return append(all, b...)
}
`,
    good: `package p

func join(a, b []int) []int {
	all := make([]int, 0, 8)
	all = append(all, a...)
	return append(all, b...)
}
`,
    limits:
      'Only where element types are identical: a loop that converts elements, say to an interface, has no shorter form. Silent when the destination is an element of a map or slice, and when source and destination are the same. The fix is safe when the destination was made in the function and nothing else holds its memory; otherwise it is a suggestion, because a loop that reads what it has just written over would copy differently.',
    skipWhen: 'Never costs more than the loop.',
    links: ['https://go.dev/ref/spec#Appending_and_copying_slices', 'https://staticcheck.dev/docs/checks#S1011'],
  },
  visit: {
    for_statement(node, context) {
      if (context.file.isTest && !context.options.tests) return;
      const found = appendLoopAt(context, node);
      if (found !== undefined) report(context, found, node);
    },
  },
});

function report(context: Context, found: AppendLoop, loop: Node): void {
  const { tree } = context;
  const start = tree.start[loop];
  context.report({
    at: { start, end: Math.min(tree.end[firstChild(tree, loop)], lineEndAt(tree, start)) },
    message: 'elementwise',
    data: { source: quoted(tree, found.source), destination: placeText(found.destination) },
    related: [
      {
        at: {
          path: context.file.path,
          range: { start: tree.start[found.append.statement], end: tree.end[go.callExpression.function(tree, found.append.call)] },
        },
        note: 'each iteration appends one element',
      },
    ],
    fixes: fixesFor(context, found),
    ...(isInLoop(tree, loop) ? { severity: 'information' } : {}),
  });
}
