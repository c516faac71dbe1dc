/**
 * A unified diff as sets of lines: those that are new, and those that only came from elsewhere. A line that differs from the one it
 * replaces in white space alone is neither, nor is one that holds no code.
 */

import { diffArrays, parsePatch, type StructuredPatch } from 'diff';
import { errorMessage } from '../../base/index.ts';
import { UsageError } from '../io.ts';
import { isPlainComment } from './plain-comments.ts';

/** Lines of one file, from 1. */
export interface ChangedLines {
  readonly fresh: ReadonlySet<number>;
  /** Part of a block that was taken from another place, in this or another file. */
  readonly moved: ReadonlySet<number>;
}

/** One file of a diff, with the names as they stand there; undefined for a file that came or went. */
export interface FileChange {
  readonly oldName: string | undefined;
  readonly newName: string | undefined;
  readonly hunks: readonly Hunk[];
  /** As it was read. */
  readonly patch: StructuredPatch;
}

/** Lines without their ends that replace others; `start` counts from 1 in the new file. */
export interface Hunk {
  readonly start: number;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Throws UsageError, which begins with `what`, for a text that is no diff. */
export function parseDiff(text: string, what: string): readonly FileChange[] {
  // Content may end its lines with CR and LF in any diff; names do so in one that was written on Windows.
  const isWindows = /^(?:---|\+\+\+) .*\r$/m.test(text);
  const diff = withoutLetters(isWindows ? text.replaceAll('\r\n', '\n') : text);
  if (diff === '' && text.trim() !== '') throw new UsageError(`${what}: not a unified diff (it names no file, as in "--- a/x.go")`);
  try {
    return parsePatch(diff).map((patch) => ({
      oldName: nameOf(patch.oldFileName),
      newName: nameOf(patch.newFileName),
      hunks: patch.hunks.flatMap(({ newStart, lines }) => splitHunk(newStart, lines)),
      patch,
    }));
  } catch (error) {
    throw new UsageError(`${what}: not a unified diff (${errorMessage(error)})`);
  }
}

/** A diff without what mail puts around it: subject and message before, a signature behind the last line that a hunk counts. */
function withoutLetters(text: string): string {
  const kept: string[] = [];
  const lines = text.split('\n');
  let [removed, added] = [0, 0];
  for (const [i, line] of lines.entries()) {
    const counts = HUNK.exec(line);
    const isRemark = line.startsWith('\\') && kept.length > 0;
    if (removed > 0 || added > 0 || isRemark) {
      if (!line.startsWith('+') && !isRemark) removed--;
      if (!line.startsWith('-') && !isRemark) added--;
    } else if (counts !== null) [removed, added] = [Number(counts[1] ?? 1), Number(counts[2] ?? 1)];
    else if (!HEADER.test(line) && !isFileName(lines, i)) continue;
    kept.push(line);
  }
  return kept.map((line) => `${line}\n`).join('');
}

/** How many lines of before and of now follow. */
const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
const HEADER = /^(?:diff -|Index: |index [\da-f]+\.\.|=+$|(?:old|new) mode \d|(?:new|deleted) file mode \d|(?:rename|copy) (?:from|to) )/;

/** Names of before and now stand in two lines. */
function isFileName(lines: readonly string[], at: number): boolean {
  const first = lines[at].startsWith('+++ ') ? at - 1 : at;
  return lines[first]?.startsWith('--- ') === true && lines[first + 1]?.startsWith('+++ ') === true;
}

function nameOf(name: string | undefined): string | undefined {
  return name === undefined || name === '/dev/null' ? undefined : name;
}

/** Diffs with context hold several replacements in one hunk. */
function splitHunk(newStart: number, lines: readonly string[]): Hunk[] {
  const hunks: { start: number; added: string[]; removed: string[] }[] = [];
  let at = newStart;
  let open = false;
  for (const line of lines) {
    const isContext = line.startsWith(' ') || line === '';
    if (isContext) at++;
    if (isContext || line.startsWith('\\')) {
      open = open && !isContext;
      continue;
    }
    if (!open) hunks.push({ start: at, added: [], removed: [] });
    open = true;
    const hunk = hunks[hunks.length - 1];
    if (line.startsWith('+')) {
      hunk.added.push(withoutReturn(line.slice(1)));
      at++;
    } else hunk.removed.push(withoutReturn(line.slice(1)));
  }
  return hunks;
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

/** In the order of the changes. */
export function changedLines(changes: readonly Pick<FileChange, 'hunks'>[]): readonly ChangedLines[] {
  const removed = new RemovedBlocks(changes.flatMap(({ hunks }) => hunks.map((hunk) => hunk.removed)));
  return changes.map(({ hunks }) => {
    const fresh = new Set<number>();
    const moved = new Set<number>();
    for (const { start, added, removed: replaced } of hunks) {
      const isNew = differing(replaced, added);
      const length = removed.movedFrom(added);
      for (let i = 0; i < added.length; i++) {
        if (isPlainComment(added[i])) continue;
        if (length[i]) moved.add(start + i);
        else if (isNew[i]) fresh.add(start + i);
      }
    }
    return { fresh, moved };
  });
}

/** Of each line of `after`, whether it is more than a line of `before` with other white space. */
function differing(before: readonly string[], after: readonly string[]): readonly boolean[] {
  if (before.length === 0) return after.map(() => true);
  const squeezed = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/\s+/g, ''));
  return diffArrays(squeezed(before), squeezed(after)).flatMap(({ added, removed, count }) =>
    removed ? [] : Array.from({ length: count }, () => added),
  );
}

/** A block with fewer letters and digits than this is found anywhere; git's `--color-moved` asks for as many. */
const LEAST_CHARACTERS = 20;
/** A line that was removed so often begins no block. */
const COMMON = 50;

/** What a diff takes out, each line of which can have moved to one place only. */
class RemovedBlocks {
  private readonly places = new Map<string, { readonly block: number; readonly line: number }[]>();
  private readonly taken: boolean[][];

  constructor(private readonly blocks: readonly (readonly string[])[]) {
    this.taken = blocks.map((block) => block.map(() => false));
    for (const [block, lines] of blocks.entries()) {
      for (const [line, text] of lines.entries()) {
        const known = this.places.get(text);
        if (known === undefined) this.places.set(text, [{ block, line }]);
        else known.push({ block, line });
      }
    }
  }

  /** Of each added line, whether it moved here; takes what it finds. */
  movedFrom(added: readonly string[]): readonly boolean[] {
    const moved = added.map(() => false);
    for (let i = 0; i < added.length; ) {
      const { block, line, length } = this.longest(added, i);
      const isBlock =
        added
          .slice(i, i + length)
          .join('')
          .replace(/[^\p{L}\p{N}]/gu, '').length >= LEAST_CHARACTERS;
      if (!isBlock) {
        i++;
        continue;
      }
      this.taken[block].fill(true, line, line + length);
      moved.fill(true, i, i + length);
      i += length;
    }
    return moved;
  }

  private longest(added: readonly string[], from: number): { readonly block: number; readonly line: number; readonly length: number } {
    let best = { block: 0, line: 0, length: 0 };
    const places = this.places.get(added[from]) ?? [];
    if (places.length > COMMON) return best;
    for (const { block, line } of places) {
      let length = 0;
      while (this.isFree(block, line + length) && this.blocks[block][line + length] === added[from + length]) length++;
      if (length > best.length) best = { block, line, length };
    }
    return best;
  }

  private isFree(block: number, line: number): boolean {
    return line < this.blocks[block].length && !this.taken[block][line];
  }
}
