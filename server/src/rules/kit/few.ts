/** Loops over what there are few of mostly: arguments of any type, which callers write out, and what a configuration holds. */
import type { Fill, Type } from '../../model/index.ts';
import type { Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isVariadicParameter } from './parameters.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

export function isOfFew(context: Context, { counts }: Fill): boolean {
  const isFew = (name: Node): boolean => isOfAny(context, name) || isOfConfiguration(context.types.typeOf(name));
  return counts.every(({ variables }) => variables.some(isFew));
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
