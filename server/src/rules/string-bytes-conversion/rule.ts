/**
 * Bytes that are copied into a string, or a string into bytes, only to be turned back or read at once. What the compiler reads
 * in place is left alone: comparing and looking up `string(b)`, and, since Go 1.22, `[]byte(s)` that nobody writes to.
 */
import { go, NONE, type Node, textOf } from '../../syntax/index.ts';
import { quoted } from '../kit/expressions.ts';
import { isHot, isRunOnce } from '../kit/hot-code.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { convertedType } from '../kit/text-conversions.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';
import { type Detour, detourThrough, handedOver, namedConversionAround } from './round-trips.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in tests.' },
} as const;

type Context = RuleContext<typeof options>;

export const stringBytesConversion = defineRule({
  id: 'string-bytes-conversion',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'safe',
  go: {},
  messages: {
    twice:
      '{value} is copied into a string, and that again into bytes: each call pays for both copies, mostly with an allocation each; append({type}{}, {value}...) makes the one that is kept',
    once: '{value} is copied into a string only to be read as bytes again: each call pays for the copy, with an allocation beyond 32 bytes; use the bytes themselves',
    string:
      '{value} is a string already, and {type} of its bytes is a copy of it: each call pays for that, mostly with an allocation; use the string, or strings.Clone where a copy is wanted',
    buffer:
      'String copies what {value} holds only to turn it into bytes again: each call pays for {copies} of the text; {value}.Bytes() is the text itself, until the buffer is written to again',
    handed:
      'The string made of {value} is only read by {taker}: each call copies the bytes once more, with an allocation beyond 32 bytes; {taker} takes the bytes as they are',
    older:
      '{value} is copied into bytes that {taker} only reads: compilers before Go 1.22, which this module allows, pay for the copy on each call, with an allocation beyond 32 bytes; {taker} takes the string as it is',
  },
  options,
  docs: {
    summary: 'A conversion between string and []byte is undone at once, or made for append, copy or len, which do not need it.',
    why: 'A string is read-only, so a conversion from or to bytes copies the text. The compiler leaves the copy out where it sees that the text is only read on the spot, but not where one conversion is wrapped into the other.',
    cost: 'One or two copies of the text on each call, each with an allocation of its length where it is longer than 32 bytes or kept.',
    bad: `package p

import "bytes"

func clone(data []byte) []byte {
	return []byte(string(data))
}

func frame(dst, data []byte, buf *bytes.Buffer) ([]byte, []byte) {
	return append(dst, string(data)...), []byte(buf.String())
}
`,
    good: `package p

import "bytes"

func clone(data []byte) []byte {
	return append([]byte{}, data...)
}

func frame(dst, data []byte, buf *bytes.Buffer) ([]byte, []byte) {
	return append(dst, data...), buf.Bytes()
}
`,
    limits:
      'Silent where the compiler makes no copy: string(b) that is compared, looked up in a map or ranged over, and []byte(s) that append, copy, len or another function only reads, unless the go line of the module allows compilers before 1.22. A copy by conversion may be meant as one: the rule is silent where a variable takes it, and the code changes it or hands it to a function outside of the library; the fix keeps one copy where the heap has to hold one. Where it hands out the original instead, it is a suggestion, because a change to either is then a change to both.',
    skipWhen: 'The text is short and the code runs once.',
    links: ['https://go.dev/doc/go1.22#compiler', 'https://staticcheck.dev/docs/checks#S1030'],
  },
  visit: { type_conversion_expression: check },
  calls: { string: check, String: checkAround },
});

function check(conversion: Node, context: Context): void {
  if (isSilentIn(context)) return;
  const found = detourThrough(context, conversion) ?? handedOver(context, conversion);
  if (found === undefined) checkAround(conversion, context);
  else report(context, found);
}

/** Conversions by a type's name are nowhere else looked at. */
function checkAround(inner: Node, context: Context): void {
  if (isSilentIn(context)) return;
  const outer = namedConversionAround(context, inner);
  const found = outer === NONE ? undefined : detourThrough(context, outer);
  if (found !== undefined) report(context, found);
}

function isSilentIn({ file, options: chosen }: Context): boolean {
  return file.isTest && !chosen.tests;
}

function report(context: Context, found: Detour): void {
  const { tree, options: chosen } = context;
  if (isRunOnce(tree, found.conversion) || (!chosen.tests && isInTestFunction(context, found.conversion))) return;
  const type = convertedType(tree, found.conversion);
  context.report({
    at: { start: tree.start[found.conversion], end: tree.end[type] },
    message: messageOf(found),
    data: { value: quoted(tree, found.value), type: textOf(tree, type), ...wordsOf(context, found) },
    fixes: fixesFor(context, found),
    ...(isHot(context, found.conversion) ? { severity: 'information' } : {}),
  });
}

function messageOf(found: Detour): keyof typeof stringBytesConversion.messages {
  switch (found.kind) {
    case 'bytes':
      return found.isKept ? 'twice' : 'once';
    case 'handed':
    case 'counted':
      return found.isOlder ? 'older' : 'handed';
    default:
      return found.kind;
  }
}

function wordsOf({ tree }: Context, found: Detour): Readonly<Record<string, string>> {
  switch (found.kind) {
    case 'buffer':
      return { copies: found.isKept ? 'two copies' : 'a copy' };
    case 'handed':
    case 'counted':
      return { taker: textOf(tree, go.callExpression.function(tree, found.taker)) };
    default:
      return {};
  }
}
