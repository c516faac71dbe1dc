/** Edits that let a closure hold a value: a copy before the literal, an argument of `go`, a variable of its own. */
import type { GoSymbol } from '../../model/index.ts';
import { children, encloses, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { indentationAt, insertAtBlockStart, insertBefore, insertion, replacement, statementAround, unusedName } from '../kit/edits.ts';
import type { FileEdit, FixSafety, RuleContext, RuleFix } from '../rule.ts';
import type { Uses } from './uses.ts';

/** A copy of the variable for the literal; safe where it holds the same value for good. */
export function copyFixes(context: RuleContext, literal: Node, symbol: GoSymbol, safety: FixSafety): RuleFix[] {
  const hint = safety === 'safe' ? '' : ' (the closure then no longer sees later changes)';
  const edits = argumentEdits(context, literal, symbol) ?? copyEdits(context, literal, symbol);
  return edits === undefined ? [] : [{ title: `Give the closure its own ${symbol.name}${hint}`, safety, edits }];
}

/**
 * `go func(v T) { … }(v)`: what a goroutine gets as an argument it need not capture. The compiler wraps such a call into a
 * closure of its own, so that a literal that captures anything else would be allocated besides.
 */
function argumentEdits(context: RuleContext, literal: Node, symbol: GoSymbol): FileEdit[] | undefined {
  const { tree, types } = context;
  const call = tree.parent[literal];
  if (tree.kind[call] !== Kind.call_expression || tree.kind[tree.parent[call]] !== Kind.go_statement) return undefined;
  const type = types.typeText(types.typeOfSymbol(symbol), literal);
  const parameters = go.funcLiteral.parameters(tree, literal);
  const given = go.callExpression.arguments(tree, call);
  if (context.escape.captures(context.file, literal).length > 1) return undefined;
  if (type === undefined || children(tree, parameters).length > 0 || children(tree, given).length > 0) return undefined;
  if (tree.end[parameters] - tree.start[parameters] !== 2 || tree.end[given] - tree.start[given] !== 2) return undefined;
  return [insertion(tree.start[parameters] + 1, `${symbol.name} ${type}`), insertion(tree.start[given] + 1, symbol.name)];
}

/** `v := v` before the statement; where that would not compile or others would see the copy, a new name used in the literal. */
function copyEdits(context: RuleContext, literal: Node, symbol: GoSymbol): FileEdit[] | undefined {
  const { tree, scopes } = context;
  const statement = statementAround(tree, literal);
  if (statement === NONE || tree.kind[statement] === Kind.labeled_statement) return undefined;
  if (canShadow(context, literal, symbol, statement)) return [insertBefore(tree, statement, [`${symbol.name} := ${symbol.name}`])];
  const inside = scopes.references(symbol).filter((reference) => encloses(tree, literal, reference.node));
  if (inside.some((reference) => isShorthandKey(context, reference.node))) return undefined;
  const name = unusedName(tree, scopes, `${symbol.name}Copy`, statement);
  const uses = inside.map((reference) => replacement(tree, reference.node, name));
  return [insertBefore(tree, statement, [`${name} := ${symbol.name}`]), ...uses];
}

/** Whether the statement stands in an inner block of which nothing but the literal uses the variable from there on. */
function canShadow({ tree, scopes }: RuleContext, literal: Node, symbol: GoSymbol, statement: Node): boolean {
  const list = tree.parent[statement];
  const isOwnBody = tree.parent[tree.parent[list]] === symbol.owner;
  if (isOwnBody || tree.parent[statementAround(tree, symbol.declaration)] === list) return false;
  const later = scopes.references(symbol).filter(({ node }) => node >= statement && node < tree.next[list]);
  return later.every(({ node }) => encloses(tree, literal, node));
}

/** A key of a literal whose type is not known may name a field. */
function isShorthandKey({ tree }: RuleContext, node: Node): boolean {
  const element = tree.parent[node];
  return tree.kind[element] === Kind.literal_element && go.keyedElement.key(tree, tree.parent[element]) === element;
}

/** The one field that the literal reads, copied before it. */
export function fieldFixes(context: RuleContext, literal: Node, fields: readonly Node[]): RuleFix[] {
  const { tree, scopes } = context;
  const [first] = fields;
  const statement = statementAround(tree, literal);
  const texts = new Set(fields.map((field) => textOf(tree, field)));
  if (first === undefined || texts.size !== 1 || statement === NONE || tree.kind[statement] === Kind.labeled_statement) return [];
  if (fields.some((field) => !encloses(tree, literal, field) || isChanged(context, field))) return [];
  const field = textOf(tree, go.selectorExpression.field(tree, first));
  const name = unusedName(tree, scopes, field.charAt(0).toLowerCase() + field.slice(1), statement);
  const edits = [
    insertBefore(tree, statement, [`${name} := ${textOf(tree, first)}`]),
    ...fields.map((each) => replacement(tree, each, name)),
  ];
  return [{ title: `Copy ${textOf(tree, first)} for the closure`, safety: 'suggestion', edits }];
}

/** A field that is called is a method, which a copy of the field is not. */
function isChanged({ tree, types }: RuleContext, selector: Node): boolean {
  return types.selectionOf(selector)?.kind !== 'field' || tree.kind[tree.parent[selector]] === Kind.selector_expression;
}

/** A variable of the literal's own under the same name. */
export function scratchFixes(context: RuleContext, literal: Node, symbol: GoSymbol, uses: Uses): RuleFix[] {
  const { tree, types } = context;
  const isStillUsed = symbol.role !== 'local' || uses.outside.some((reference) => reference.access === 'read');
  const type = types.typeText(types.typeOfSymbol(symbol), literal);
  if (!isStillUsed || type === undefined) return [];
  const edit = insertAtBlockStart(tree, go.funcLiteral.body(tree, literal), [`var ${symbol.name} ${type}`]);
  return edit === undefined ? [] : [{ title: `Declare ${symbol.name} inside the literal`, safety: 'suggestion', edits: [edit] }];
}

/** The literal under a name before the loop. */
export function hoistFixes(context: RuleContext, literal: Node, loop: Node): RuleFix[] {
  const { tree, scopes } = context;
  const statement = statementAround(tree, loop);
  if (statement === NONE || tree.kind[statement] === Kind.labeled_statement) return [];
  const text = textOf(tree, literal);
  if (/[`]|\/\*/.test(text)) return [];
  const outer = indentationAt(tree, tree.start[statement]);
  const inner = indentationAt(tree, tree.start[literal]);
  if (!inner.startsWith(outer)) return [];
  const surplus = inner.slice(outer.length);
  const lines = text
    .split('\n')
    .map((line, i) => (i > 0 && line.startsWith(outer + surplus) ? line.slice(outer.length + surplus.length) : line));
  const name = unusedName(tree, scopes, 'fn', statement);
  const body = lines.map((line, i) => (i === 0 || line === '' ? line : `${outer}${line}`)).join('\n');
  const edits = [insertBefore(tree, statement, [`${name} := ${body}`]), replacement(tree, literal, name)];
  return [{ title: 'Build the closure once, before the loop', safety: 'suggestion', edits }];
}
