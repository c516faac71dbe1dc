/** What `fmt` does with a value: which verbs a format has, what a call prints, and whether a type formats itself. */
import { canonicalBasicName, type Type, type Types } from '../../model/index.ts';
import { Kind, type Node } from '../../syntax/index.ts';
import type { Options, RuleContext } from '../rule.ts';
import { calledFunction, plainArguments } from './known-calls.ts';

/** The one value that a call of Sprint or Sprintf prints and the verb, such as `%d`, it is printed with. */
export interface SolePrint {
  readonly value: Node;
  readonly verb: string;
}

/** Undefined where the call prints more than one value, or text beside it. */
export function solePrint<O extends Options>(context: RuleContext<O>, call: Node): SolePrint | undefined {
  const given = plainArguments(context.tree, call);
  switch (given?.length) {
    case 1:
      return calledFunction(context, call) === 'fmt.Sprint' ? { value: given[0], verb: '%v' } : undefined;
    case 2: {
      const verb = context.types.constantOf(given[0]);
      const isVerb = typeof verb === 'string' && verb.length === 2 && verb.startsWith('%') && verb !== '%%';
      return isVerb && calledFunction(context, call) === 'fmt.Sprintf' ? { value: given[1], verb } : undefined;
    }
    default:
      return undefined;
  }
}

/** The format of a call of Sprintf or Errorf that is all it is given and has no verbs; undefined where that is not so, or not known. */
export function verblessFormat<O extends Options>({ tree, types }: RuleContext<O>, call: Node): Node | undefined {
  const given = plainArguments(tree, call);
  if (given?.length !== 1) return undefined;
  const constant = types.constantOf(given[0]);
  return typeof constant === 'string' && plainVerbs(constant)?.length === 0 ? given[0] : undefined;
}

/** Whether the value is a string, of whatever name, that prints as it is. */
export function isPlainString(types: Types, value: Node): boolean {
  const type = types.typeOf(value);
  return basicKind(types, type) === 'string' && !formatsItself(types, type, '%s');
}

/** Source of a string constant once no format reads it: `%%` is `%`. Undefined where the percent is not in view, as in `"\x25%"`. */
export function textWithoutFormat({ tree, types }: RuleContext, format: Node, text: string): string | undefined {
  const percents = percentsIn(String(types.constantOf(format)));
  if (percents === 0) return text;
  const isLiteral = tree.kind[format] === Kind.interpreted_string_literal || tree.kind[format] === Kind.raw_string_literal;
  return isLiteral && percentsIn(text) === percents ? text.replaceAll('%%', '%') : undefined;
}

/** Percents that a format without verbs stands for. */
function percentsIn(format: string): number {
  return format.split('%%').length - 1;
}

/** Verbs of a format without flags, width and precision, such as `%d`; undefined when one has more. `%%` is no verb. */
export function plainVerbs(format: string): readonly string[] | undefined {
  const verbs: string[] = [];
  for (let at = format.indexOf('%'); at >= 0; at = format.indexOf('%', at + 2)) {
    const verb = format[at + 1] ?? '';
    if (verb !== '%' && !/[a-zA-Z]/.test(verb)) return undefined;
    if (verb !== '%') verbs.push(`%${verb}`);
  }
  return verbs;
}

/** Verbs for which `fmt` asks a value for its own text; the others only look for a Formatter. */
const ASKING: ReadonlySet<string> = new Set(['%v', '%s', '%x', '%X', '%q']);

/** Whether `fmt` may call a method of the value for that verb instead of printing it by its kind; true when that is not known. */
export function formatsItself(types: Types, type: Type, verb: string): boolean {
  if (type.kind === 'basic') return false;
  const { methods, isComplete } = types.methodsOf(type);
  const isAsked = (name: string): boolean => name === 'Format' || (ASKING.has(verb) && (name === 'String' || name === 'Error'));
  return !isComplete || methods.some((method) => isAsked(method.name));
}

/** Name of the basic type that the value has, `uint8` for `byte`; undefined for other types and type parameters. */
export function basicKind(types: Types, type: Type): string | undefined {
  if (type.kind === 'type-parameter') return undefined;
  const under = types.underlying(type);
  return under.kind === 'basic' ? canonicalBasicName(under.name) : undefined;
}

export function isByteSlice(types: Types, type: Type): boolean {
  if (type.kind === 'type-parameter') return false;
  const under = types.underlying(type);
  return under.kind === 'slice' && basicKind(types, under.element) === 'uint8' && under.element.kind === 'basic';
}
