/**
 * Bytes to tree. Parsing never fails: what is not Go becomes error nodes, and `problems` says where. The engine behind it
 * can be replaced without anyone outside `syntax/` noticing.
 */
import type { Range } from '../base/index.ts';
import { type GrammarReader, loadEngine, parseWithEngine } from './engine.ts';
import { Kind } from './kinds.ts';
import { recover } from './recover.ts';
import { Flag, type Tree } from './tree.ts';

export interface ParseResult {
  readonly tree: Tree;
  /** Byte ranges of the outermost errors, in source order; empty when the whole file is Go. */
  readonly problems: readonly Range[];
}

/** Must complete before the first `parse`. `read` gives files of `grammars/`; rejects with its error. */
export function loadGrammar(read: GrammarReader): Promise<void> {
  return loadEngine(read);
}

/** Parses a whole file of UTF-8 bytes; invalid ones are errors where they stand. */
export function parse(source: Uint8Array): ParseResult {
  const tree = parseFile(source);
  const problems = outermostErrors(tree);
  const recovered = problems.length > 0 ? recover(tree, parseFile, outermostErrors) : undefined;
  return recovered ?? { tree, problems };
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
]);

/** The grammar takes statements outside functions, which Go does not: they are mostly what is left of a broken function. */
function parseFile(source: Uint8Array): Tree {
  const tree = parseWithEngine(source);
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (AT_TOP.has(tree.kind[row])) continue;
    tree.flags[row] |= Flag.error | Flag.broken;
    tree.flags[0] |= Flag.broken;
  }
  return tree;
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
