/** Writes what fixes made of the files, each at once or not at all. */

import { replaceFile, type WriteRefusal, writeProblem } from '../files/write-file.ts';
import type { Io } from '../io.ts';
import type { Plan } from '../plan.ts';

/** Files that were left as they are, with the reason. Standard input's text goes to standard output. */
export async function writeFixes({ texts, roots, stdinPath }: Plan, io: Io): Promise<ReadonlyMap<string, string>> {
  const refused = new Map<string, string>();
  if (stdinPath !== undefined) await io.stdout.write(new TextDecoder('utf-8', { ignoreBOM: true }).decode(texts.bytes(stdinPath)));
  for (const path of texts.changed()) {
    const [before, after] = [texts.original(path), texts.bytes(path)];
    if (path === stdinPath || before === undefined || after === undefined) continue;
    const why = tryToReplace(path, before, after, roots);
    if (why !== undefined) refused.set(path, why);
  }
  return refused;
}

function tryToReplace(path: string, before: Uint8Array, after: Uint8Array, roots: readonly string[]): string | undefined {
  try {
    const refusal = replaceFile(path, before, after, roots);
    return refusal === undefined ? undefined : REASONS[refusal];
  } catch (error) {
    return writeProblem(error);
  }
}

const REASONS: Readonly<Record<WriteRefusal, string>> = {
  moved: 'it changed while it was reviewed; review again',
  outside: 'it lies outside the reviewed directories',
  'not a regular file': 'it is not a regular file',
};
