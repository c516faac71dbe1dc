/**
 * Input that is read to its end into memory though nobody bounds it, or though it is only read once more from there. Decoding
 * JSON that was read whole is left alone: json.Decoder holds the whole value as well.
 */
import { children, go, NONE, type Node, textOf } from '../../syntax/index.ts';
import { isAside } from '../kit/aside.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { limitFixes } from './fix.ts';
import { requestBodyAt } from './request-bodies.ts';
import { streamOf } from './streams.ts';

export const unboundedRead = defineRule({
  id: 'unbounded-read',
  category: 'allocation',
  severity: 'information',
  preset: 'all',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    body: '{called} reads the whole body of a request into memory, as much as the client sends: a few large requests at once take all there is. Bound it with http.MaxBytesReader.',
    stream:
      '{called} reads all of {source} into memory, where {reader} reads it just once more: as many bytes as there are, allocated again and again as they grow. {cure} can read {source} itself.',
  },
  options: {},
  docs: {
    summary: 'A request body is read into memory without a limit, or input is read as a whole only to be read again.',
    why: 'io.ReadAll grows a buffer until the input ends. Of a request the client decides how long that is. What then decodes or copies the text needs only a part of it at a time.',
    cost: 'Memory of the size of the input, and about twice that allocated on the way, per request or call.',
    bad: `package p

import (
	"io"
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Write(body)
}
`,
    good: `package p

import (
	"io"
	"net/http"
)

func handle(w http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(w, http.MaxBytesReader(w, r.Body, 1<<20)); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
	}
}
`,
    limits:
      'A body is that of a request which the function is given together with a ResponseWriter, or through a context of gin or echo. Silent in tests and what helps them, where the function replaces the body or asks for its length, and where the package limits bodies with MaxBytesReader, MaxBytesHandler, LimitReader, or what is named after a limit of bodies; a limit that another package or a proxy sets is not seen. Text that goes to json.Unmarshal is not reported, because json.Decoder would hold it, too.',
    skipWhen: 'Something in front of the server bounds requests, or all clients are trusted.',
    links: ['https://pkg.go.dev/net/http#MaxBytesReader', 'https://pkg.go.dev/io#ReadAll'],
  },
  calls: { ReadAll: check },
});

function check(call: Node, context: RuleContext): void {
  const { tree, file } = context;
  const name = calledFunction(context, call);
  if ((name !== 'io.ReadAll' && name !== 'io/ioutil.ReadAll') || file.isTest || isInTestFunction(context, call)) return;
  if (isAside(context.package, context.file) || context.imports.some(({ path }) => path === 'testing')) return;
  const [source, ...others] = children(tree, go.callExpression.arguments(tree, call));
  if (source === undefined || others.length > 0) return;
  const called = go.callExpression.function(tree, call);
  const body = requestBodyAt(context, source);
  if (body !== undefined) {
    context.report({
      at: firstLineOf(tree, called),
      message: 'body',
      data: { called: textOf(tree, called) },
      fixes: limitFixes(context, source, body),
      certainty: 'likely',
    });
    return;
  }
  const stream = streamOf(context, call);
  if (stream === NONE) return;
  const reader = textOf(tree, go.callExpression.function(tree, stream));
  context.report({
    at: firstLineOf(tree, called),
    message: 'stream',
    data: { called: textOf(tree, called), source: textOf(tree, source), reader, cure: reader.replace(/Unmarshal$/, 'NewDecoder') },
    related: [noteAt(file, stream, 'read from memory here, and nowhere else')],
    certainty: 'likely',
    severity: 'hint',
  });
}
