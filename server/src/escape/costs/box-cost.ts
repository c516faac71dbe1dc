/** What it costs to put a value into an interface, after `dataWord` of cmd/compile/internal/walk and the conv functions of the runtime. */
import type { Type, Types } from '../../model/index.ts';
import { NONE, type Node } from '../../syntax/index.ts';
import { isStaticLiteral, staticValue } from '../calls/static-values.ts';
import type { FileFacts } from '../program.ts';
import type { Cost } from './cost.ts';

/** Bytes of the largest box that the stack may hold. */
const LARGEST_TEMPORARY = 1024;
/** Nesting of one-element structs and arrays that is looked through. */
const DEPTH_LIMIT = 32;

/** Of the operand that is boxed, by what the compiler says of the box. Several values of one call are boxed each. */
export function boxCost(facts: FileFacts, operand: Node, gcSays: 'heap' | 'stack'): Cost {
  const { types } = facts;
  if (operand === NONE) return heapBox(undefined, undefined);
  const type = types.typeOf(operand);
  const bytes = types.sizeOf(type);
  const free = (unless: string): Cost => ({ allocates: 'never', bytes, unless });
  if (bytes === 0) return free('because the value has no size');
  if (staticValue(facts, operand) !== undefined) return free('because a constant is read-only data of the program');
  if (isStaticLiteral(facts, operand)) return free('because a literal of constants is read-only data of the program');
  const sole = soleComponent(types, type);
  if (bytes === 1 && sole.kind === 'basic') return free('because the runtime keeps a table of all single bytes');
  if (gcSays === 'stack' && bytes !== undefined && bytes <= LARGEST_TEMPORARY) return free('because the box stays on the stack');
  return gcSays === 'stack' && bytes === undefined ? { allocates: 'sometimes', bytes, unless: undefined } : heapBox(bytes, sole);
}

function heapBox(bytes: number | undefined, sole: Type | undefined): Cost {
  return { allocates: 'always', bytes, unless: sole === undefined ? undefined : cachedValues(sole) };
}

/** Values for which the runtime hands out memory of its own (convT16 to convTslice). */
function cachedValues(sole: Type): string | undefined {
  if (sole.kind === 'slice') return 'when it is nil';
  if (sole.kind !== 'basic') return undefined;
  if (sole.name === 'string') return 'when it is empty';
  return INTEGER.test(sole.name) ? 'when its value is from 0 to 255' : undefined;
}

const INTEGER = /^(?:u?int(?:16|32|64|ptr)?|rune)$/;

/** The only field or element, however deep; the underlying type where there are several. */
function soleComponent(types: Types, type: Type): Type {
  let inner = types.underlying(type);
  for (let depth = 0; depth < DEPTH_LIMIT; depth++) {
    if (inner.kind === 'struct' && inner.fields.length === 1) inner = types.underlying(inner.fields[0].type);
    else if (inner.kind === 'array' && inner.length === 1) inner = types.underlying(inner.element);
    else return inner;
  }
  return inner;
}
