/** The whole engine on broken text: mutations of the fixtures, a few here and many in `npm run fuzz -- --engine`. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { readCorpus } from '../../bench/corpus.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { throughEngine } from '../support/whole-engine.ts';
import { mutated, random } from '../syntax/oracle/mutations.ts';

const FIXTURES = join(import.meta.dirname, '../../../test-fixtures');
const MUTATIONS = 100;

beforeAll(loadTestGrammar);

it('neither throws nor reports a fault of its own', () => {
  const corpus = readCorpus(FIXTURES).filter(({ source }) => source.length < 8000);
  const next = random(MUTATIONS);
  for (let i = 0; i < MUTATIONS; i++) {
    const { path, source } = corpus[Math.floor(next() * corpus.length)];
    expect(throughEngine(mutated(source, next), loadTestLibrary()), `mutation ${i} of ${path}`).toEqual([]);
  }
});
