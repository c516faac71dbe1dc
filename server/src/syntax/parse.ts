/**
 * Bytes to tree. Parsing never fails: what is not Go becomes error nodes, and `problems` says where. Nobody outside `syntax/`
 * knows how it is done.
 */
import { invariant, type Range } from '../base/index.ts';
import { Kind } from './kinds.ts';
import { Driver, Flattener, readTables, WOUND } from './parser/index.ts';
import { type Recovered, recover } from './recover.ts';
import { Flag, type Tree } from './tree.ts';

/** Gives the bytes of a file in `grammars/` by its name. */
export type GrammarReader = (name: string) => Uint8Array | Promise<Uint8Array>;

export interface ParseResult {
  readonly tree: Tree;
  /** Byte ranges of the outermost errors, in source order; empty when the whole file is Go. */
  readonly problems: readonly Range[];
}

interface Engine {
  readonly driver: Driver;
  readonly flattener: Flattener;
}

let engine: Engine | undefined;

/** Must complete before the first `parse`. `read` gives files of `grammars/`; rejects with its error. Repeated calls do nothing. */
export async function loadGrammar(read: GrammarReader): Promise<void> {
  if (engine !== undefined) return;
  const tables = readTables(await read('go-tables.bin'));
  engine = { driver: new Driver(tables), flattener: new Flattener(tables) };
}

/** Parses a whole file of UTF-8 bytes; invalid ones are errors where they stand. */
export function parse(source: Uint8Array): ParseResult {
  invariant(engine !== undefined, 'the grammar is not loaded: await loadGrammar() first');
  const { driver, flattener } = engine;
  driver.open(source);
  const root = driver.read();
  if (root !== undefined) return judged(flattener.flatten(root, source), []);
  const recovered = recover(driver, source);
  const tree = flattener.flatten(recovered.root, source);
  markWounds(tree, driver.bytes, recovered);
  return judged(tree, recovered.mended);
}

const AT_TOP: ReadonlySet<number> = new Set([
  Kind.package_clause,
  Kind.import_declaration,
  Kind.const_declaration,
  Kind.var_declaration,
  Kind.type_declaration,
  Kind.function_declaration,
  Kind.method_declaration,
  Kind.empty_statement,
  Kind.comment,
  Kind.ERROR,
]);

/** The grammar takes statements outside functions, which Go does not; those that begin with `func` the parser cannot tell. */
function judged(tree: Tree, mended: readonly Range[]): ParseResult {
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (AT_TOP.has(tree.kind[row])) continue;
    tree.flags[row] |= Flag.error | Flag.broken;
    tree.flags[0] |= Flag.broken;
  }
  if ((tree.flags[0] & Flag.broken) === 0) return { tree, problems: [] };
  const errors = outermostErrors(tree);
  const hidden = mended.filter(({ start }) => !errors.some((error) => error.start <= start && start < error.end));
  return { tree, problems: [...errors, ...hidden].sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** Text that was taken out was read as comments. */
function markWounds(tree: Tree, bytes: Uint8Array, { broken }: Recovered): void {
  for (let row = tree.length - 1; row > 0; row--) {
    if (tree.kind[row] === Kind.comment && bytes[tree.start[row]] === WOUND) {
      tree.kind[row] = Kind.ERROR;
      tree.flags[row] |= Flag.error | Flag.broken;
    }
    if ((tree.flags[row] & Flag.broken) !== 0) tree.flags[tree.parent[row]] |= Flag.broken;
  }
  tree.flags[0] |= Flag.broken;
  let piece = 0;
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    while (piece < broken.length && broken[piece].end <= tree.start[row]) piece++;
    if (piece < broken.length && broken[piece].start <= tree.start[row]) tree.flags[row] |= Flag.broken;
  }
}

function outermostErrors(tree: Tree): Range[] {
  const errors: Range[] = [];
  for (let row = 0; row < tree.length; ) {
    const isError = (tree.flags[row] & Flag.error) !== 0;
    if (isError) errors.push({ start: tree.start[row], end: tree.end[row] });
    row = isError ? Math.max(tree.next[row], row + 1) : row + 1;
  }
  return errors;
}
