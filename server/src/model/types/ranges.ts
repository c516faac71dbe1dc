/** Types of the variables of `for … := range x` (Go spec, "For statements with range clause"). */

import { basicType } from '../scopes/universe.ts';
import type { Type } from '../shapes.ts';
import type { TypeWorld } from './context.ts';
import { coreType } from './operands.ts';

/** Type of each iteration value that ranging over the type gives; none when it cannot be told. */
export function rangeTypes(world: TypeWorld, type: Type): readonly Type[] {
  const under = coreType(world, type);
  switch (under.kind) {
    case 'basic':
      return under.name === 'string' ? [basicType('int'), basicType('rune')] : [type];
    case 'slice':
    case 'array':
      return [basicType('int'), under.element];
    case 'pointer': {
      const array = coreType(world, under.element);
      return array.kind === 'array' ? [basicType('int'), array.element] : [];
    }
    case 'map':
      return [under.key, under.element];
    case 'channel':
      return [under.element];
    case 'function': {
      const yielded = under.parameters.length === 1 ? coreType(world, under.parameters[0]) : undefined;
      return yielded?.kind === 'function' ? yielded.parameters : [];
    }
    default:
      return [];
  }
}
