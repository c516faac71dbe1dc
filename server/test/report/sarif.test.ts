/** SARIF against the standard's schema and against what GitHub code scanning accepts and shows. */
import type { Log, Result, Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS, type Report } from '../../src/report/index.ts';
import { LineHashes } from '../../src/report/line-hash.ts';
import type { Finding } from '../../src/review/index.ts';
import { sarifSchema } from './hostile.ts';
import { CWD, comparedReport, incompleteReport, report, reportOf } from './sample.ts';

const RELATIVE_REFERENCE = /^(?!\/)([A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})*$/;
const validate = sarifSchema();
const style = { colour: false, detail: 'normal' } as const;

function sarif(of: Report): Log {
  return JSON.parse(FORMATS.sarif.write(of, { colour: false, detail: 'normal' }));
}

function runOf(of: Report): Run {
  return sarif(of).runs[0];
}

function resultsOf(of: Report): Result[] {
  return runOf(of).results ?? [];
}

describe('SARIF', () => {
  it('satisfies the schema', () => {
    validate(sarif(report));
    expect(validate.errors).toBeNull();
  });

  it('of a review that was stopped satisfies the schema and is no success', () => {
    validate(sarif(incompleteReport));
    expect(validate.errors).toBeNull();
    const [invocation] = runOf(incompleteReport).invocations ?? [];
    expect(invocation.executionSuccessful).toBe(false);
    expect(invocation.toolExecutionNotifications).toMatchObject([{ descriptor: { id: 'incomplete', index: 2 }, level: 'error' }]);
    expect(runOf(incompleteReport).tool.driver.notifications?.[2].id).toBe('incomplete');
  });

  it('beside the counts of a revision satisfies the schema', () => {
    validate(sarif(comparedReport));
    expect(validate.errors).toBeNull();
    expect(runOf(comparedReport).properties).toMatchObject({ comparison: { more: true, counts: { length: 4 }, new: { length: 2 } } });
  });

  it('satisfies the schema with nothing to report', () => {
    validate(sarif(reportOf({ findings: [], faults: [], skipped: [] })));
    expect(validate.errors).toBeNull();
  });

  it('has the texts that GitHub requires, within its limits', () => {
    const rules = runOf(report).tool.driver.rules ?? [];
    for (const rule of rules) {
      for (const text of [rule.shortDescription?.text, rule.fullDescription?.text]) {
        expect(text?.length).toBeGreaterThan(0);
        expect(text?.length).toBeLessThanOrEqual(1024);
      }
      expect(rule.help?.text).not.toBe('');
      expect(rule.help?.markdown).not.toBe('');
      expect(rule.name).toMatch(/^([A-Z][a-z0-9]*)+$/);
      expect(rule.properties?.tags?.length).toBeLessThanOrEqual(10);
      expect(rule.properties).not.toHaveProperty('security-severity');
    }
  });

  it('points every result at its rule', () => {
    const rules = runOf(report).tool.driver.rules ?? [];
    expect(resultsOf(report).map((result) => rules[result.ruleIndex ?? -1]?.id)).toEqual(resultsOf(report).map((result) => result.ruleId));
  });

  it('gives every result one location with a whole region on one line', () => {
    for (const { locations } of resultsOf(report)) {
      expect(locations).toHaveLength(1);
      const { region, artifactLocation } = locations?.[0].physicalLocation ?? {};
      expect(region?.endLine).toBe(region?.startLine);
      expect(region?.endColumn).toBeGreaterThan(region?.startColumn ?? Number.POSITIVE_INFINITY);
      expect(artifactLocation?.uri).toMatch(RELATIVE_REFERENCE);
    }
  });

  it('counts columns in UTF-16 units', () => {
    const [result] = resultsOf(report);
    expect(result.locations?.[0].physicalLocation?.region).toMatchObject({ startLine: 7, startColumn: 26, endColumn: 37 });
  });

  it('links each related place in the message', () => {
    for (const { message, relatedLocations = [] } of resultsOf(report)) {
      const linked = [...(message.text ?? '').matchAll(/(?<!\\)\]\((\d+)\)/g)].map((match) => Number(match[1]));
      expect(linked).toEqual(relatedLocations.map((location) => location.id));
    }
  });

  it('tells the way of an escape as one thread flow, allocation first', () => {
    const flows = resultsOf(report).flatMap((result) => result.codeFlows ?? []);
    expect(flows).toHaveLength(1);
    expect(flows[0].threadFlows).toHaveLength(1);
    expect(flows[0].threadFlows[0].locations.map((step) => step.location?.physicalLocation?.region?.startLine)).toEqual([22, 23, 26]);
  });

  it('names no directory of the machine', () => {
    expect(JSON.stringify(sarif(report))).not.toContain(CWD);
  });

  it('gives a file outside the run a URI of its own', () => {
    const [finding] = report.review.findings;
    const [result] = resultsOf(reportOf({ findings: [{ ...finding, path: '/other dir/a:b.go', fixes: [] }] }, () => undefined));
    expect(result.locations?.[0].physicalLocation?.artifactLocation).toEqual({ uri: 'file:///other%20dir/a%3Ab.go' });
  });

  it('reads no placeholder or link out of user text', () => {
    const [finding] = report.review.findings;
    const text = (message: string) => resultsOf(reportOf({ findings: [{ ...finding, message }] }))[0].message.text;
    expect(text('m[k](1) of {0}')).toBe('m[k\\](1) of {{0}}');
    expect(text('&T{} stays as it is')).toBe('&T{} stays as it is');
  });

  it('holds no more results than GitHub takes, the worst ones, and says how many are left out', () => {
    const [hint, warning] = ['hint', 'warning'].map((severity) => report.review.findings.find((finding) => finding.severity === severity));
    if (hint === undefined || warning === undefined) throw new Error('the sample lacks a severity');
    const many = Array.from({ length: 25_002 }, (_, i) => ({ ...(i % 2 === 0 ? hint : warning), fingerprint: String(i) }));
    const { results = [], invocations } = runOf(reportOf({ findings: many, faults: [], skipped: [] }));
    expect(results).toHaveLength(25_000);
    expect(results.filter(({ level }) => level === 'warning')).toHaveLength(12_501);
    expect(invocations?.[0].toolExecutionNotifications).toMatchObject([
      {
        level: 'warning',
        descriptor: { id: 'cut' },
        message: { text: expect.stringMatching(/^2 of the mildest findings are left out \(hint 2\), .* 25000 results/) },
      },
    ]);
  });

  it('says of all results whether they are suppressed where anybody asked, and of none otherwise', () => {
    const [quiet, known, ...told] = report.review.findings;
    const suppressed: Finding[] = [
      { ...quiet, suppression: { kind: 'inSource', reason: 'kept for the wire format', at: quiet.at } },
      { ...known, suppression: { kind: 'external', reason: '' } },
    ];
    const asked = reportOf({ findings: told, suppressed });
    validate(sarif(asked));
    expect(validate.errors).toBeNull();
    const suppressions = resultsOf(asked).map((result) => result.suppressions);
    expect(suppressions).toHaveLength(report.review.findings.length);
    expect(suppressions.flat()).toMatchObject([
      { kind: 'inSource', justification: 'kept for the wire format', location: { physicalLocation: { region: { startLine: 7 } } } },
      { kind: 'external' },
    ]);
    expect(suppressions).not.toContain(undefined);
    expect(resultsOf(report).filter((result) => 'suppressions' in result)).toEqual([]);
    const { suppressed: _, ...review } = asked.review;
    for (const name of FORMAT_NAMES.filter((each) => each !== 'sarif'))
      expect(FORMATS[name].write(asked, style)).toBe(FORMATS[name].write({ ...asked, review }, style));
  });

  it('holds no more bytes in gzip than GitHub takes, the worst findings, and says how many are left out', () => {
    const found = (['warning', 'information', 'hint'] as const).flatMap((severity) => {
      const finding = report.review.findings.find((each) => each.severity === severity);
      return Array.from({ length: 1000 }, (_, i) => ({ ...(finding ?? report.review.findings[0]), severity, fingerprint: String(i) }));
    });
    const perResult = 6000;
    const gzipBytes = (text: string): number => perResult * (text.match(/"escapement\/v1"/g) ?? []).length;
    const { results = [], invocations } = runOf({ ...reportOf({ findings: found }), run: { ...report.run, gzipBytes } });
    expect(results.length * perResult).toBeLessThanOrEqual(10_000_000);
    expect(results.length * perResult).toBeGreaterThan(9_000_000);
    expect(results.filter(({ level }) => level === 'warning')).toHaveLength(1000);
    const { text } = invocations?.[0].toolExecutionNotifications?.[0].message ?? {};
    const cut = found.length - results.length;
    expect(text).toBe(
      `${cut} of the mildest findings are left out (information ${cut - 1000}, hint 1000), because GitHub takes a log of 10 MB in gzip; review parts of the code by themselves.`,
    );
  });

  it('is written without findings where it is too large even so', () => {
    const run = { ...report.run, gzipBytes: () => 20_000_000 };
    const written = runOf({ ...report, run });
    expect(written.results).toEqual([]);
    expect(written.invocations?.[0].toolExecutionNotifications).toMatchObject([{ descriptor: { id: 'cut' } }, {}, {}]);
  });

  it('leaves suppressed findings out first where there are too many', () => {
    const [finding] = report.review.findings;
    const many = Array.from({ length: 24_999 }, (_, i) => ({ ...finding, fingerprint: String(i) }));
    const quiet: Finding = { ...finding, severity: 'error', suppression: { kind: 'external', reason: '' } };
    const { results = [] } = runOf(reportOf({ findings: many, suppressed: [quiet, { ...quiet }] }));
    expect(results).toHaveLength(25_000);
    expect(results.filter(({ suppressions = [] }) => suppressions.length > 0)).toHaveLength(1);
  });

  it('describes a finding whose rule did not come with the run', () => {
    const [finding] = report.review.findings;
    const rules = runOf(reportOf({ findings: [{ ...finding, ruleId: 'escapement' }] })).tool.driver.rules ?? [];
    expect(rules.map((rule) => rule.name)).toContain('Escapement');
  });
});

describe('line hashes', () => {
  // Cases of github/codeql-action, src/fingerprints.test.ts.
  it('are those that GitHub computes', () => {
    const hashes = new LineHashes(Buffer.from(' a\nb\n  \t\tc\n d'));
    expect([1, 2, 3, 4].map((line) => hashes.hash(line))).toEqual([
      '271789c17abda88f:1',
      '54703d4cd895b18:1',
      '180aee12dab6264:1',
      'a23a3dc5e078b07b:1',
    ]);
  });

  it('read CRLF and CR as LF', () => {
    const [lf, crlf, cr] = ['a\nb\nc', 'a\r\nb\r\nc', 'a\rb\rc'].map((text) => new LineHashes(Buffer.from(text)).hash(2));
    expect([crlf, cr]).toEqual([lf, lf]);
  });

  it('number lines that read the same', () => {
    const same = `${'x'.repeat(100)}\n`;
    const hashes = new LineHashes(Buffer.from(same.repeat(3)));
    expect([1, 2, 3].map((line) => hashes.hash(line).split(':')[1])).toEqual(['1', '2', '3']);
  });
});
