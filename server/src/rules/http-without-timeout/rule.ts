/**
 * HTTP servers and clients that wait for ever. Of a server the literal or the call that makes it is enough; of a client only
 * requests in view are reported, because with any other may come a context that has a deadline.
 */
import { children, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { isAside, isCommand } from '../kit/aside.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { isOrPointsTo } from '../kit/named-types.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { isDefaultBounded, isUnbounded, unboundedUseOf, usesDefaultClient } from './clients.ts';
import { clientFixes, defaultClientFixes, serveFixes, serverFixes } from './fix.ts';
import { isServerBounded } from './servers.ts';
import { isAssigned, isLoopback, isUnkeyed, valueOfKey } from './settings.ts';

export const httpWithoutTimeout = defineRule({
  id: 'http-without-timeout',
  category: 'leak',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    server:
      'This server has no ReadHeaderTimeout and no ReadTimeout: whoever opens a connection and sends its headers slowly, or not at all, holds that connection and its goroutine for as long as he likes. Set ReadHeaderTimeout.',
    serve:
      '{called} serves without timeouts: whoever opens a connection and sends its headers slowly, or not at all, holds that connection and its goroutine for as long as he likes. Use an http.Server with ReadHeaderTimeout.',
    client:
      'This client has no Timeout, and a request is sent with it that has no context: when the server does not answer, the caller and its connection wait for ever. Set Timeout, or give the request a context with a deadline.',
    default:
      '{called} uses the default client, which has no timeout: when the server does not answer, the caller and its connection wait for ever. Use a client with Timeout, or a request whose context has a deadline.',
  },
  options: {},
  docs: {
    summary: 'An HTTP server without a header timeout, or an HTTP request without a timeout or deadline.',
    why: 'The zero values of `http.Server` and `http.Client` mean no timeout. A server then waits for headers for as long as the connection lives, which a slow or hostile client decides; a client waits for a server that may never answer.',
    cost: 'A goroutine, its stack, a connection and its buffers for each such client or request, kept until the other side lets go: some 10 KB and a file descriptor each, without bound.',
    bad: `package p

import "net/http"

func serve(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler}
	return server.ListenAndServe()
}
`,
    good: `package p

import (
	"net/http"
	"time"
)

func serve(handler http.Handler) error {
	server := &http.Server{Addr: ":8080", Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	return server.ListenAndServe()
}
`,
    limits:
      'Silent in tests, examples and what helps them, for addresses and sockets of the machine itself, and where any statement of the package sets the timeout of a server or client. Requests of a main package, and of those in directories such as cmd, are left alone: somebody can interrupt a command. Of a client whose Transport is set, and of requests that come from elsewhere, nothing is said: their deadlines may be there. A request counts as unbounded when it is made by Get, Head, Post or PostForm, or in the same function by NewRequest or with the background context.',
    skipWhen: 'The server is reached by a trusted proxy alone, or the program is meant to wait, as a command that somebody can interrupt.',
    links: [
      'https://pkg.go.dev/net/http#Server',
      'https://pkg.go.dev/net/http#Client',
      'https://blog.cloudflare.com/the-complete-guide-to-golang-net-http-timeouts/',
    ],
  },
  visit: { composite_literal: checkLiteral },
  calls: {
    Get: checkRequest,
    Head: checkRequest,
    Post: checkRequest,
    PostForm: checkRequest,
    Do: checkRequest,
    ListenAndServe: checkServe,
    ListenAndServeTLS: checkServe,
    Serve: checkServe,
    ServeTLS: checkServe,
  },
});

function isExempt(context: RuleContext, node: Node): boolean {
  const { file, imports } = context;
  const isNear = imports.some(({ path }) => path === 'net/http') && !imports.some(({ path }) => path === 'testing');
  return file.isTest || !isNear || isAside(context.package, context.file) || isInTestFunction(context, node);
}

function checkLiteral(literal: Node, context: RuleContext): void {
  const { tree, types } = context;
  const written = go.compositeLiteral.type(tree, literal);
  const isNamed = tree.kind[written] === Kind.qualified_type || tree.kind[written] === Kind.type_identifier;
  if (!isNamed || isExempt(context, literal) || isUnkeyed(tree, literal)) return;
  const type = types.typeOf(literal);
  if (isOrPointsTo(type, 'net/http', 'Server')) checkServer(literal, context);
  else if (isOrPointsTo(type, 'net/http', 'Client')) checkClient(literal, context);
}

function checkServer(literal: Node, context: RuleContext): void {
  const { tree } = context;
  if (isServerBounded(context, literal)) return;
  context.report({
    at: firstLineOf(tree, go.compositeLiteral.type(tree, literal)),
    message: 'server',
    fixes: serverFixes(context, literal),
    certainty: 'likely',
  });
}

function checkClient(literal: Node, context: RuleContext): void {
  const { tree, types, file } = context;
  if (['Timeout', 'Transport'].some((name) => valueOfKey(tree, literal, name) !== undefined)) return;
  const use = unboundedUseOf(context, literal);
  if (use === NONE || isCommand(context.package) || isAssigned(context.package, types, 'Client', ['Timeout', 'Transport'])) return;
  context.report({
    at: firstLineOf(tree, go.compositeLiteral.type(tree, literal)),
    message: 'client',
    related: [noteAt(file, use, 'this request has no context')],
    fixes: clientFixes(context, literal),
    certainty: 'likely',
    severity: 'information',
  });
}

function checkRequest(call: Node, context: RuleContext): void {
  const { tree, types } = context;
  if (isCommand(context.package) || isExempt(context, call)) return;
  if (!usesDefaultClient(context, call) || !isUnbounded(context, call)) return;
  if (isDefaultBounded(context.package, types)) return;
  const called = go.callExpression.function(tree, call);
  context.report({
    at: firstLineOf(tree, called),
    message: 'default',
    data: { called: textOf(tree, called) },
    fixes: defaultClientFixes(context, call),
    certainty: 'likely',
    severity: 'information',
  });
}

function checkServe(call: Node, context: RuleContext): void {
  const { tree } = context;
  if (isExempt(context, call) || !/^net\/http\.\w+$/.test(calledFunction(context, call) ?? '')) return;
  const [first] = children(tree, go.callExpression.arguments(tree, call));
  if (first !== undefined && isLoopback(context, first)) return;
  const called = go.callExpression.function(tree, call);
  context.report({
    at: firstLineOf(tree, called),
    message: 'serve',
    data: { called: textOf(tree, called) },
    fixes: serveFixes(context, call),
    certainty: 'likely',
  });
}
