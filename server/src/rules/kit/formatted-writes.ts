/** Text that fmt makes only to be written elsewhere, and could write by itself. */
import { children, go, type Node } from '../../syntax/index.ts';
import type { Options, RuleContext } from '../rule.ts';
import { conversionFor } from './conversions.ts';
import { isPlainString, solePrint, verblessFormat } from './formatting.ts';
import { calledFunction } from './known-calls.ts';

const WRITING: Readonly<Record<string, string>> = { 'fmt.Sprintf': 'Fprintf', 'fmt.Sprint': 'Fprint', 'fmt.Sprintln': 'Fprintln' };

/** `Fprintf` for a call of Sprintf, and so on; undefined for other calls, those that print nothing, and those that something shorter than fmt could replace. */
export function writingFormat<O extends Options>(context: RuleContext<O>, call: Node): string | undefined {
  const cure = WRITING[calledFunction(context, call) ?? ''];
  const hasOperands = children(context.tree, go.callExpression.arguments(context.tree, call)).length > 0;
  return cure === undefined || !hasOperands || isShorterOtherwise(context, call) ? undefined : cure;
}

function isShorterOtherwise<O extends Options>(context: RuleContext<O>, print: Node): boolean {
  if (verblessFormat(context, print) !== undefined) return true;
  const sole = solePrint(context, print);
  if (sole === undefined) return false;
  const isString = isPlainString(context.types, sole.value) && (sole.verb === '%s' || sole.verb === '%v');
  return isString || conversionFor(context, sole) !== undefined;
}
