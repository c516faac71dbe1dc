/**
 * Text that fmt formats into a string of its own, only to be written: Fprintf formats into a buffer that is used again and
 * writes from there. What sprintf-conversion or redundant-sprint would shorten further is theirs.
 */
import { calledName, go, type Node, textOf } from '../../syntax/index.ts';
import { isHot } from '../kit/hot-code.ts';
import { forTestsInAllOption, isOfTests } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';
import { formattedWriteAt } from './writes.ts';

const options = { tests: forTestsInAllOption } as const;

type Context = RuleContext<typeof options>;

export const sprintfWrite = defineRule({
  id: 'sprintf-write',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    found:
      '{printed} makes a string that is only written to {writer}: each call allocates the text{copies} before it is copied out; {cure} formats straight into the writer',
  },
  options,
  alsoIn: { gopls: 'QF1012', staticcheck: 'QF1012' },
  docs: {
    summary: 'The result of fmt.Sprintf, Sprint or Sprintln is only passed to Write or WriteString.',
    why: 'Sprintf copies what it formatted into a new string; a conversion to []byte may copy it again. Fprintf hands the writer the buffer in which it formatted, and takes that buffer from a pool.',
    cost: 'One allocation of the length of the text on each call, two where the string is converted to bytes, and their collection.',
    bad: `package p

import (
	"fmt"
	"io"
)

func greet(w io.Writer, name string, n int) {
	w.Write([]byte(fmt.Sprintf("%s has %d new messages\\n", name, n)))
}
`,
    good: `package p

import (
	"fmt"
	"io"
)

func greet(w io.Writer, name string, n int) {
	fmt.Fprintf(w, "%s has %d new messages\\n", name, n)
}
`,
    limits:
      'The writer has to implement io.Writer. The fix is safe for the writers of the standard library and for interfaces; for a type of your own it is a suggestion, because Fprintf always calls Write, and with a buffer that is used again afterwards.',
    skipWhen: 'The writer keeps the slice it is given, against the contract of io.Writer.',
    links: ['https://pkg.go.dev/fmt#Fprintf', 'https://staticcheck.dev/docs/checks#QF1012'],
  },
  calls: { Write: check, WriteString: check },
});

function check(call: Node, context: Context): void {
  const { tree } = context;
  const found = formattedWriteAt(context, call);
  if (found === undefined || (!context.options.tests && isOfTests(context, call))) return;
  const writing = calledName(tree, call);
  const printed = textOf(tree, go.callExpression.function(tree, found.print));
  context.report({
    at: { start: tree.start[found.print], end: tree.end[go.callExpression.function(tree, found.print)] },
    message: 'found',
    data: {
      printed,
      writer: textOf(tree, found.writer),
      copies: found.isConverted ? ', and often once more as bytes,' : '',
      cure: `fmt.${found.cure}`,
    },
    related: [{ at: { path: context.file.path, range: { start: tree.start[writing], end: tree.end[writing] } }, note: 'written here' }],
    fixes: fixesFor(context, call, found),
    ...(isHot(context, call) ? { severity: 'information' } : {}),
  });
}
