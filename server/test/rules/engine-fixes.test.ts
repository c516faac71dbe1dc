/** Each fix of the rules on the escape analysis, alone: the finding goes and none of these rules says more, on every fixture. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { fixtureFolders, goFiles, loadRules, sessionIn } from './fixtures.ts';

beforeAll(loadTestGrammar);

const judges = (await loadRules()).flatMap((each) => ('rule' in each && each.rule.evidence === 'escape' ? [each.rule] : []));

describe.each(judges)('$id', ({ id }) => {
  it.each(fixtureFolders(id))('offers only fixes that stand in %s', (folder) => {
    const session = sessionIn(folder, judges);
    const paths = goFiles(folder).map((name) => join(folder, name));
    const offered = session.review(paths, neverCancelled).findings.flatMap(({ fixes }) => fixes);
    // A folder about silence has findings that nothing repairs.
    expect(offered.length > 0, 'some, where there are goldens').toBe(readdirSync(folder).some((name) => name.startsWith('bad.fixed')));
    expect(paths.flatMap((path) => session.refutedFixes(path, neverCancelled))).toEqual([]);
  });
});
