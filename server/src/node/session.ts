/** What a thread needs to make the analysis: where the grammar and the standard library's facts lie, and the factory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileSystem } from '../base/index.ts';
import { createStdFacts, type StdFacts } from '../model/index.ts';
import { createSession, type Session } from '../review/index.ts';
import { loadGrammar } from '../syntax/index.ts';
import { readGoEnvironment } from './go-environment.ts';

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
  return createSession(fileSystem, readFacts(assets.facts), undefined, { environment: readGoEnvironment });
};

function readFacts(file: string): StdFacts | undefined {
  let text: Uint8Array;
  try {
    text = readFileSync(file);
  } catch {
    return undefined;
  }
  return createStdFacts(text);
}
