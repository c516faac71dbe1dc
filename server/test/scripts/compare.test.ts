/** Two reports of the ecosystem proof: what counts as the same finding, and what as another. */
import { expect, it } from 'vitest';
import { compareReports } from '../../../scripts/ecosystem/compare.ts';
import type { FindingRecord, ModuleProof, Report } from '../../../scripts/ecosystem/report.ts';

const RECORD: FindingRecord = { at: 'slice-growth a.go:3:4', level: 'hint, certain', message: 'grows s', fixes: ['safe 01'] };

it('finds nothing in a report held against itself', () => {
  const report = reportOf([RECORD, RECORD]);
  expect(compareReports(report, report)).toMatchObject({ lines: [], added: 0, lost: 0, changed: 0, apart: [] });
});

it('tells new, lost and changed findings', () => {
  const other = { ...RECORD, at: 'map-growth b.go:1:1' };
  expect(compareReports(reportOf([RECORD]), reportOf([other])).lines).toEqual([
    '- example.org/m@v1.0.0 slice-growth a.go:3:4 grows s',
    '+ example.org/m@v1.0.0 map-growth b.go:1:1 grows s',
  ]);
  expect(compareReports(reportOf([RECORD]), reportOf([RECORD, RECORD]))).toMatchObject({ added: 1, lost: 0 });
});

it.each([
  [{ level: 'information, likely' }, 'hint, certain → information, likely'],
  [{ message: 'grows t' }, 'message: grows t'],
  [{ fixes: ['suggestion 01'] }, 'fixes: safe → suggestion'],
  [{ fixes: ['safe 02'] }, 'other edits'],
])('says what changed: %j', (change, text) => {
  const { lines, changed } = compareReports(reportOf([RECORD]), reportOf([{ ...RECORD, ...change }]));
  expect(changed).toBe(1);
  expect(lines[0]).toBe(`~ example.org/m@v1.0.0 ${RECORD.at} ${text}`);
});

it('does not compare what only one of them knows', () => {
  const unproved: ModuleProof = { module: 'example.org/m', version: 'v1.0.0', status: 'unproved', why: 'gone' };
  const comparison = compareReports(reportOf([RECORD]), { ...reportOf([]), modules: [unproved] });
  expect(comparison).toMatchObject({ lines: [], lost: 0, apart: ['example.org/m@v1.0.0'] });
});

function reportOf(findings: readonly FindingRecord[]): Report {
  const tests = { passedBefore: 0, passedAfter: 0, flaky: [], isCut: false };
  const proof: ModuleProof = {
    module: 'example.org/m',
    version: 'v1.0.0',
    status: 'proved',
    files: 1,
    rules: {},
    problems: [],
    tests,
    findings,
  };
  return { product: { commit: 'c', digest: 'd' }, go: 'go1.26', date: '2026-01-01', modules: [proof] };
}
