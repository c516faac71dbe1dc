/** Edits of what functions speak of: fields that come, types that become pointers or stop to be some, constants that grow. */

/** A text after an edit; `what` says which. Not all of them parse. */
export interface Edited {
  readonly text: string;
  readonly what: string;
}

/** Of the types that are written in the text those that are chosen, by their numbers from 0; of structs and constants all. */
export function typeEdits(text: string, isChosen: (index: number) => boolean): readonly Edited[] {
  return [...withFields(text), ...withPointers(text, isChosen), ...withLargeConstants(text)];
}

/** The text with a field more in each of its structs, with and without a pointer in it, small and large. */
function* withFields(text: string): Generator<Edited> {
  for (const [i, { index, 0: head }] of [...text.matchAll(/\bstruct \{\n/g)].entries())
    for (const field of ['_ *int', '_ [200]byte', '_ [1 << 25]byte', 'error'])
      yield { text: spliced(text, index + head.length, 0, `\t${field}\n`), what: `struct ${i} with ${field}` };
}

/** The text with a pointer for each type of one word that declares a field, a parameter or a result, and the other way round. */
function* withPointers(text: string, isChosen: (index: number) => boolean): Generator<Edited> {
  for (const [i, { index, 0: written, 1: before, 2: type }] of [...text.matchAll(/(\w )(\*?\w+)(?=[,)\n])/g)].entries()) {
    if (!isChosen(i)) continue;
    const other = type.startsWith('*') ? type.slice(1) : `*${type}`;
    yield { text: spliced(text, index + before.length, written.length - before.length, other), what: `${type} ${i} as ${other}` };
  }
}

function* withLargeConstants(text: string): Generator<Edited> {
  for (const { index, 0: written } of text.matchAll(/\b[1-9]\d*\b/g))
    yield { text: spliced(text, index, written.length, `${written}000000`), what: `${written} at ${index} as a large one` };
}

function spliced(text: string, at: number, length: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + length);
}
