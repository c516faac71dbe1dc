/**
 * `--format junit`: findings as failed tests, for CI systems that show nothing else. A review without findings is one test that passed,
 * because some of them take a report without tests for a broken one.
 */
import { byFile } from './by-file.ts';
import { baseOf, type Comparison, isMore, moreText } from './comparison.ts';
import { incompleteIn } from './incomplete.ts';
import { type PlacedFinding, Places, placeFindings } from './places.ts';
import type { Report } from './report.ts';
import { type Element, xmlDocument } from './xml.ts';

export function writeJunit(report: Report): string {
  const { review, run } = report;
  const places = new Places(report);
  const suites = byFile(placeFindings(review.findings, places)).map(([file, findings]) => suiteOf(file, findings.map(failureOf)));
  const faults = review.faults.map(({ path, message }) => suiteOf(places.relative(path), [errorOf(message)]));
  const stopped = incompleteIn(review, places).map(({ file, message }) => suiteOf(file, [errorOf(message)]));
  const counts =
    report.comparison === undefined ? [] : [suiteOf(`no more than ${baseOf(report.comparison)}`, countCases(report.comparison, places))];
  const all = [...stopped, ...suites, ...faults, ...counts];
  const counted = report.comparison?.counts ?? [];
  const passed = suiteOf('escapement', [
    { name: 'testcase', attributes: { classname: 'escapement', name: `${review.files} files reviewed`, time: 0 } },
  ]);
  return xmlDocument({
    name: 'testsuites',
    attributes: {
      name: 'escapement',
      tests: Math.max(1, review.findings.length + review.faults.length + stopped.length + counted.length),
      failures: review.findings.length + counted.filter(isMore).length,
      errors: review.faults.length + stopped.length,
      time: run.milliseconds / 1000,
    },
    children: all.length === 0 ? [passed] : all,
  });
}

function suiteOf(name: string, cases: readonly Element[]): Element {
  const count = (kind: string): number => cases.filter(({ children }) => children?.[0]?.name === kind).length;
  const attributes = { name, tests: cases.length, failures: count('failure'), errors: count('error'), skipped: 0, time: 0 };
  return { name: 'testsuite', attributes, children: cases };
}

/** Each count is a test, which fails where there is more. */
function countCases(comparison: Comparison, places: Places): readonly Element[] {
  return comparison.counts.map((count): Element => {
    const attributes = { classname: 'escapement', name: count.what, time: 0 };
    if (!isMore(count)) return { name: 'testcase', attributes };
    const message = moreText(count, baseOf(comparison));
    const fresh = comparison.fresh.filter(({ of }) => of === count.what);
    const text = fresh.map(({ path, line, column, text: what }) => `${places.relative(path)}:${line}:${column}: new: ${what}`).join('; ');
    return {
      name: 'testcase',
      attributes,
      children: [{ name: 'failure', attributes: { message, type: 'more' }, text: text === '' ? message : text }],
    };
  });
}

function failureOf({ finding, place: { file, line, column } }: PlacedFinding): Element {
  const { ruleId, severity, message } = finding;
  const text = `${file}:${line}:${column}: ${severity}: ${message} (${ruleId})`;
  return {
    name: 'testcase',
    attributes: { classname: file, name: `${ruleId} ${line}:${column}`, file, line, time: 0 },
    children: [{ name: 'failure', attributes: { message, type: severity }, text }],
  };
}

function errorOf(message: string): Element {
  const error: Element = { name: 'error', attributes: { message, type: 'fault' } };
  return { name: 'testcase', attributes: { classname: 'escapement', name: 'fault', time: 0 }, children: [error] };
}
