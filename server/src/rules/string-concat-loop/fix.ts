/**
 * The variable as a strings.Builder, under its own name: concatenations write to it, reads ask for `String()`, which copies
 * nothing, and questions for its length ask for `Len()`. That is the same for every value, provided that the variable is only
 * declared, extended and read, and nobody else holds it.
 */
import type { GoSymbol, Reference } from '../../model/index.ts';
import { children, descendants, encloses, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { disturbsComment, indentationAt, lineBreakAt, rangeOf, replacement, textWith } from '../kit/edits.ts';
import { writingFormat } from '../kit/formatted-writes.ts';
import { importEdits, packageNameAt } from '../kit/imports.ts';
import { respacing } from '../kit/spacing.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import { type Concatenation, concatenationAt } from './concatenations.ts';

export function fixesFor<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, loop: Node): RuleFix[] {
  const { tree, file, scopes, types } = context;
  const type = types.typeOfSymbol(symbol);
  const references = scopes.references(symbol);
  const isOwn = symbol.role === 'local' && references.every((each) => each.within === symbol.owner && each.access !== 'address');
  if (!isOwn || type.kind !== 'basic' || context.package.module?.path === 'std') return [];
  const strings = packageNameAt(file, scopes, 'strings', symbol.declaration);
  const declared = strings && declarationEdit(context, symbol, `${strings.name}.Builder`);
  if (declared === undefined) return [];
  const concatenations = concatenationsOf(context, symbol, references);
  const isHandled = ({ node, access }: Reference): boolean =>
    access === 'read' || access === 'declare' || concatenations.some(({ target }) => target === node);
  if (!references.every(isHandled)) return [];
  const writes = concatenations.map((each) => writeEdit(context, symbol, each));
  const reads = references.filter(
    ({ node, access }) => access === 'read' && !concatenations.some((each) => encloses(tree, each.statement, node)),
  );
  const imports = importEdits(file, { add: strings?.add ?? [] });
  if (imports === undefined || writes.includes(undefined)) return [];
  const edits = [
    ...imports,
    declared,
    ...writes.filter((edit) => edit !== undefined),
    ...reads.map(({ node }) => readEdit(context, symbol, node)),
  ];
  const isReadInLoop = references.some(
    ({ node, access }) =>
      access === 'read' && encloses(tree, loop, node) && !isExtended(concatenations, node) && lengthQuestion(context, node) === NONE,
  );
  const title = `Build ${symbol.name} in a strings.Builder`;
  return [isReadInLoop ? { title: `${title}, which the loop reads too`, safety: 'suggestion', edits } : { title, safety: 'safe', edits }];
}

function concatenationsOf<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, references: readonly Reference[]): Concatenation[] {
  const { tree } = context;
  return references.flatMap(({ node }) => {
    const statement = tree.parent[tree.parent[node]];
    const found = tree.kind[statement] === Kind.assignment_statement ? concatenationAt(context, statement) : undefined;
    return found?.symbol === symbol && found.target === node ? [found] : [];
  });
}

/** The s on the right of `s = s + x`, which goes with the assignment. */
function isExtended(concatenations: readonly Concatenation[], node: Node): boolean {
  return concatenations.some(({ target, pieces }) => target < node && node < pieces[0]);
}

/** `var s strings.Builder` for the statement that declares the string, and what it starts with. */
function declarationEdit<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, builder: string): FileEdit | undefined {
  const { tree, types } = context;
  const declaration = declarationOf(tree, symbol.declaration);
  if (declaration === undefined || disturbsComment(tree, declaration.statement, [])) return undefined;
  const { statement, value } = declaration;
  const lines = [`var ${symbol.name} ${builder}`];
  const isEmpty = value === NONE || types.constantOf(value) === '';
  if (!isEmpty) lines.push(writeText(context, symbol.name, value));
  return replacement(tree, statement, joined(tree, statement, lines));
}

interface Declaration {
  readonly statement: Node;
  /** NONE without one. */
  readonly value: Node;
}

