/**
 * Where our tree may differ from tree-sitter's: readings that only types could settle, on which ours is the commoner one in Go,
 * and one limit of tree-sitter's. Everything else that differs is a bug.
 */
import { Kind, type Tree } from '../../../src/syntax/index.ts';

/** Classes by name; the reason stands with each. */
const CLASSES: Readonly<Record<string, (ours: number, theirs: number) => boolean>> = {
  /** `f[T](x)`: tree-sitter takes some for a conversion to the generic type `f[T]`; Go has far more generic calls than conversions. */
  'generic call, not conversion': (ours, theirs) => ours === Kind.call_expression && theirs === Kind.type_conversion_expression,
  /** `m[k[i]]`, `m[k](x)`, `f[*p](x)`: tree-sitter takes the index for type arguments; only types could tell. */
  'index, not type arguments': (ours, theirs) => ours === Kind.index_expression && INSTANCES.has(theirs),
  /** Ten or more parameters of one type: tree-sitter runs out of stack versions and calls the names types. */
  'many names of one type': (ours, theirs) => ours === Kind.parameter_declaration && theirs === Kind.parameter_declaration,
};

const INSTANCES: ReadonlySet<number> = new Set([
  Kind.type_instantiation_expression,
  Kind.generic_type,
  Kind.call_expression,
  Kind.identifier,
  Kind.selector_expression,
  Kind.type_conversion_expression,
]);

/** Name of the class of the first difference, 'none', or a description of one that is in no class. */
export function difference(ours: Tree, theirs: Tree): string {
  const row = firstDifference(ours, theirs);
  if (row < 0) return 'none';
  const [a, b] = [ours.kind[row], theirs.kind[row]];
  const known = Object.entries(CLASSES).find(([, isOfClass]) => isOfClass(a, b));
  return known?.[0] ?? `byte ${ours.start[row] ?? ours.source.length}: kind ${a} here, ${b} there`;
}

const COLUMNS = ['kind', 'field', 'start', 'end', 'parent', 'next'] as const;

/** `next` of rows before the difference differs too, so that it is looked at last. */
function firstDifference(ours: Tree, theirs: Tree): number {
  const length = Math.min(ours.length, theirs.length);
  for (let row = 0; row < length; row++) {
    for (const column of COLUMNS) if (column !== 'next' && ours[column][row] !== theirs[column][row]) return row;
  }
  if (ours.length !== theirs.length) return length;
  for (let row = 0; row < length; row++) if (ours.next[row] !== theirs.next[row]) return row;
  return -1;
}
