/** Calls of builtins to flows, after escape/call.go. */
import type { GoMinor, Type } from '../../model/index.ts';
import { Kind, type Node } from '../../syntax/index.ts';
import { staticValue } from '../calls/static-values.ts';
import { DISCARD, type Hole, heapHole, type OffStack } from '../flows/batch.ts';
import type { Lowering } from './lowering.ts';
import { IMPLICIT_STACK_LIMIT } from './operands.ts';
import { hasPointers } from './type-facts.ts';

/** What is only read goes to `read`: nowhere, or where a pending call keeps it. */
export function lowerBuiltin(
  lowering: Lowering,
  results: readonly Hole[],
  call: Node,
  name: string,
  args: readonly Node[],
  read: Hole,
): void {
  const hole = results[0] ?? DISCARD;
  switch (name) {
    case 'append':
      lowerAppend(lowering, hole, call, args);
      return;
    case 'copy':
      lowerCopy(lowering, call, args);
      return;
    case 'make':
      lowerMake(lowering, hole, call, args);
      return;
    case 'new':
      lowerNew(lowering, hole, call, args);
      return;
    case 'panic':
      for (const argument of args) lowering.convert(lowering.note(heapHole(), 'panic', call), argument, ANY);
      return;
    case 'delete':
      lowerDelete(lowering, args, read);
      return;
    case 'min':
    case 'max':
      for (const argument of args) lowering.push(hole, argument);
      return;
    case 'Slice':
    case 'String':
    case 'SliceData':
    case 'StringData':
    case 'Add':
      for (const [i, argument] of args.entries()) lowering.push(i === 0 ? hole : DISCARD, argument);
      return;
    default:
      for (const argument of args) lowering.push(read, argument);
  }
}

const ANY: Type = { kind: 'interface', methods: [], isComplete: true };

/**
 * Since this release slices of variable length, and what append makes, may be on the stack; before, the compiler says that the first
 * are on the heap and nothing of the second (escape/utils.go, `HeapAllocReason`; escape/call.go).
 */
const HYBRID_SLICES: GoMinor = 25;

/** The old elements flow on, the new ones are stored in a slice that anyone may hold, so they go to the heap. */
function lowerAppend(lowering: Lowering, hole: Hole, call: Node, args: readonly Node[]): void {
  const { tree, types } = lowering.facts;
  const [slice, ...values] = args;
  if (slice === undefined) return;
  const under = types.underlying(types.typeOf(slice));
  const element = under.kind === 'slice' ? under.element : undefined;
  const holdsPointers = element === undefined || hasPointers(types, element);
  const elements: Hole = { ...heapHole(), derefs: 1 };
  const old = holdsPointers ? lowering.tee([hole, lowering.note(elements, 'append', call)], call) : hole;
  lowering.push(old, slice);
  for (const value of values) {
    if (tree.kind[value] === Kind.variadic_argument)
      lowering.push(holdsPointers ? lowering.note(elements, 'append', call) : DISCARD, value + 1);
    else lowering.convert(lowering.note(heapHole(), 'append', call), value, element);
  }
  if (lowering.facts.compiler >= HYBRID_SLICES) lowering.spill(hole, 'append', call, { depth: 0 });
}

function lowerCopy(lowering: Lowering, call: Node, args: readonly Node[]): void {
  const { types } = lowering.facts;
  const [to, from] = args;
  if (to !== undefined) lowering.push(DISCARD, to);
  if (from === undefined) return;
  const under = types.underlying(types.typeOf(from));
  const holdsPointers = under.kind === 'slice' && hasPointers(types, under.element);
  lowering.push(holdsPointers ? lowering.note({ ...heapHole(), derefs: 1 }, 'copy', call) : DISCARD, from);
}

/** A key that is looked for becomes one of the map's keys first, which may be interfaces. */
function lowerDelete(lowering: Lowering, [map, key]: readonly Node[], read: Hole): void {
  const { types } = lowering.facts;
  if (map === undefined) return;
  lowering.push(read, map);
  const under = types.underlying(types.typeOf(map));
  if (key !== undefined) lowering.convert(read, key, under.kind === 'map' ? under.key : undefined);
}

function lowerMake(lowering: Lowering, hole: Hole, call: Node, args: readonly Node[]): void {
  const { types } = lowering.facts;
  const type = types.underlying(types.typeOf(call));
  for (const size of args.slice(1)) lowering.push(DISCARD, size);
  if (type.kind === 'slice') lowering.spill(hole, 'make', call, { offStack: sliceOffStack(lowering, type.element, args) });
  else if (type.kind === 'map') lowering.spill(hole, 'make', call);
}

/** Why a slice is never on the stack: over 64 KiB; before Go 1.25 of a variable length, which may be short since; since then without elements' size. */
function sliceOffStack({ facts }: Lowering, element: Type, args: readonly Node[]): OffStack | undefined {
  const { types, compiler } = facts;
  const size = types.sizeOf(element);
  const last = args.at(-1);
  const count = last === undefined || args.length < 2 ? undefined : staticValue(facts, last);
  if (size === 0 && compiler >= HYBRID_SLICES) return 'too-large';
  if (typeof count !== 'bigint') return compiler < HYBRID_SLICES ? 'unknown-length' : undefined;
  return size !== undefined && count * BigInt(size) > BigInt(IMPLICIT_STACK_LIMIT) ? 'too-large' : undefined;
}

function lowerNew(lowering: Lowering, hole: Hole, call: Node, args: readonly Node[]): void {
  const { types, tree, scopes } = lowering.facts;
  const type = types.typeOf(call);
  const isTooLarge = type.kind === 'pointer' && (types.sizeOf(type.element) ?? 0) > IMPLICIT_STACK_LIMIT;
  const variable = lowering.spill(hole, 'new', call, { offStack: isTooLarge ? 'too-large' : undefined });
  const [argument] = args;
  const isName = argument !== undefined && tree.kind[argument] === Kind.identifier;
  if (isName && scopes.symbolOf(argument)?.kind === 'variable') lowering.push(variable, argument);
}
