/**
 * What is made to be used again and again, made for one call: a transport with connections of its own, a pool of database
 * connections, a compressor. Constant regular expressions belong to regexp-in-function.
 */
import { descendants, enclosingFunction, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { isCommand } from '../kit/aside.ts';
import { handlerAround } from '../kit/handlers.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isOnEveryIteration, repetitionOf } from '../kit/repetition.ts';
import { isOfTests } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { hoistFixes } from './fix.ts';
import { requestThrough } from './transports.ts';

export const clientPerCall = defineRule({
  id: 'client-per-call',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  fix: 'suggestion',
  go: {},
  messages: {
    transport:
      'Each call makes an http.Transport of its own for the request that it sends: no connection is used again, and the idle ones stay open, with two goroutines each, {kept}. Share one transport, or set DisableKeepAlives.',
    database:
      '{called} makes a pool of connections, and here one for each request: every request connects, and authenticates, anew. Open it once, when the program starts, and share it.',
    compressor: '{called} allocates {size} for its tables, here {when}. Keep the writers in a sync.Pool and Reset them.',
  },
  options: {},
  docs: {
    summary: 'An HTTP transport, a database connection pool or a compressor is created for a single call.',
    why: 'A transport keeps its connections for the next request, and only its own requests find them. `sql.Open` makes a pool, not a connection. The writers of gzip, zlib and flate allocate large tables, which `Reset` uses again.',
    cost: 'For a transport: connect and TLS handshake per request, and a connection with two goroutines and some 10 KB that stays open after it. For a database: a connection and login per request. For a compressor: up to 1.2 MB of garbage each.',
    bad: `package p

import (
	"crypto/tls"
	"net/http"
	"time"
)

func fetch(url string) (*http.Response, error) {
	transport := &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS13}}
	client := &http.Client{Transport: transport, Timeout: time.Minute}
	return client.Get(url)
}
`,
    good: `package p

import (
	"crypto/tls"
	"net/http"
	"time"
)

var client = &http.Client{
	Transport: &http.Transport{TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS13}},
	Timeout:   time.Minute,
}

func fetch(url string) (*http.Response, error) {
	return client.Get(url)
}
`,
    limits:
      'Of a transport only one is reported that a literal makes, whose client sends a request in the same function and goes nowhere else; one with DisableKeepAlives or a LocalAddr, and one whose idle connections the function closes, are left alone, and so is all in tests and what helps them, in `init` and in commands outside handlers. Databases are reported in functions that handle a request, compressors there and in loops.',
    skipWhen: 'The function runs once in the life of the process, or each call needs other certificates.',
    links: [
      'https://pkg.go.dev/net/http#Transport',
      'https://pkg.go.dev/database/sql#Open',
      'https://pkg.go.dev/compress/gzip#Writer.Reset',
    ],
  },
  visit: { composite_literal: checkTransport },
  calls: { Open: checkDatabase, OpenDB: checkDatabase, NewWriter: checkCompressor, NewWriterLevel: checkCompressor },
});

function checkTransport(literal: Node, context: RuleContext): void {
  const { tree, types, file, imports } = context;
  const written = go.compositeLiteral.type(tree, literal);
  const isNamed = tree.kind[written] === Kind.qualified_type || tree.kind[written] === Kind.type_identifier;
  if (!isNamed || !imports.some(({ path }) => path === 'net/http') || isOfTests(context, literal)) return;
  if (!isOrPointsTo(types.typeOf(literal), 'net/http', 'Transport')) return;
  if (isCommand(context.package) && handlerAround(context, literal) === NONE) return;
  const found = requestThrough(context, literal);
  if (found === undefined) return;
  context.report({
    at: firstLineOf(tree, written),
    message: 'transport',
    data: { kept: found.isTimed ? 'until their IdleConnTimeout' : 'until the server closes them' },
    related: [noteAt(file, found.request, 'the request that is sent with it')],
    fixes: hoistFixes(context, literal),
    certainty: 'likely',
    ...(found.isTimed ? { severity: 'information' } : {}),
  });
}

function checkDatabase(call: Node, context: RuleContext): void {
  const { tree } = context;
  const name = calledFunction(context, call);
  if (name !== 'database/sql.Open' && name !== 'database/sql.OpenDB') return;
  if (isOfTests(context, call) || handlerAround(context, call) === NONE) return;
  const called = go.callExpression.function(tree, call);
  context.report({ at: firstLineOf(tree, called), message: 'database', data: { called: textOf(tree, called) }, certainty: 'likely' });
}

/** Bytes that a writer allocates at the default level before it has compressed much, as measured with Go 1.26. */
const COMPRESSORS: ReadonlyMap<string, string> = new Map([
  ['compress/gzip.NewWriter', '800 KB'],
  ['compress/gzip.NewWriterLevel', 'up to 1.2 MB'],
  ['compress/zlib.NewWriter', '800 KB'],
  ['compress/zlib.NewWriterLevel', 'up to 1.2 MB'],
  ['compress/flate.NewWriter', 'up to 1.2 MB'],
]);

function checkCompressor(call: Node, context: RuleContext): void {
  const { tree } = context;
  const size = COMPRESSORS.get(calledFunction(context, call) ?? '');
  if (size === undefined || isOfTests(context, call) || isForPool(context, call)) return;
  const isPerRequest = handlerAround(context, call) !== NONE;
  const repetition = repetitionOf(context, call);
  if (!isPerRequest && (isCommand(context.package) || repetition?.per !== 'iteration')) return;
  const isEach = repetition?.per === 'iteration' && isOnEveryIteration(tree, call, repetition.loop);
  const called = go.callExpression.function(tree, call);
  context.report({
    at: firstLineOf(tree, called),
    message: 'compressor',
    data: {
      called: textOf(tree, called),
      size,
      when: isPerRequest ? 'for each request' : isEach ? 'on every iteration of the loop' : 'again and again in the loop',
    },
    certainty: 'likely',
    severity: 'information',
  });
}

/** Whether the function asks a pool, and makes what the pool does not have. */
function isForPool(context: RuleContext, call: Node): boolean {
  const { tree } = context;
  const calls = descendants(tree, enclosingFunction(tree, call), Kind.call_expression);
  return calls.some((each) => calledFunction(context, each) === 'sync.Pool.Get');
}
