/**
 * Edits bodies of a file one after the other and holds the session that sees them against one that sees only the text as it is
 * then: blanked and written again, without a statement, with one twice. What one function says of another shows there.
 */
import { neverCancelled } from '../../src/base/index.ts';
import type { ReviewSettings } from '../../src/config/index.ts';
import type { Session } from '../../src/review/index.ts';
import { childOf, children, Field, firstChild, isFunction, NONE, type Node, parse, type Tree } from '../../src/syntax/index.ts';

export interface EditedFile {
  /** With the module of the file, in which it is not open yet. */
  readonly start: () => Session;
  readonly settings: ReviewSettings;
  readonly path: string;
  /** Sound. */
  readonly text: string;
  /** Bodies to edit, of all that there are from the first; every one by default. */
  readonly isChosen?: (index: number) => boolean;
}

export interface Outcome {
  readonly edits: number;
  /** Edits after which the two differ, in words. */
  readonly differences: readonly string[];
}

/** The grammar must be loaded. */
export function editBodies({ start, settings, path, text, isChosen = () => true }: EditedFile): Outcome {
  const session = opened(start(), settings, path, text);
  review(session, path);
  const differences: string[] = [];
  let edits = 0;
  const hold = (now: string, what: string): void => {
    if (parse(encoder.encode(now)).problems.length > 0) return;
    edits++;
    session.change({ path, version: edits + 1, text: now });
    const [ours, fresh] = [review(session, path), review(opened(start(), settings, path, now), path)];
    if (ours !== fresh) differences.push(`${path}, ${what}: ${firstDifference(fresh, ours)}`);
  };
  for (const edit of bodyEdits(text, isChosen)) hold(edit.text, edit.what);
  return { edits, differences };
}

/** A text with another body in one function; `what` says which and how. */
export interface BodyEdit {
  readonly text: string;
  readonly what: string;
}

/** Not all of them parse; after one that leaves nothing of a body comes the text as it was. The grammar must be loaded. */
export function* bodyEdits(text: string, isChosen: (index: number) => boolean): Generator<BodyEdit> {
  const { tree } = parse(encoder.encode(text));
  for (const [i, body] of bodiesOf(tree).entries()) {
    if (!isChosen(i)) continue;
    const line = tree.source.subarray(0, tree.start[body]).filter((byte) => byte === 10).length + 1;
    const cut = (from: number, to: number, by: string): string =>
      decoder.decode(tree.source.subarray(0, from)) + by + decoder.decode(tree.source.subarray(to));
    yield { text: cut(tree.start[body], tree.end[body], '{\n}'), what: `line ${line} blank` };
    yield { text, what: `line ${line} as before` };
    for (const statement of statementsOf(tree, body)) {
      const own = decoder.decode(tree.source.subarray(tree.start[statement], tree.end[statement]));
      yield { text: cut(tree.start[statement], tree.end[statement], ''), what: `line ${line} without ${own.slice(0, 30)}` };
      yield {
        text: cut(tree.start[statement], tree.end[statement], `${own}\n${own}`),
        what: `line ${line} with twice ${own.slice(0, 30)}`,
      };
    }
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function opened(session: Session, settings: ReviewSettings, path: string, text: string): Session {
  session.configure(settings);
  session.open({ path, version: 1, text });
  return session;
}

function review(session: Session, path: string): string {
  const { findings, faults } = session.review([path], neverCancelled);
  return JSON.stringify({ findings, faults }, undefined, 1);
}

function bodiesOf(tree: Tree): Node[] {
  const found: Node[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    const body = isFunction(tree, row) ? childOf(tree, row, Field.body) : NONE;
    if (body !== NONE) found.push(body);
  }
  return found;
}

function statementsOf(tree: Tree, body: Node): readonly Node[] {
  const list = firstChild(tree, body);
  return list === NONE ? [] : children(tree, list);
}

function firstDifference(fresh: string, ours: string): string {
  const [a, b] = [fresh.split('\n'), ours.split('\n')];
  const at = a.findIndex((line, i) => line !== b[i]);
  const shown = (lines: readonly string[]): string =>
    lines
      .slice(Math.max(0, at - 8), at + 3)
      .join(' ')
      .replace(/\s+/g, ' ');
  return `a fresh review says ${shown(a)}, this one ${shown(b)}`;
}
