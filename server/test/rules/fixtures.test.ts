/**
 * Every rule against its fixtures in test-fixtures/rules/<id>: findings stand exactly where the markers want them, good.go is
 * silent, fixes give the golden and come to rest. One rule alone: `npx vitest run server/test/rules/fixtures.test.ts -t lost-cancel`;
 * with UPDATE_GOLDENS=1 in the environment it writes the goldens anew, to be read before they are committed.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { areDisjoint, neverCancelled, type Range } from '../../src/base/index.ts';
import { combineFixes, type Finding, firstFix, type Session } from '../../src/review/index.ts';
import type { FixSafety, Rule } from '../../src/rules/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { mismatches, wantsOf, withoutMarkers } from '../support/want.ts';
import {
  applied,
  FIXTURES,
  faultsOf,
  fixOnce,
  fixtureFolders,
  goFiles,
  loadRules,
  readText,
  reviewText,
  seenIn,
  sessionIn,
} from './fixtures.ts';

beforeAll(loadTestGrammar);

const loaded = await loadRules();
const GOLDENS: readonly { readonly file: string; readonly tier: FixSafety }[] = [
  { file: 'bad.fixed.go', tier: 'safe' },
  { file: 'bad.fixed.suggestion.go', tier: 'suggestion' },
];

describe.each(loaded)('$id', (each) => {
  if ('problem' in each) {
    it('loads', () => expect.fail(each.problem));
    return;
  }
  const { id, rule } = each;
  const folders = fixtureFolders(id);

  it('has bad.go, good.go and the golden of its fix', () => {
    expect(folders, `test-fixtures/rules/${id} holds bad.go and good.go`).not.toEqual([]);
    const has = (name: string): boolean => folders.some((folder) => existsSync(join(folder, name)));
    expect({ bad: has('bad.go'), good: has('good.go') }).toEqual({ bad: true, good: true });
    if (rule.fix === 'safe') expect(has('bad.fixed.go'), 'a rule with a safe fix has bad.fixed.go').toBe(true);
    if (rule.fix === 'suggestion')
      expect(has('bad.fixed.suggestion.go'), 'a rule with a suggestion has bad.fixed.suggestion.go').toBe(true);
  });

  it('flags docs.bad and leaves docs.good alone', () => {
    const bad = reviewText(rule, rule.docs.bad);
    const good = reviewText(rule, rule.docs.good);
    expect(faultsOf(bad) + faultsOf(good)).toBe('');
    expect(bad.findings.length, 'docs.bad gives a finding').toBeGreaterThan(0);
    expect(good.findings.map((finding) => finding.message)).toEqual([]);
  });

  describe.each(folders.map((folder) => ({ name: relative(FIXTURES, folder), folder })))('$name', ({ folder }) => {
    it.each(goFiles(folder))('%s: findings are where its markers want them', (name) => {
      const text = readText(folder, name);
      const review = sessionIn(folder, [rule]).review([join(folder, name)], neverCancelled);
      expect(faultsOf(review)).toBe('');
      expect(review.skipped).toEqual([]);
      expect(mismatches(wantsOf(text), seenIn(review.findings, text)).join('\n')).toBe('');
      if (name === 'good.go') expect(wantsOf(text), 'good.go wants nothing').toEqual([]);
      for (const finding of review.findings) {
        expectWellFormed(finding);
        expect(sliceBytes(text, finding.at), 'a finding lies on one line').toMatch(/^[^\n]+$/);
      }
    });

    for (const { file, tier } of GOLDENS) {
      const isWanted = process.env.UPDATE_GOLDENS !== undefined && rule.fix === tier && existsSync(join(folder, 'bad.go'));
      if (!isWanted && !existsSync(join(folder, file))) continue;
      it(`${tier} fixes give ${file}, and no more`, () => expectGolden(rule, folder, file, tier));
    }

    if (existsSync(join(folder, 'bad.go'))) {
      it('each fix by itself parses and takes its finding away', () => expectSingleFixes(rule, join(folder, 'bad.go')));
    }
  });
});

function expectWellFormed(finding: Finding): void {
  expect(finding.message, 'every placeholder is filled').not.toMatch(/\{\w+\}|undefined|NaN|\[object/);
  expect(finding.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  for (const fix of finding.fixes) {
    expect(fix.title).not.toMatch(/\{\w+\}|undefined/);
    expect(areDisjoint(fix.edits)).toBe(true);
  }
  for (const { note } of finding.related) expect(note).not.toMatch(/\{\w+\}|undefined/);
}

function sliceBytes(text: string, { start, end }: Range): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(start, end));
}

function expectGolden(rule: Rule, folder: string, golden: string, tier: FixSafety): void {
  const path = join(folder, 'bad.go');
  const session = sessionIn(dirname(path), [rule]);
  const before = readText(path);
  const first = fixOnce(session, path, before, tier);
  expect(first.applied.length, 'bad.go offers a fix').toBeGreaterThan(0);
  let round = first;
  for (let n = 0; n < 3 && round.applied.length > 0; n++) {
    const next = fixOnce(session, path, round.text, tier);
    expect(next.findings.length, 'fixes take their findings away and add none').toBe(round.findings.length - round.applied.length);
    round = next;
  }
  expect(round.applied, 'fixes come to rest').toEqual([]);
  expect(parse(new TextEncoder().encode(round.text)).problems).toEqual([]);
  if (process.env.UPDATE_GOLDENS !== undefined) writeFileSync(join(folder, golden), goldenText(round.text, join(folder, golden), tier));
  expect(withoutMarkers(round.text)).toBe(withoutMarkers(readText(folder, golden)));
}

/** What a golden holds: the fixed text under its build constraint, which stays as it is where there is one. */
function goldenText(text: string, path: string, tier: FixSafety): string {
  const written = existsSync(path) ? /^\/\/go:build .*$/m.exec(readText(path))?.[0] : undefined;
  return `${written ?? (tier === 'safe' ? '//go:build fixed' : '//go:build fixed && suggestion')}\n\n${withoutMarkers(text)}`;
}

function expectSingleFixes(rule: Rule, path: string): void {
  const session = sessionIn(dirname(path), [rule]);
  const before = readText(path);
  const { findings } = session.review([path], neverCancelled);
  for (const finding of findings) {
    for (const fix of finding.fixes) expectSingleFix(session, path, before, findings.length, { ...finding, fixes: [fix] });
  }
}

function expectSingleFix(session: Session, path: string, before: string, count: number, finding: Finding): void {
  const fix = firstFix(finding, 'unsafe');
  const { edits } = combineFixes(fix === undefined ? [] : [fix]);
  const text = applied(before, edits);
  expect(parse(new TextEncoder().encode(text)).problems, `${fix?.title}: the result parses\n${text}`).toEqual([]);
  if (fix?.safety === 'unsafe') return;
  session.open({ path, version: 2, text });
  const after = session.review([path], neverCancelled);
  session.close(path);
  expect(after.findings.length, `${basename(path)}: “${fix?.title}” takes its finding away and adds none\n${text}`).toBeLessThan(count);
}
