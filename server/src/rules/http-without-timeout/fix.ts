/** Edits that give servers and clients a timeout; how long is for the reader to say, hence suggestions. */
import { ancestor, children, firstChild, go, Kind, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { disturbsComment, insertAfter, insertion, replacement } from '../kit/edits.ts';
import { importEdits, packageNameAt } from '../kit/imports.ts';
import { depthAt, spacedText } from '../kit/spacing.ts';
import type { FileEdit, RuleContext, RuleFix } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'scopes' | 'file'>;

const SERVER = { field: 'ReadHeaderTimeout', seconds: 10 } as const;
const CLIENT = { field: 'Timeout', seconds: 30 } as const;
type Timeout = typeof SERVER | typeof CLIENT;

/** Gives the literal of a server the field, in the literal where that is on one line, else in a statement after it. */
export function serverFixes(context: Context, literal: Node): RuleFix[] {
  return literalFixes(context, literal, SERVER);
}

export function clientFixes(context: Context, literal: Node): RuleFix[] {
  return literalFixes(context, literal, CLIENT);
}

function literalFixes(context: Context, literal: Node, timeout: Timeout): RuleFix[] {
  const { tree } = context;
  const body = go.compositeLiteral.body(tree, literal);
  return timed(context, literal, timeout, (duration) => {
    if (textOf(tree, body).includes('\n')) return afterwards(context, literal, `${timeout.field} = ${duration}`);
    const separator = children(tree, body).length === 0 ? '' : ', ';
    return [insertion(tree.end[body] - 1, `${separator}${timeout.field}: ${duration}`)];
  });
}

/** `server.Field = …` after the statement that gives a variable the literal. */
function afterwards({ tree }: Context, literal: Node, assignment: string): FileEdit[] | undefined {
  const statement = ancestor(tree, literal, Kind.short_var_declaration, Kind.assignment_statement, Kind.statement_list);
  if (tree.kind[statement] === Kind.statement_list || tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  const isShort = tree.kind[statement] === Kind.short_var_declaration;
  const left = isShort ? go.shortVarDeclaration.left(tree, statement) : go.assignmentStatement.left(tree, statement);
  const right = isShort ? go.shortVarDeclaration.right(tree, statement) : go.assignmentStatement.right(tree, statement);
  const value = firstChild(tree, right);
  const made = tree.kind[value] === Kind.unary_expression ? go.unaryExpression.operand(tree, value) : value;
  if (made !== literal || children(tree, left).length !== 1) return undefined;
  return [insertAfter(tree, statement, [`${textOf(tree, left)}.${assignment}`])];
}

/** `http.Get(url)` and `http.DefaultClient.Do(req)` through a client of their own. */
export function defaultClientFixes(context: Context, call: Node): RuleFix[] {
  const { tree } = context;
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  if (tree.kind[called] !== Kind.selector_expression) return [];
  const operand = go.selectorExpression.operand(tree, called);
  const isMethod = tree.kind[operand] === Kind.selector_expression;
  const http = textOf(tree, isMethod ? go.selectorExpression.operand(tree, operand) : operand);
  return timed(context, call, CLIENT, (duration) => [replacement(tree, operand, `(&${http}.Client{Timeout: ${duration}})`)]);
}

/** How the functions of net/http that serve share their arguments out between a server and its method. */
const SERVING: Readonly<Record<string, { readonly fields: readonly string[]; readonly passed: number }>> = {
  ListenAndServe: { fields: ['Addr', 'Handler'], passed: 0 },
  ListenAndServeTLS: { fields: ['Addr', '', '', 'Handler'], passed: 2 },
  Serve: { fields: ['', 'Handler'], passed: 1 },
  ServeTLS: { fields: ['', 'Handler', '', ''], passed: 3 },
};

/** `http.ListenAndServe(address, handler)` through a server of its own. */
export function serveFixes(context: Context, call: Node): RuleFix[] {
  const { tree } = context;
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  const list = go.callExpression.arguments(tree, call);
  const given = children(tree, list);
  const name = tree.kind[called] === Kind.selector_expression ? textOf(tree, go.selectorExpression.field(tree, called)) : '';
  const serving = SERVING[name];
  const isPlain = !textOf(tree, list).includes('\n') && !disturbsComment(tree, list, given);
  if (serving === undefined || given.length !== serving.fields.length || !isPlain) return [];
  const http = textOf(tree, go.selectorExpression.operand(tree, called));
  const set = serving.fields.flatMap((field, i) =>
    field === '' || isNil(context, given[i]) ? [] : [`${field}: ${spacedText(tree, given[i], 1)}`],
  );
  const passed = given.filter((_, i) => serving.fields[i] === '');
  const depth = depthAt(tree, call) + (passed.length > 1 ? 1 : 0);
  const handed = passed.map((each) => spacedText(tree, each, depth)).join(', ');
  return timed(context, call, SERVER, (duration) => [
    replacement(tree, call, `(&${http}.Server{${[...set, `${SERVER.field}: ${duration}`].join(', ')}}).${name}(${handed})`),
  ]);
}

function isNil({ tree }: Context, node: Node): boolean {
  return tree.kind[node] === Kind.nil;
}

function timed(
  { scopes, file }: Context,
  node: Node,
  { field, seconds }: Timeout,
  edit: (duration: string) => readonly FileEdit[] | undefined,
): RuleFix[] {
  const time = packageNameAt(file, scopes, 'time', node);
  const guess = `${seconds} * ${time?.name}.Second`;
  const edits = time === undefined ? undefined : edit(guess);
  const imports = time === undefined ? undefined : importEdits(file, { add: time.add });
  if (edits === undefined || imports === undefined) return [];
  return [{ title: `Set ${field} to ${seconds} seconds`, safety: 'suggestion', edits: [...imports, ...edits], guess }];
}
