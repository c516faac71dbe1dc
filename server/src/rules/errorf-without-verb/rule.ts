/**
 * fmt.Errorf with nothing to format. Both it and errors.New make an *errors.errorString, so nobody can tell the results apart.
 * From Go 1.26 on Errorf takes a short way for such a format and costs the same, which the message then does not claim.
 */
import { WordedSince } from '../../model/index.ts';
import { go, type Node, textOf } from '../../syntax/index.ts';
import { disturbsComment, replacement } from '../kit/edits.ts';
import { textWithoutFormat, verblessFormat } from '../kit/formatting.ts';
import { importEdits, importsLeftUnusedBy, packageNameAt } from '../kit/imports.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';

export const errorfWithoutVerb = defineRule({
  id: 'errorf-without-verb',
  category: 'allocation',
  severity: 'hint',
  preset: 'all',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    cost: '{called} is given nothing to format: each call interprets the text and copies it, two allocations where errors.New makes one; use errors.New',
    plain:
      '{called} is given nothing to format: the text is searched for verbs on each call, and a % in it would be taken for one; errors.New takes it as it is',
  },
  options: {},
  alsoIn: { perfsprint: 'errorf' },
  docs: {
    summary: 'fmt.Errorf is called with a constant string that has no verbs.',
    why: 'Errorf interprets its format and, before Go 1.26, copies the text into a new string before it makes the error.',
    cost: 'One allocation and about 50 ns more than errors.New on each call before Go 1.26; since then a search for verbs.',
    bad: `package p

import "fmt"

func find(name string) error {
	return fmt.Errorf("not found")
}
`,
    good: `package p

import "errors"

func find(name string) error {
	return errors.New("not found")
}
`,
    limits:
      'Only constant formats. The fix is safe: the same type of error with the same text. It is not offered where the name errors means another package.',
    skipWhen: 'A linter of the team asks for fmt.Errorf everywhere.',
    links: ['https://go.dev/doc/go1.26', 'https://github.com/catenacyber/perfsprint'],
  },
  calls: { Errorf: check },
});

function check(call: Node, context: RuleContext): void {
  const { tree, file } = context;
  const format = verblessFormat(context, call);
  if (format === undefined || calledFunction(context, call) !== 'fmt.Errorf') return;
  const called = go.callExpression.function(tree, call);
  context.report({
    at: { start: tree.start[call], end: tree.end[called] },
    message: file.go < WordedSince.cheapErrorf ? 'cost' : 'plain',
    data: { called: textOf(tree, called) },
    fixes: fixesFor(context, call, format),
  });
}

function fixesFor(context: RuleContext, call: Node, format: Node): RuleFix[] {
  const { tree, file, scopes } = context;
  const named = packageNameAt(file, scopes, 'errors', call);
  const text = textWithoutFormat(context, format, textOf(tree, format));
  if (named === undefined || text === undefined || disturbsComment(tree, call, [format])) return [];
  const renamed = replacement(tree, go.callExpression.function(tree, call), `${named.name}.New`);
  const imports = importEdits(file, { add: named.add, remove: importsLeftUnusedBy(file, scopes, [renamed]) });
  if (imports === undefined) return [];
  const edits = text === textOf(tree, format) ? [renamed] : [renamed, replacement(tree, format, text)];
  return [{ title: 'Use errors.New', safety: 'safe', edits: [...imports, ...edits] }];
}
