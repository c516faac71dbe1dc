/** The type of an expression in a message: as the file would write it, or by its name where it cannot. */
import type { Type } from '../../model/index.ts';
import type { Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

/** `[7]*Table`; of a type from elsewhere without a name that is visible here its own name, or else its kind. */
export function typeName({ types }: Pick<RuleContext, 'types'>, node: Node): string {
  const type = types.typeOf(node);
  return types.typeText(type, node) ?? nameOf(type);
}

function nameOf(type: Type): string {
  let prefix = '';
  for (let of = type; ; of = of.element) {
    if (of.kind === 'array') prefix += `[${of.length ?? '...'}]`;
    else if (of.kind === 'slice') prefix += '[]';
    else if (of.kind === 'pointer') prefix += '*';
    else return `${prefix}${of.kind === 'named' || of.kind === 'basic' ? of.name : of.kind}`;
  }
}
