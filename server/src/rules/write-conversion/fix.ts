/** The other method of the writer, with what the conversion was made of. */
import { go, Kind, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { disturbsComment, replacement } from '../kit/edits.ts';
import { isPutOff, textInPlaceOf } from '../kit/expressions.ts';
import { importEdits, importsLeftUnusedBy } from '../kit/imports.ts';
import { depthAt, spacedText } from '../kit/spacing.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import type { ConvertedWrite } from './writes.ts';

type Context = RuleContext<Options>;

export function fixesFor(context: Context, call: Node, found: ConvertedWrite): RuleFix[] {
  const { tree, file, scopes } = context;
  const { kind, writer, argument, value, cure } = found;
  const handed = handedText(context, call, found);
  if (handed === undefined || disturbsComment(tree, call, [writer, value])) return [];
  const edits = kind === 'function' ? asMethod(context, call, found, handed) : otherMethod(context, call, argument, cure, handed);
  const imports = importEdits(file, { remove: importsLeftUnusedBy(file, scopes, edits) });
  if (imports === undefined) return [];
  const all = [...imports, ...edits];
  const title = `Write it with ${cure}`;
  const doubt = isPutOff(tree, call) && cure === 'Write' ? 'which takes the bytes as they are when the call is made' : found.doubt;
  return doubt === undefined
    ? [{ title, safety: 'safe', edits: all }]
    : [{ title: `${title}, ${doubt}`, safety: 'suggestion', edits: all }];
}

/** Undefined where the name of the type that would have to be written means something else. */
function handedText({ tree, types, scopes }: Context, call: Node, { kind, argument, value, cure }: ConvertedWrite): string | undefined {
  const type = types.typeOf(value);
  const converted = (name: string): string | undefined =>
    scopes.lookup(name, value)?.file === undefined ? `${name}(${textOf(tree, value)})` : undefined;
  if (kind === 'rune') return type.kind === 'basic' && type.untyped === true ? textOf(tree, value) : converted('byte');
  if (cure === 'WriteString' && type.kind !== 'basic') return converted('string');
  return kind === 'function' ? spacedText(tree, value, depthAt(tree, call)) : textInPlaceOf(tree, value, argument);
}

function otherMethod({ tree }: Context, call: Node, argument: Node, cure: string, handed: string): FileEdit[] {
  const called = unparenthesized(tree, go.callExpression.function(tree, call));
  return [replacement(tree, go.selectorExpression.field(tree, called), cure), replacement(tree, argument, handed)];
}

/** `w.Write(b)`; of `&w` too, because a method of the pointer is called on the variable as well. */
function asMethod({ tree }: Context, call: Node, { writer, cure }: ConvertedWrite, handed: string): FileEdit[] {
  const inner = unparenthesized(tree, writer);
  const isAddress = tree.kind[inner] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, inner)] === Kind['&'];
  const place = isAddress ? go.unaryExpression.operand(tree, inner) : inner;
  const isOperand = CALLABLE.has(tree.kind[place]) && !(isAddress && tree.kind[place] === Kind.composite_literal);
  const receiver = isOperand ? textOf(tree, place) : `(${textOf(tree, inner)})`;
  return [replacement(tree, call, `${receiver}.${cure}(${handed})`)];
}

const CALLABLE: ReadonlySet<number> = new Set([
  Kind.identifier,
  Kind.selector_expression,
  Kind.call_expression,
  Kind.index_expression,
  Kind.type_assertion_expression,
]);
