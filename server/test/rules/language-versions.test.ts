/**
 * Between which language versions nothing else is found: a change of go.mod has a whole module reviewed anew where that is not known. Every rule's
 * fixtures are reviewed in neighbouring versions, and no source may ask for a version beside the list.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { Memo, neverCancelled } from '../../src/base/index.ts';
import { findsAlike, NEWEST_GO, Since, UNSTATED_GO } from '../../src/model/index.ts';
import { rules } from '../../src/rules/index.ts';
import { ROOT } from '../support/distribution.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { fixtureFolders, goFiles, readText, sessionFor } from './fixtures.ts';

beforeAll(loadTestGrammar);

const listed: readonly number[] = Object.values(Since);

it('is told for versions between which none of the list lies', () => {
  expect(findsAlike(25, 26)).toBe(true);
  expect(findsAlike(26, 25)).toBe(true);
  expect(findsAlike(24, 25)).toBe(false);
  expect(findsAlike(20, 23)).toBe(false);
  expect(findsAlike(undefined, UNSTATED_GO)).toBe(true);
  expect(findsAlike(undefined, 26)).toBe(false);
});

it('holds for the fixtures of all rules', () => {
  const pairs = Array.from({ length: NEWEST_GO - UNSTATED_GO }, (_, i) => [UNSTATED_GO + i, UNSTATED_GO + i + 1]);
  const alike = pairs.filter(([one, other]) => findsAlike(one, other));
  expect(alike.length).toBeGreaterThan(1);
  const files = Object.fromEntries(rules.flatMap(({ id }) => fixtureFolders(id)).flatMap(filesOf));
  const inVersion = new Memo((minor: number) => findingsIn(files, minor));
  for (const [one, other] of alike) {
    const [before, now] = [inVersion.get(one), inVersion.get(other)];
    expect({ version: other, findings: now }).toEqual({ version: other, findings: before });
    expect(now.length).toBeGreaterThan(500);
  }
});

it('rests on the list: nobody compares a version with another number', () => {
  const sources = readdirSync(join(ROOT, 'server/src'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const compared = sources.flatMap((name) => {
    const text = readFileSync(join(ROOT, 'server/src', name), 'utf8');
    return [...text.matchAll(/\bgo(?: \?\? 0\))? (?:<|>=|<=|>) (\S+)/g)].map(([, number]) => ({ name, number }));
  });
  expect(compared.filter(({ number }) => !/^(?:(?:Worded)?Since|\(rule\.go)\./.test(number))).toEqual([]);
  expect(compared.length).toBeGreaterThan(10);
  const ofRules = rules.flatMap(({ go: { from, to } }) => [from ?? [], to === undefined ? [] : to + 1].flat());
  expect(ofRules.filter((minor) => !listed.includes(minor))).toEqual([]);
  expect(ofRules.length).toBeGreaterThan(0);
});

/** The text of each Go file of a folder, which is a package of the module. */
function filesOf(folder: string): [path: string, text: string][] {
  return goFiles(folder).map((name) => [join('/m', relative(ROOT, folder), name), readText(folder, name)]);
}

/** In a module that states the version; messages may speak of it. */
function findingsIn(files: Readonly<Record<string, string>>, minor: number): readonly string[] {
  const session = sessionFor(rules, memoryFiles({ ...files, '/m/go.mod': `module m\n\ngo 1.${minor}\n` }));
  const { findings, faults } = session.review(Object.keys(files), neverCancelled);
  expect(faults).toEqual([]);
  return findings.map(({ ruleId, path, at, fingerprint }) => `${ruleId} ${path} ${at.start} ${at.end} ${fingerprint}`);
}
