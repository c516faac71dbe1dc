/**
 * Loops over what there are few of mostly: arguments of any type, which callers write out, what a configuration holds, what a
 * package lists in a variable of its own, and the parts of a type.
 */
import type { Fill, Type } from '../../model/index.ts';
import { Kind, type Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isVariadicParameter } from './parameters.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

export function isOfFew(context: Context, { counts }: Fill): boolean {
  const isFew = (name: Node): boolean => isOfAny(context, name) || isOfConfiguration(context.types.typeOf(name));
  return counts.every(
    ({ variables, parts, operand }) =>
      variables.some(isFew) || (parts.length === 0 && variables.some((name) => isListed(context, name))) || isOfType(context, operand),
  );
}

/** Whether a name is that of a package's variable. */
export function isListed({ scopes }: Pick<Context, 'scopes'>, name: Node): boolean {
  const symbol = scopes.symbolOf(name);
  return symbol?.kind === 'variable' && symbol.role === 'package';
}

/** `t.NumField()`, of package reflect. */
function isOfType({ tree, types }: Context, operand: Node): boolean {
  const callee = tree.kind[operand] === Kind.call_expression ? types.calleeOf(operand) : undefined;
  return (callee?.kind === 'method' || callee?.kind === 'dynamic') && callee.path === 'reflect' && /\bNum\w+$/.test(callee.name ?? '');
}

/** Of one type whole slices are passed on as often. */
function isOfAny(context: Context, name: Node): boolean {
  const { types } = context;
  const type = types.underlying(types.typeOf(name));
  const element = type.kind === 'slice' ? types.underlying(type.element) : undefined;
  return element?.kind === 'interface' && isVariadicParameter(context, name);
}

const SETTINGS = /(?:Config|Configuration|Settings|Options|Opts)$/;
const PACKAGE = /(?:^|\/)(?:config|settings|options)$/;

/** Whether the type, or that of its elements, is one of settings, told by its name or its package's. */
function isOfConfiguration(type: Type): boolean {
  switch (type.kind) {
    case 'pointer':
    case 'slice':
    case 'map':
      return isOfConfiguration(type.element);
    case 'named':
      return SETTINGS.test(type.name) || PACKAGE.test(type.path);
    default:
      return false;
  }
}
