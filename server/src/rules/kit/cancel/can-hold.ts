/**
 * Whether a value of a type could carry a context along: plain data cannot, and neither can errors, times and what consists of
 * such. Everything unknown could.
 */
import type { Type } from '../../../model/index.ts';
import type { RuleContext } from '../../rule.ts';

/** Levels of nested types that are looked into; deeper ones count as able to. */
const MAX_DEPTH = 8;

const PLAIN: ReadonlySet<string> = new Set([
  'time.Time',
  'time.Location',
  'math/big.Int',
  'math/big.Float',
  'math/big.Rat',
  'reflect.Type',
]);

export function canHoldContext(types: Pick<RuleContext['types'], 'underlying'>, type: Type): boolean {
  return canHold(types, type, new Set(), MAX_DEPTH);
}

function canHold(types: Pick<RuleContext['types'], 'underlying'>, type: Type, open: Set<string>, depth: number): boolean {
  if (depth === 0) return true;
  const below = (inner: Type): boolean => canHold(types, inner, open, depth - 1);
  switch (type.kind) {
    case 'basic':
    case 'nil':
      return false;
    case 'named': {
      const name = `${type.path}.${type.name}`;
      if (PLAIN.has(name) || name === '.error' || open.has(name)) return false;
      const inner = new Set([...open, name]);
      return canHold(types, types.underlying(type), inner, depth - 1);
    }
    case 'pointer':
    case 'slice':
    case 'array':
      return below(type.element);
    case 'map':
      return below(type.key) || below(type.element);
    case 'struct':
      return type.fields.some((field) => below(field.type));
    case 'tuple':
      return type.elements.some(below);
    case 'channel':
    case 'function':
    case 'interface':
    case 'type-parameter':
    case 'unknown':
      return true;
  }
}
