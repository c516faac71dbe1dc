/** What a thread needs to make the analysis: where the grammar and the standard library's facts lie, and the factory. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type FileSystem, isForeign, type Store } from '../base/index.ts';
import { cautiousSession, type MemoryFiles } from '../host/index.ts';
import { createStdLibrary, type StdLibrary } from '../model/index.ts';
import { createSession, type Session } from '../review/index.ts';
import { loadGrammar } from '../syntax/index.ts';
import { cacheDirectory } from './cache-directory.ts';
import { processEnvironment, readGoEnvironment } from './go-environment.ts';
import { createStore } from './store.ts';

export interface Assets {
  /** Directory of the grammar files. */
  readonly grammars: string;
  /** Directory of the standard library's facts, one compressed file per Go release; the analysis does without what is absent. */
  readonly facts: string;
}

/** `foreign`: files of the file system that may still be on their way. */
export type SessionFactory = (fileSystem: FileSystem, assets: Assets, foreign?: MemoryFiles) => Promise<Session>;

/** The real analysis. Rejects when the grammar cannot be read. */
export const createGoSession: SessionFactory = async (fileSystem, assets, foreign) => {
  await loadGrammar((name) => readFileSync(join(assets.grammars, name)));
  const library = libraryIn(assets.facts);
  const options = { environment: readGoEnvironment, store: openStore(assets) };
  const create = (): Session => createSession(fileSystem, library, undefined, options);
  return foreign === undefined ? create() : cautiousSession(foreign, create, isForeign);
};

/** What this bundle and its facts say is of no use to another. */
function openStore({ facts }: Assets): Store | undefined {
  const directory = cacheDirectory(processEnvironment());
  const build = (): string => {
    const hash = createHash('sha256');
    const files = readdirSync(facts).map((name) => join(facts, name));
    for (const file of [__filename, ...files.sort()]) hash.update(readFileSync(file));
    return hash.digest('hex');
  };
  return directory === undefined ? undefined : createStore({ directory, build });
}

/** Nothing is read or inflated before it is asked for. */
function libraryIn(directory: string): StdLibrary {
  return createStdLibrary((release) => {
    let compressed: Uint8Array;
    try {
      compressed = readFileSync(join(directory, `std.go1.${release}.txt.gz`));
    } catch {
      return undefined;
    }
    return gunzipSync(compressed);
  });
}
