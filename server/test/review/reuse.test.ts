/**
 * Findings that stand while a function beside them is typed into are those of a fresh review. Every rule's own fixtures are typed
 * into, in which functions are there to show what one means for another; of their bodies each third, `BODIES=1` takes all.
 */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { resolveSettings } from '../../src/config/index.ts';
import { createNodeFileSystem } from '../../src/node/index.ts';
import { createSession } from '../../src/review/index.ts';
import { fixtureFolders, goFiles, loadRules, readText } from '../rules/fixtures.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { editBodies } from './edited-bodies.ts';

beforeAll(loadTestGrammar);

const PRESET = process.env.PRESET === 'recommended' ? 'recommended' : 'all';
const settings = { ...resolveSettings({ preset: PRESET }, undefined), showPossible: true };
const loaded = await loadRules();
const rules = loaded.flatMap((each) => ('rule' in each ? [each.id] : []));

const step = Number(process.env.BODIES ?? 3);

it.each(rules)('%s', (id) => {
  let edits = 0;
  for (const folder of fixtureFolders(id)) {
    for (const name of goFiles(folder)) {
      const path = join(folder, name);
      const start = () => createSession(createNodeFileSystem(), loadTestLibrary());
      const outcome = editBodies({ start, settings, path, text: readText(path), isChosen: (index) => index % step === 0 });
      expect(outcome.differences).toEqual([]);
      edits += outcome.edits;
    }
  }
  expect(edits).toBeGreaterThan(0);
});
