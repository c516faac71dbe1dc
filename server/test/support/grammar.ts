/** Loads the grammar from `grammars/` once for a test file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGrammar } from '../../src/syntax/index.ts';

const GRAMMARS = join(import.meta.dirname, '../../../grammars');

export function loadTestGrammar(): Promise<void> {
  return loadGrammar((name) => readFileSync(join(GRAMMARS, name)));
}
