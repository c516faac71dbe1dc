/**
 * Half-typed code: every rule on every fixture, cut off at many places. Nothing throws, no fix is offered, and nothing is
 * said about the function that is broken.
 */
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { faultsOf, fixtureFolders, goFiles, loadRules, readText, sessionIn } from './fixtures.ts';

beforeAll(loadTestGrammar);

/** The script `half-typed` cuts real files at many more. */
const CUTS = 12;
const loaded = await loadRules();
const rules = loaded.flatMap((each) => ('rule' in each ? [each.rule] : []));

describe.each(loaded.map((each) => each.id).filter((id) => fixtureFolders(id).length > 0))('%s', (id) => {
  const paths = fixtureFolders(id).flatMap((folder) => goFiles(folder).map((name) => join(folder, name)));

  it.each(paths)('%s cut off anywhere', (path) => {
    const session = sessionIn(dirname(path), rules);
    const whole = readText(path);
    for (let cut = 1; cut <= CUTS; cut++) {
      const text = whole.slice(0, Math.floor((whole.length * cut) / (CUTS + 1)));
      const { problems } = parse(new TextEncoder().encode(text));
      session.open({ path, version: cut, text });
      const review = session.review([path], neverCancelled);
      expect(faultsOf(review), `cut at ${text.length}`).toBe('');
      if (problems.length === 0) continue;
      expect(review.findings.flatMap((finding) => finding.fixes)).toEqual([]);
      const broken = lastFunctionStart(text);
      expect(review.findings.filter((finding) => finding.at.start >= broken)).toEqual([]);
    }
  });
});

/** Byte offset of the last top-level function, the one that the cut went through; the end when there is none. */
function lastFunctionStart(text: string): number {
  const at = text.lastIndexOf('\nfunc ');
  const isOpen = at >= 0 && !text.slice(at).includes('\n}\n');
  return new TextEncoder().encode(isOpen ? text.slice(0, at) : text).length;
}
