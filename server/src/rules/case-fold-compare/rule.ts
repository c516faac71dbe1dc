/** Two texts that are brought to one case only to be compared, or one of them for a constant. */
import { firstChild, go, type Node, textOf } from '../../syntax/index.ts';
import { quoted } from '../kit/expressions.ts';
import { isHot, isRunOnce } from '../kit/hot-code.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { comparisonOf } from './comparison.ts';
import { fixesFor } from './fix.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in tests.' },
} as const;

export const caseFoldCompare = defineRule({
  id: 'case-fold-compare',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'suggestion',
  go: {},
  messages: {
    both: '{called} goes through both texts whole and copies each that has a letter to change, on each comparison; {cure} stops at the first difference and copies nothing',
    constant:
      '{called} goes through {value} whole and copies it if it has a letter to change, on each comparison; {cure} stops at the first difference and copies nothing',
  },
  options,
  alsoIn: { gopls: 'SA6005', staticcheck: 'SA6005' },
  docs: {
    summary: 'Strings are compared through strings.ToLower or ToUpper, which may copy both.',
    why: 'ToLower and ToUpper look at every character, and make a new string as soon as one has to change. EqualFold compares character by character without making anything.',
    cost: 'An allocation and a copy on each comparison for each text with a letter to change; without one, two to ten times the time of EqualFold.',
    bad: `package p

import "strings"

func isJSON(contentType, wanted string) bool {
	return strings.ToLower(contentType) == "application/json" || strings.ToLower(contentType) == strings.ToLower(wanted)
}
`,
    good: `package p

import "strings"

func isJSON(contentType, wanted string) bool {
	return strings.EqualFold(contentType, "application/json") || strings.EqualFold(contentType, wanted)
}
`,
    limits:
      'Only == and !=, and bytes.Equal. Silent where one side is a variable that is not brought to that case in the same expression, and on constants in the other case, without letters, or with letters whose cases do not lead to each other, such as ß. The fix is a suggestion: EqualFold folds by Unicode, which for a few letters is not what changing their case does.',
    skipWhen: 'The texts may hold such letters and have to be told apart, or the one in lower case is needed again.',
    links: ['https://pkg.go.dev/strings#EqualFold', 'https://staticcheck.dev/docs/checks#SA6005'],
  },
  calls: { ToLower: check, ToUpper: check },
});

function check(call: Node, context: RuleContext<typeof options>): void {
  const { tree, file, options: chosen } = context;
  if (file.isTest && !chosen.tests) return;
  const found = comparisonOf(context, call);
  if (found === undefined || isRunOnce(tree, call) || (!chosen.tests && isInTestFunction(context, call))) return;
  const called = go.callExpression.function(tree, call);
  const isBoth = found.folded.length === 2;
  context.report({
    at: { start: tree.start[call], end: tree.end[called] },
    message: isBoth ? 'both' : 'constant',
    data: {
      called: textOf(tree, called),
      value: quoted(tree, firstChild(tree, go.callExpression.arguments(tree, call))),
      cure: `${found.package}.EqualFold`,
    },
    fixes: fixesFor(context, found),
    ...(isHot(context, call) ? { severity: 'information' } : {}),
  });
}
