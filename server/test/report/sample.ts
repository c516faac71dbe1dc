/** One fixed run for every writer: a fix, a path of related places, a line with non-ASCII text, a fault and a skip. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Range, TextEdit } from '../../src/base/index.ts';
import type { Report, RuleInfo } from '../../src/report/index.ts';
import type { Finding, Review } from '../../src/review/index.ts';

export const CWD = '/project';
const SERVER = `${CWD}/input/server.go`;
const SIZES = `${CWD}/input/größen.go`;

const files = new Map(
  [SERVER, SIZES].map((path) => [
    path,
    new Uint8Array(readFileSync(new URL(`../../../test-fixtures/reports/${path.slice(CWD.length + 1)}`, import.meta.url))),
  ]),
);

function sourceOf(path: string): Uint8Array | undefined {
  return files.get(path);
}

/** Range of the `marked` part of the first occurrence of `context`. */
function find(path: string, context: string, marked: string = context): Range {
  const text = Buffer.from(sourceOf(path) ?? []);
  const at = text.indexOf(context);
  if (at < 0) throw new Error(`${path} has no ${context}`);
  const start = at + Buffer.from(context.slice(0, context.indexOf(marked))).length;
  return { start, end: start + Buffer.from(marked).length };
}

function insert(path: string, context: string, newText: string): TextEdit {
  const { end } = find(path, context);
  return { path, range: { start: end, end }, newText };
}

const lostCancel: Finding = {
  ruleId: 'lost-cancel',
  severity: 'warning',
  certainty: 'certain',
  message:
    'the cancel function of context.WithTimeout is discarded: context and timer live until the second is over; call it when Load returns',
  path: SERVER,
  at: find(SERVER, 'ctx, _ := context', '_'),
  function: 'Load',
  related: [],
  fixes: [
    {
      title: 'Name the cancel function and defer it',
      safety: 'safe',
      edits: [
        { path: SERVER, range: find(SERVER, 'ctx, _ := context', '_'), newText: 'cancel' },
        insert(SERVER, 'context.WithTimeout(parent, time.Second)', '\n\tdefer cancel()'),
      ],
    },
  ],
  fingerprint: '9f1c5a0de2b34786',
};

const escapingPointer: Finding = {
  ruleId: 'escaping-pointer',
  severity: 'hint',
  certainty: 'likely',
  message: 'q moves to the heap on every call (16 bytes, struct{X, Y int}{}): its address is stored in a package variable',
  path: SERVER,
  at: find(SERVER, 'q := Point', 'q'),
  function: 'Move',
  related: [
    { at: { path: SERVER, range: find(SERVER, 'keep(&q)', '&q') }, note: 'passed to keep as [p]' },
    { at: { path: SERVER, range: find(SERVER, 'latest = p') }, note: 'stored in latest' },
  ],
  fixes: [],
  fingerprint: '0b5e77a1c4d2f903',
};

const sprintfConversion: Finding = {
  ruleId: 'sprintf-conversion',
  severity: 'information',
  certainty: 'certain',
  message: 'fmt.Sprintf("%d", n) boxes n and parses the format: strconv.Itoa(n) does neither',
  path: SIZES,
  at: find(SIZES, 'fmt.Sprintf'),
  function: 'Größe',
  related: [],
  fixes: [
    {
      title: 'Use strconv.Itoa',
      safety: 'suggestion',
      edits: [
        { path: SIZES, range: find(SIZES, '"fmt"'), newText: '"strconv"' },
        { path: SIZES, range: find(SIZES, 'fmt.Sprintf("%d", n)'), newText: 'strconv.Itoa(n)' },
      ],
    },
  ],
  fingerprint: '77de01a9b2c3f4e5',
};

function rule(id: string, category: RuleInfo['category'], severity: RuleInfo['severity'], evidence: RuleInfo['evidence']): RuleInfo {
  return {
    id,
    category,
    severity,
    evidence,
    docs: {
      summary: `What ${id} flags.`,
      why: 'Why it is slow.',
      cost: 'What it costs and when.',
      limits: 'What it does not see.',
      skipWhen: 'When nobody cares.',
    },
    page: `# ${id}\n\nWhat ${id} flags, with an example.\n`,
    url: `https://example.com/rules/${id}.md`,
  };
}

export const review: Review = {
  findings: [sprintfConversion, escapingPointer, lostCancel],
  faults: [{ path: SIZES, ruleId: 'map-growth', message: 'invariant broken: a loop without a body' }],
  files: 48,
  skipped: [{ path: `${CWD}/input/table.go`, why: 'larger than 1 MiB' }],
};

export const report: Report = {
  review,
  run: {
    version: '0.1.0',
    cwd: CWD,
    rules: [
      rule('lost-cancel', 'leak', 'warning', 'flow'),
      rule('escaping-pointer', 'allocation', 'hint', 'escape'),
      rule('sprintf-conversion', 'allocation', 'information', 'types'),
    ],
    milliseconds: 0,
    gzipBytes: (text) => gzipSync(text).length,
  },
  sources: sourceOf,
};

/** The same run, stopped when there was one finding. */
export const incompleteReport: Report = reportOf({
  findings: [lostCancel],
  faults: [],
  skipped: [],
  incomplete: { why: 'stopped after 5 s (--timeout): 48 of 50 files were reviewed', unreviewed: [SIZES, `${CWD}/input/table.go`] },
});

/** The same run beside a revision that had less, as hostile as names of git and of Go's functions can be. */
export const comparedReport: Report = {
  ...report,
  comparison: {
    revision: 'origin/main%0A::error]]><b>|`x`',
    commit: 'c43eb7bdf1f6c43eb7bdf1f6c43eb7bdf1f6c43e',
    counts: [
      { what: 'lost-cancel', before: 1, after: 1 },
      { what: 'map-growth', before: 2, after: 0 },
      { what: 'sprintf-conversion', before: 0, after: 1 },
      { what: 'heap sites in hot code', before: 47, after: 48 },
    ],
    fresh: [
      { of: 'sprintf-conversion', path: SIZES, line: 7, column: 26, text: 'sprintf-conversion in größe' },
      { of: 'heap sites in hot code', path: SERVER, line: 22, column: 2, text: 'heap site (moved) in (*T).Move' },
    ],
  },
};

/** Path of a golden file of test-fixtures/reports. */
export function golden(name: string): string {
  return fileURLToPath(new URL(`../../../test-fixtures/reports/${name}`, import.meta.url));
}

/** The report of another review over the same run. */
export function reportOf(changed: Partial<Review>, sources: Report['sources'] = sourceOf): Report {
  return { ...report, review: { ...review, ...changed }, sources };
}
