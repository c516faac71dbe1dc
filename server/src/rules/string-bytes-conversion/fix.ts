/**
 * The value itself where it is read at once, one copy instead of two where bytes are kept, and as suggestions what hands out
 * the original in the place of a copy.
 */
import { descendants, encloses, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { disturbsComment, replacement } from '../kit/edits.ts';
import { takesConstant, textInPlaceOf } from '../kit/expressions.ts';
import { importEdits, importsLeftUnusedBy } from '../kit/imports.ts';
import { calledFunction } from '../kit/known-calls.ts';
import { depthAt, respacing } from '../kit/spacing.ts';
import { convertedType } from '../kit/text-conversions.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import { builtinTaking, type Detour } from './round-trips.ts';

type Context = RuleContext<Options>;
type DetourOf<K extends Detour['kind']> = Extract<Detour, { kind: K }>;

export function fixesFor(context: Context, found: Detour): RuleFix[] {
  if (disturbsComment(context.tree, found.conversion, [found.value])) return [];
  switch (found.kind) {
    case 'bytes':
      return bytesThemselves(context, found);
    case 'string':
      return stringItself(context, found);
    case 'buffer':
      return bytesOfBuffer(context, found);
    case 'handed':
    case 'counted':
      return handedAsItIs(context, found);
  }
}

/** Where they are not read at once, a copy comes first, so that nobody shares what was his own. */
function bytesThemselves(context: Context, found: DetourOf<'bytes'>): RuleFix[] {
  const { conversion, value, isKept } = found;
  const title = 'Use the bytes themselves';
  const edits = [withoutInner(context, conversion, value)];
  if (isReadAtOnce(context, conversion)) return fix(context, title, 'safe', edits);
  const shared = fix(context, `${title}; a change to either is then one to both`, 'suggestion', edits);
  return isKept ? [...oneCopy(context, found), ...shared] : shared;
}

/** `append([]byte{}, b...)`, which like the conversion is never nil. */
function oneCopy(context: Context, { conversion, value }: DetourOf<'bytes'>): RuleFix[] {
  const { tree, scopes } = context;
  if (scopes.lookup('append', conversion)?.file !== undefined) return [];
  const type = textOf(tree, convertedType(tree, conversion));
  const edits = [
    { range: { start: tree.start[conversion], end: tree.start[value] }, newText: `append(${type}{}, ` },
    ...respacing(tree, value, depthAt(tree, conversion) + 1),
    { range: { start: tree.end[value], end: tree.end[conversion] }, newText: '...)' },
  ];
  return fix(context, 'Copy the bytes once', 'safe', edits);
}

function stringItself(context: Context, { conversion, value }: DetourOf<'string'>): RuleFix[] {
  const { types } = context;
  const isConstant = types.constantOf(value) !== undefined;
  if (isConstant && !takesConstant(context, conversion)) return [];
  const title = 'Use the string itself, which keeps alive the text that it is cut from';
  return fix(context, title, 'suggestion', [withoutInner(context, conversion, value)]);
}

/** Drops the outer conversion too where the value has its type. */
function withoutInner(context: Context, conversion: Node, value: Node): FileEdit {
  const { tree, types } = context;
  const isSame = types.isIdentical(types.typeOf(conversion), types.typeOf(value));
  return isSame
    ? replacement(tree, conversion, textInPlaceOf(tree, value, conversion))
    : replacement(tree, conversion, `${typeText(context, conversion)}(${textOf(tree, value)})`);
}

/** The type with the parentheses in which it stands. */
function typeText({ tree }: Context, conversion: Node): string {
  const isOfSyntax = tree.kind[conversion] === Kind.type_conversion_expression;
  return textOf(tree, isOfSyntax ? go.typeConversionExpression.type(tree, conversion) : go.callExpression.function(tree, conversion));
}

function bytesOfBuffer(context: Context, { conversion, value }: DetourOf<'buffer'>): RuleFix[] {
  const { tree, types } = context;
  const type = types.typeOf(conversion);
  const bytes = `${textOf(tree, value)}.Bytes()`;
  const text = type.kind === 'slice' ? bytes : `${typeText(context, conversion)}(${bytes})`;
  const edits = [replacement(tree, conversion, text)];
  // A pointer may be nil, of which String says `<nil>` where Bytes panics.
  return isReadAtOnce(context, conversion) && types.typeOf(value).kind !== 'pointer'
    ? fix(context, 'Use Bytes', 'safe', edits)
    : fix(context, 'Use Bytes, whose result changes when the buffer is written to again', 'suggestion', edits);
}

/** Functions that neither keep nor change the bytes they are given, nor hand them to methods of others, and treat nil like no bytes. */
const READERS: ReadonlySet<string> = new Set(['encoding/json.Valid', 'io/ioutil.WriteFile', 'os.WriteFile']);

/** Whether the bytes go to somebody who only reads them, with nothing beside them that could change them before. */
function isReadAtOnce(context: Context, conversion: Node): boolean {
  const builtin = builtinTaking(context, conversion);
  const taker = builtin === NONE ? readerTaking(context, conversion) : builtin;
  return taker !== NONE && !callsBeside(context, taker, conversion);
}

function readerTaking(context: Context, conversion: Node): Node {
  const { tree } = context;
  const list = tree.parent[conversion];
  if (tree.kind[list] !== Kind.argument_list) return NONE;
  return READERS.has(calledFunction(context, tree.parent[list]) ?? '') ? tree.parent[list] : NONE;
}

function handedAsItIs(context: Context, { kind, conversion, value, taker }: DetourOf<'handed' | 'counted'>): RuleFix[] {
  const { tree, types } = context;
  const isConstant = types.constantOf(value) !== undefined;
  if (isConstant && kind === 'counted') return [];
  const edits = [replacement(tree, conversion, textInPlaceOf(tree, value, conversion))];
  const title = `Hand the value to ${textOf(tree, go.callExpression.function(tree, taker))} as it is`;
  return callsBeside(context, taker, conversion)
    ? fix(context, `${title}; a call beside it may change the bytes`, 'suggestion', edits)
    : fix(context, title, 'safe', edits);
}

/** Whether the other arguments call a function: it may change the bytes, and Go does not say if that is before the conversion or after it. */
function callsBeside({ tree, types }: Context, taker: Node, conversion: Node): boolean {
  const given = go.callExpression.arguments(tree, taker);
  return descendants(tree, given, Kind.call_expression).some((call) => {
    const { kind } = types.calleeOf(call);
    return !encloses(tree, conversion, call) && kind !== 'builtin' && kind !== 'conversion';
  });
}

function fix({ file, scopes }: Context, title: string, safety: RuleFix['safety'], edits: readonly FileEdit[]): RuleFix[] {
  const imports = importEdits(file, { remove: importsLeftUnusedBy(file, scopes, edits) });
  return imports === undefined ? [] : [{ title, safety, edits: [...imports, ...edits] }];
}