/** A statement of its own that declares nothing else. */
function declarationOf(tree: Tree, identifier: Node): Declaration | undefined {
  const parent = tree.parent[identifier];
  if (tree.kind[parent] === Kind.var_spec) {
    const statement = tree.parent[parent];
    const isAlone = tree.kind[statement] === Kind.var_declaration && go.varSpec.name(tree, parent).length === 1;
    const list = go.varSpec.value(tree, parent);
    const values = list === NONE ? [] : children(tree, list);
    return isAlone && values.length <= 1 ? { statement, value: values[0] ?? NONE } : undefined;
  }
  const statement = tree.parent[parent];
  if (tree.kind[statement] !== Kind.short_var_declaration || tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  const values = children(tree, go.shortVarDeclaration.right(tree, statement));
  return children(tree, parent).length === 1 && values.length === 1 ? { statement, value: values[0] } : undefined;
}

/** What writes the pieces: one call for each unless one of them reads what the others write. */
function writeEdit<O extends Options>(
  context: RuleContext<O>,
  symbol: GoSymbol,
  { statement, pieces }: Concatenation,
): FileEdit | undefined {
  const { tree, scopes, types } = context;
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list || disturbsComment(tree, statement, pieces)) return undefined;
  const reads = pieces.flatMap((piece) => descendants(tree, piece, Kind.identifier).filter((each) => scopes.symbolOf(each) === symbol));
  const isOne = reads.length > 0 || pieces.every((piece) => types.constantOf(piece) !== undefined);
  const whole = { start: tree.start[pieces[0]], end: tree.end[pieces[pieces.length - 1]] };
  const edits = reads.map((node) => readEdit(context, symbol, node));
  const lines = isOne
    ? [`${symbol.name}.WriteString(${textWith(tree, whole, edits)})`]
    : pieces.map((piece) => writeText(context, symbol.name, piece));
  return replacement(tree, statement, joined(tree, statement, lines));
}

/** `s.WriteString(x)`, or what fmt has formatted written by fmt itself. */
function writeText<O extends Options>(context: RuleContext<O>, name: string, piece: Node): string {
  const { tree } = context;
  const cure = tree.kind[piece] === Kind.call_expression ? writingFormat(context, piece) : undefined;
  if (cure === undefined) return `${name}.WriteString(${textWith(tree, rangeOf(tree, piece), respacing(tree, piece, 1))})`;
  const printed = go.callExpression.arguments(tree, piece);
  const called = textOf(tree, go.callExpression.function(tree, piece));
  const operands = textWith(
    tree,
    { start: tree.start[printed] + 1, end: tree.end[printed] },
    children(tree, printed).flatMap((each) => respacing(tree, each, 2)),
  );
  return `${called.slice(0, called.lastIndexOf('.') + 1)}${cure}(&${name}, ${operands}`;
}

function joined(tree: Tree, statement: Node, lines: readonly string[]): string {
  const start = tree.start[statement];
  return lines.join(`${lineBreakAt(tree, start)}${indentationAt(tree, start)}`);
}

function readEdit<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, node: Node): FileEdit {
  const { tree } = context;
  const question = lengthQuestion(context, node);
  if (question === NONE) return replacement(tree, node, `${symbol.name}.String()`);
  if (tree.kind[question] === Kind.call_expression) return replacement(tree, question, `${symbol.name}.Len()`);
  const operator = textOf(tree, go.binaryExpression.operator(tree, question));
  return replacement(tree, question, `${symbol.name}.Len() ${operator === '==' ? '==' : '>'} 0`);
}

/** The `len(s)`, `s == ""` or `s != ""` that the read is part of, or NONE. */
function lengthQuestion<O extends Options>({ tree, types }: RuleContext<O>, node: Node): Node {
  const parent = tree.parent[node];
  if (tree.kind[parent] === Kind.argument_list) {
    const callee = types.calleeOf(tree.parent[parent]);
    return callee.kind === 'builtin' && callee.name === 'len' ? tree.parent[parent] : NONE;
  }
  if (tree.kind[parent] !== Kind.binary_expression) return NONE;
  const operator = tree.kind[go.binaryExpression.operator(tree, parent)];
  const right = go.binaryExpression.right(tree, parent);
  const isComparison = operator === Kind['=='] || operator === Kind['!='];
  return isComparison && right !== node && types.constantOf(right) === '' ? parent : NONE;
}
