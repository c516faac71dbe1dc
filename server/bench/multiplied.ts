/** A file as long as one wants, made of a real one: its declarations again and again, under other names each time. */
import { descendants, Kind, type Node, parse, type Tree, textBetween, textOf } from '../src/syntax/index.ts';

const NAMES: readonly number[] = [Kind.identifier, Kind.type_identifier];
const HEAD: readonly number[] = [Kind.package_clause, Kind.import_declaration, Kind.comment];

/** The text `times` over; the grammar must be loaded. */
export function multiplied(source: Uint8Array, times: number): string {
  const { tree } = parse(source);
  const rows = topLevel(tree);
  const head = rows.filter((row) => HEAD.includes(tree.kind[row])).at(-1) ?? 0;
  const first = rows.find((row) => !HEAD.includes(tree.kind[row])) ?? head;
  const names = declaredNames(tree, rows);
  const copies = Array.from({ length: times - 1 }, (_, i) => renamed(tree, first, names, `_${i}`));
  return [textBetween(tree, 0, tree.source.length), ...copies].join('\n');
}

function topLevel(tree: Tree): Node[] {
  const rows: Node[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) rows.push(row);
  return rows;
}

/** Methods keep their names, since their types get others. */
function declaredNames(tree: Tree, rows: readonly Node[]): Set<string> {
  const specs = [Kind.type_spec, Kind.type_alias, Kind.var_spec, Kind.const_spec];
  const names = new Set<string>();
  for (const row of rows) {
    if (tree.kind[row] === Kind.method_declaration) continue;
    const declaring = tree.kind[row] === Kind.function_declaration ? [row] : specs.flatMap((kind) => descendants(tree, row, kind));
    for (const node of declaring) names.add(textOf(tree, node + 1));
  }
  names.delete('_');
  names.delete('init');
  return names;
}

function renamed(tree: Tree, first: Node, names: ReadonlySet<string>, suffix: string): string {
  const parts: string[] = [];
  let at = tree.start[first];
  for (let row = first; row < tree.length; row++) {
    if (!NAMES.includes(tree.kind[row]) || !names.has(textOf(tree, row))) continue;
    parts.push(textBetween(tree, at, tree.end[row]), suffix);
    at = tree.end[row];
  }
  return [...parts, textBetween(tree, at, tree.source.length)].join('');
}
