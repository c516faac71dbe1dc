/** What both fixes share: concatenations that write to a builder, and reads that ask it. */
import type { GoSymbol, Reference } from '../../model/index.ts';
import { children, descendants, encloses, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { disturbsComment, indentationAt, lineBreakAt, replacement, textWith } from '../kit/edits.ts';
import { areApart } from '../kit/evaluation-order.ts';
import { writingFormat } from '../kit/formatted-writes.ts';
import { respacing, spacedText } from '../kit/spacing.ts';
import type { FileEdit, Options, RuleContext } from '../rule.ts';
import { type Concatenation, concatenationAt } from './concatenations.ts';

/** The string variable and the name of the builder that takes its place, maybe its own. */
export interface Building {
  readonly symbol: GoSymbol;
  readonly name: string;
}

export function concatenationsOf<O extends Options>(
  context: RuleContext<O>,
  symbol: GoSymbol,
  references: readonly Reference[],
): Concatenation[] {
  const { tree } = context;
  return references.flatMap(({ node }) => {
    const statement = tree.parent[tree.parent[node]];
    const found = tree.kind[statement] === Kind.assignment_statement ? concatenationAt(context, statement) : undefined;
    return found?.symbol === symbol && found.target === node ? [found] : [];
  });
}

/** References that only read, but for those that are part of what a concatenation adds to. */
export function readsBeside(concatenations: readonly Concatenation[], references: readonly Reference[]): readonly Reference[] {
  return references.filter(({ node, access }) => access === 'read' && !isExtended(concatenations, node));
}

/** The s on the right of `s = s + x`, which goes with the assignment. */
function isExtended(concatenations: readonly Concatenation[], node: Node): boolean {
  return concatenations.some(({ target, pieces }) => target < node && node < pieces[0]);
}

/** All edits of concatenations and of reads outside of them; undefined where a concatenation cannot be written so. */
export function editsFor<O extends Options>(
  context: RuleContext<O>,
  building: Building,
  concatenations: readonly Concatenation[],
  reads: readonly Reference[],
): readonly FileEdit[] | undefined {
  const { tree } = context;
  const writes = concatenations.map((each) => writeEdit(context, building, each));
  if (writes.includes(undefined)) return undefined;
  const apart = reads.filter(({ node }) => !concatenations.some((each) => encloses(tree, each.statement, node)));
  return [...writes.filter((edit) => edit !== undefined), ...apart.map(({ node }) => readEdit(context, building, node))];
}

/** What writes the pieces: one call for each unless one of them reads what the others write, or may change what another reads. */
function writeEdit<O extends Options>(
  context: RuleContext<O>,
  building: Building,
  { statement, pieces }: Concatenation,
): FileEdit | undefined {
  const { tree, scopes, types } = context;
  if (tree.kind[tree.parent[statement]] !== Kind.statement_list || disturbsComment(tree, statement, pieces)) return undefined;
  const reads = pieces.flatMap((piece) =>
    descendants(tree, piece, Kind.identifier).filter((each) => scopes.symbolOf(each) === building.symbol),
  );
  const areConstant = pieces.every((piece) => types.constantOf(piece) !== undefined);
  const isOne = reads.length > 0 || areConstant || !areApart(context, pieces);
  const whole = { start: tree.start[pieces[0]], end: tree.end[pieces[pieces.length - 1]] };
  const edits = reads.map((node) => readEdit(context, building, node));
  const lines = isOne
    ? [`${building.name}.WriteString(${textWith(tree, whole, edits)})`]
    : pieces.map((piece) => writeText(context, building.name, piece));
  return replacement(tree, statement, joined(tree, statement, lines));
}

/** `b.WriteString(x)`, or what fmt has formatted written by fmt itself. */
export function writeText<O extends Options>(context: RuleContext<O>, name: string, piece: Node): string {
  const { tree } = context;
  const cure = tree.kind[piece] === Kind.call_expression ? writingFormat(context, piece) : undefined;
  const printed = go.callExpression.arguments(tree, piece);
  if (cure === undefined || disturbsComment(tree, piece, children(tree, printed)))
    return `${name}.WriteString(${spacedText(tree, piece, 1)})`;
  const called = textOf(tree, go.callExpression.function(tree, piece));
  const operands = textWith(
    tree,
    { start: tree.start[printed] + 1, end: tree.end[printed] },
    children(tree, printed).flatMap((each) => respacing(tree, each, 2)),
  );
  const isOnNextLine = /^[ \t]*\r?\n/.test(operands);
  return `${called.slice(0, called.lastIndexOf('.') + 1)}${cure}(&${name},${isOnNextLine ? '' : ' '}${operands}`;
}

/** Statements that take the place of one. */
export function joined(tree: Tree, statement: Node, lines: readonly string[]): string {
  const start = tree.start[statement];
  return lines.join(`${lineBreakAt(tree, start)}${indentationAt(tree, start)}`);
}

function readEdit<O extends Options>(context: RuleContext<O>, { name }: Building, node: Node): FileEdit {
  const { tree } = context;
  const question = lengthQuestion(context, node);
  if (question === NONE) return replacement(tree, node, `${name}.String()`);
  if (tree.kind[question] === Kind.call_expression) return replacement(tree, question, `${name}.Len()`);
  const operator = textOf(tree, go.binaryExpression.operator(tree, question));
  return replacement(tree, question, `${name}.Len() ${operator === '==' ? '==' : '>'} 0`);
}

/** The `len(s)`, `s == ""` or `s != ""` that the read is part of, or NONE. */
export function lengthQuestion<O extends Options>({ tree, types }: RuleContext<O>, node: Node): Node {
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
