/**
 * Fixes in company: all rules on every fixture, each fix by itself and all safe ones until nothing is left to do. Two rules
 * never undo each other, and with a Go toolchain at hand everything that is written compiles
 * and is as gofmt leaves it.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { COMPILE_TIMEOUT, compile, hasGo, unformatted, unlessGo, writeText } from '../support/go.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { withoutMarkers } from '../support/want.ts';
import { applied, FIXTURES, fixOnce, fixtureFolders, goFiles, loadRules, readText, sessionIn } from './fixtures.ts';

beforeAll(loadTestGrammar);

const ROUNDS = 5;
const loaded = await loadRules();
const rules = loaded.flatMap((each) => ('rule' in each ? [each.rule] : []));
const folders = rules.flatMap((rule) => fixtureFolders(rule.id)).filter((folder) => existsSync(join(folder, 'bad.go')));
const cases = folders.map((folder) => ({ name: relative(FIXTURES, folder), folder }));
const scratch = mkdtempSync(join(tmpdir(), 'escapement-fixes-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.each(cases)('$name', ({ folder }) => {
  it('comes to rest when all safe fixes of all rules are applied', () => {
    const text = atRest(folder);
    expect(parse(new TextEncoder().encode(text)).problems).toEqual([]);
  });
});

describe.skipIf(!hasGo)(`compiles${unlessGo}`, () => {
  it.each(cases)(
    '$name: every fix by itself, and all safe ones together',
    ({ name, folder }) => {
      const directory = join(scratch, name.replaceAll('/', '_'));
      writeText(directory, 'go.mod', readText(moduleFile(folder)));
      writePackage(directory, 'all', folder, atRest(folder));
      for (const [title, text] of singleFixes(folder)) writePackage(directory, title, folder, text);
      expect(compile(directory, './...')).toBe('');
      expect(unformatted(directory, goFilesBelow(directory))).toBe('');
    },
    COMPILE_TIMEOUT,
  );
});

function atRest(folder: string): string {
  const path = join(folder, 'bad.go');
  const session = sessionIn(dirname(path), rules);
  let text = readText(path);
  for (let n = 0; n < ROUNDS; n++) {
    const round = fixOnce(session, path, text, 'safe');
    if (round.applied.length === 0) return text;
    text = round.text;
  }
  return expect.fail(`safe fixes still find work after ${ROUNDS} rounds`);
}

/** Package folder names with the text that one fix, not an unsafe one, makes of bad.go. */
function singleFixes(folder: string): [string, string][] {
  const path = join(folder, 'bad.go');
  const before = readText(path);
  const { findings } = sessionIn(folder, rules).review([path], neverCancelled);
  return findings.flatMap(({ ruleId, at, fixes }) =>
    fixes
      .filter((fix) => fix.safety !== 'unsafe')
      .map((fix, i): [string, string] => [`${ruleId}_${at.start}_${i}`, applied(before, fix.edits)]),
  );
}

function writePackage(directory: string, name: string, folder: string, bad: string): void {
  for (const file of goFiles(folder).filter((each) => each !== 'bad.go')) writeText(directory, join(name, file), readText(folder, file));
  writeText(directory, join(name, 'bad.go'), withoutMarkers(bad));
}

function goFilesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.go'));
}

function moduleFile(folder: string): string {
  return readdirSync(folder).includes('go.mod') ? join(folder, 'go.mod') : moduleFile(dirname(folder));
}
