/**
 * A whole module under all recommended rules, as a host reviews it: configuration, suppression, generated, excluded and
 * half-typed files together. The same bytes come out however the work is cut up.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { findConfiguration, parseConfiguration, resolveSettings } from '../../src/config/index.ts';
import { createSession, mergedDependencies, type Review, type Session } from '../../src/review/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { diskFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { mismatches, wantsOf } from '../support/want.ts';

beforeAll(loadTestGrammar);

const ROOT = join(import.meta.dirname, '../../../test-fixtures/workspaces/mixed');

function session(): Session {
  const path = findConfiguration(diskFiles, ROOT) ?? '';
  const { configuration, problems } = parseConfiguration(path, readFileSync(path, 'utf8'));
  expect(problems).toEqual([]);
  const made = createSession(diskFiles, loadTestLibrary());
  made.configure(resolveSettings({}, configuration));
  return made;
}

function files(): readonly string[] {
  return session().discover([ROOT], neverCancelled).files;
}

it('walks the module, not vendor and testdata', () => {
  expect(files().map((path) => path.slice(ROOT.length + 1))).toEqual([
    'api/handler.go',
    'broken/typing.go',
    'internal/gen/gen.go',
    'internal/legacy/old.go',
    'store/store.go',
    'store/store_windows.go',
  ]);
});

describe('the review', () => {
  it('finds what the markers want, and nothing else', () => {
    const review = session().review(files(), neverCancelled);
    expect(review.faults).toEqual([]);
    for (const path of files()) {
      const text = readFileSync(path, 'utf8');
      const isReviewed = !review.skipped.some((skipped) => skipped.path === path);
      const seen = review.findings
        .filter((finding) => finding.path === path)
        .map(({ at, ruleId, message }) => ({ line: lineOf(text, at.start), rule: ruleId, message }));
      expect(mismatches(isReviewed ? wantsOf(text) : [], seen).join('\n'), path).toBe('');
    }
  });

  it('says why files are left out', () => {
    const { skipped } = session().review(files(), neverCancelled);
    expect(skipped.map(({ path, why }) => `${path.slice(ROOT.length + 1)}: ${why}`)).toEqual([
      'internal/gen/gen.go: generated code: read for facts, not reported',
      'internal/legacy/old.go: excluded by the configuration',
    ]);
  });

  it('offers fixes everywhere but in half-typed files', () => {
    const { findings } = session().review(files(), neverCancelled);
    for (const finding of findings) expect(finding.fixes.length > 0, finding.message).toBe(!finding.path.endsWith('typing.go'));
  });

  it('takes severities from the configuration', () => {
    const { findings } = session().review(files(), neverCancelled);
    const growth = findings.filter((finding) => finding.ruleId === 'slice-growth');
    expect(growth.length).toBeGreaterThan(0);
    expect(new Set(growth.map((finding) => finding.severity))).toEqual(new Set(['information']));
  });

  it('gives the same bytes whole, file by file, backwards, and again', () => {
    const whole = JSON.stringify(session().review(files(), neverCancelled));
    const backwards = [...files()].reverse();
    const one = session();
    expect(JSON.stringify(merged(files().map((path) => one.review([path], neverCancelled))))).toBe(whole);
    expect(JSON.stringify(merged(backwards.map((path) => session().review([path], neverCancelled)).reverse()))).toBe(whole);
    expect(JSON.stringify(one.review(backwards, neverCancelled))).toBe(whole);
  });

  it('gives them too after documents were opened, changed and closed', () => {
    const whole = JSON.stringify(session().review(files(), neverCancelled));
    const one = session();
    for (const path of files()) {
      const text = readFileSync(path, 'utf8');
      one.open({ path, version: 1, text: text.slice(0, text.length / 2) });
      one.review(files(), neverCancelled);
      one.change({ path, version: 2, text });
    }
    expect(JSON.stringify(one.review(files(), neverCancelled))).toBe(whole);
    for (const path of files()) one.close(path);
    expect(JSON.stringify(one.review(files(), neverCancelled))).toBe(whole);
  });

  it('tells every finding apart', () => {
    const { findings } = session().review(files(), neverCancelled);
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(findings.length);
  });
});

function merged(reviews: readonly Review[]): Review {
  return {
    findings: reviews.flatMap((review) => review.findings),
    faults: reviews.flatMap((review) => review.faults),
    files: reviews.reduce((sum, review) => sum + review.files, 0),
    skipped: reviews.flatMap((review) => review.skipped),
    suppressed: reviews.flatMap((review) => review.suppressed ?? []),
    restsOn: mergedDependencies(reviews),
  };
}

function lineOf(text: string, byte: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, byte)).split('\n').length;
}
