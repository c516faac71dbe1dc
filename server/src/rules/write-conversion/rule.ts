/**
 * A string that is copied into bytes for Write, or bytes into a string for WriteString, by a writer that takes both. Where the
 * compiler hands the string's own memory to Write nothing is copied, and nothing is said.
 */
import { calledName, go, type Node, textOf } from '../../syntax/index.ts';
import { quoted } from '../kit/expressions.ts';
import { isHot, isRunOnce } from '../kit/hot-code.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';
import { bytesWritten, type ConvertedWrite, runeWritten, stringWritten } from './writes.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in tests.' },
} as const;

type Context = RuleContext<typeof options>;

export const writeConversion = defineRule({
  id: 'write-conversion',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'bodies',
  fix: 'safe',
  go: {},
  messages: {
    heap: '{value} is converted for {called}: each call allocates a copy of it; {cure} takes it as it is',
    beyond: '{value} is converted for {called}: each call copies it, with an allocation beyond 32 bytes; {cure} takes it as it is',
    older:
      '{value} is converted for {called}: compilers before Go 1.22, which this module allows, copy it on each call, with an allocation beyond 32 bytes; {cure} takes it as it is',
    none: '{called} encodes {value}, which is one byte: each call takes up to twice as long as {cure}, which stores the byte',
  },
  options,
  alsoIn: { mirror: 'mirror' },
  docs: {
    summary:
      'A string is converted to []byte for Write, or a []byte to a string for WriteString, although the writer has both; or WriteRune gets a one-byte constant.',
    why: 'The conversion copies the text. Write of a bufio.Writer, a file or an interface may keep or change its bytes as far as the compiler knows, so that it cannot hand out the memory of the string.',
    cost: 'A copy of the text on each call, with an allocation of its length unless it is short and stays on the stack. WriteRune costs some 2 ns more than WriteByte.',
    bad: `package p

import (
	"bufio"
	"io"
	"strings"
)

func greet(w *bufio.Writer, out io.Writer, sb *strings.Builder, name string, data []byte) {
	w.Write([]byte(name))
	sb.WriteString(string(data))
	sb.WriteRune('\\n')
	io.WriteString(out, string(data))
}
`,
    good: `package p

import (
	"bufio"
	"io"
	"strings"
)

func greet(w *bufio.Writer, out io.Writer, sb *strings.Builder, name string, data []byte) {
	w.WriteString(name)
	sb.Write(data)
	sb.WriteByte('\\n')
	out.Write(data)
}
`,
    limits:
      'Silent where the static type of the writer has no WriteString, such as io.Writer, where io.WriteString might only move the copy; where Write reads the string in place, such as that of a bytes.Buffer, unless the go line of the module allows compilers before 1.22; and where the other method makes the same conversion. Text from fmt.Sprintf is left to sprintf-write. The fix is safe for the writers of the standard library. It is a suggestion for other types and for interfaces, behind which Write and WriteString may differ and may keep or change what they are given; for a bufio.Writer whose destination is not seen to be a file or a buffer, because it hands on what does not fit it in other portions; and where the bytes may be the memory of the buffer that they are written to.',
    skipWhen: 'Write and WriteString of the type do different things.',
    links: ['https://pkg.go.dev/io#StringWriter', 'https://staticcheck.dev/docs/checks#SA6006'],
  },
  calls: {
    Write: (call, context) => report(call, context, bytesWritten),
    WriteString: (call, context) => report(call, context, stringWritten),
    WriteRune: (call, context) => report(call, context, runeWritten),
  },
});

function report(call: Node, context: Context, find: (context: Context, call: Node) => ConvertedWrite | undefined): void {
  const { tree, file, options: chosen } = context;
  if (isRunOnce(tree, call) || (file.isTest && !chosen.tests)) return;
  const found = find(context, call);
  if (found === undefined || (!chosen.tests && isInTestFunction(context, call))) return;
  const name = calledName(tree, call);
  context.report({
    at: { start: tree.start[name], end: tree.end[name] },
    message: found.copy,
    data: {
      value: quoted(tree, found.value),
      called: textOf(tree, go.callExpression.function(tree, call)),
      cure: `${quoted(tree, found.writer).replace(/^&/, '')}.${found.cure}`,
    },
    fixes: fixesFor(context, call, found),
    ...(isHot(context, call) ? { severity: 'information' } : {}),
  });
}
