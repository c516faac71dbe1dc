/** What a thread needs to make the analysis: where the grammar and the standard library's facts lie, and the factory. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSystem, Store } from '../base/index.ts';
import { createStdFacts, type StdFacts } from '../model/index.ts';
import { createSession, type Session } from '../review/index.ts';
import { loadGrammar } from '../syntax/index.ts';
import { cacheDirectory } from './cache-directory.ts';
import { processEnvironment, readGoEnvironment } from './go-environment.ts';
import { createStore } from './store.ts';

export interface Assets {
  /** Directory of the grammar files. */
  readonly grammars: string;
  /** File of facts; the analysis does without when it is absent. */
  readonly facts: string;
}

export type SessionFactory = (fileSystem: FileSystem, assets: Assets) => Promise<Session>;

/** The real analysis. Rejects when the grammar cannot be read. */
export const createGoSession: SessionFactory = async (fileSystem, assets) => {
  await loadGrammar((name) => readFileSync(join(assets.grammars, name)));
  return createSession(fileSystem, readFacts(assets.facts), undefined, { environment: readGoEnvironment, store: openStore(assets) });
};

/** What this bundle and its facts say is of no use to another. */
function openStore({ facts }: Assets): Store | undefined {
  const directory = cacheDirectory(processEnvironment());
  const build = (): string => {
    const hash = createHash('sha256');
    for (const file of [__filename, facts]) hash.update(readFileSync(file));
    return hash.digest('hex');
  };
  return directory === undefined ? undefined : createStore({ directory, build });
}

function readFacts(file: string): StdFacts | undefined {
  let text: Uint8Array;
  try {
    text = readFileSync(file);
  } catch {
    return undefined;
  }
  return createStdFacts(text);
}
