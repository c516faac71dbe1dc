/**
 * The findings that a project has agreed to live with for now. An entry is found again by its fingerprint, else by what it says of the
 * code, so that it survives moved lines, renamed files and reformatting; each entry stands for one finding, so that a second one of the
 * same kind is new.
 */
import { compareText, errorMessage } from '../base/index.ts';
import type { Finding } from './shapes.ts';

export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  /** Relative to the baseline's directory, with `/`. */
  readonly file: string;
  readonly function: string;
  /** The finding's line and its own part of it, without white space, cut where they are long. */
  readonly line: string;
  readonly code: string;
}

export interface Baseline {
  /** By file, rule, fingerprint. */
  readonly findings: readonly BaselineEntry[];
}

/** A finding as an entry would have it. */
export interface Identified<F extends Pick<Finding, 'ruleId'> = Finding> {
  readonly finding: F;
  readonly entry: BaselineEntry;
}

export interface Matched<F extends Pick<Finding, 'ruleId'> = Finding> {
  /** Findings that no entry stands for. */
  readonly fresh: readonly F[];
  /** Entries that stand for no finding. */
  readonly stale: readonly BaselineEntry[];
}

const VERSION = 1;

/** Surest first: what a later way would match is not taken from an earlier one. */
const WAYS: readonly ((entry: BaselineEntry) => string)[] = [
  ({ fingerprint, file }) => `${file}\0${fingerprint}`,
  ({ fingerprint }) => fingerprint,
  ({ rule, file, function: fn, line }) => [rule, file, fn, line].join('\0'),
  ({ rule, function: fn, line }) => [rule, fn, line].join('\0'),
  ({ rule, file, function: fn, code }) => [rule, file, fn, code].join('\0'),
  ({ rule, function: fn, code }) => [rule, fn, code].join('\0'),
  // A function that was given another name, or a part of one that became a function.
  ({ rule, file, line }) => [rule, file, line].join('\0'),
];

export function matchBaseline<F extends Pick<Finding, 'ruleId'>>({ findings }: Baseline, found: readonly Identified<F>[]): Matched<F> {
  let fresh = found;
  let left = findings;
  for (const keyOf of WAYS) {
    if (fresh.length === 0 || left.length === 0) break;
    const matched = matchBy(keyOf, left, fresh);
    [fresh, left] = [matched.fresh, matched.left];
  }
  return { fresh: fresh.map(({ finding }) => finding), stale: left };
}

function matchBy<F extends Pick<Finding, 'ruleId'>>(
  keyOf: (entry: BaselineEntry) => string,
  entries: readonly BaselineEntry[],
  found: readonly Identified<F>[],
): { readonly fresh: readonly Identified<F>[]; readonly left: readonly BaselineEntry[] } {
  const waiting = new Map<string, BaselineEntry[]>();
  for (const entry of entries) waiting.set(keyOf(entry), [...(waiting.get(keyOf(entry)) ?? []), entry]);
  const used = new Set<BaselineEntry>();
  const fresh = found.filter(({ entry }) => {
    const match = waiting.get(keyOf(entry))?.shift();
    if (match !== undefined) used.add(match);
    return match === undefined;
  });
  return { fresh, left: entries.filter((entry) => !used.has(entry)) };
}

/** Ends with a line feed; one line per entry, so that version control merges it. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const sorted = [...entries].sort(
    (a, b) => compareText(a.file, b.file) || compareText(a.rule, b.rule) || compareText(a.fingerprint, b.fingerprint),
  );
  const lines = sorted.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `{\n  "version": ${VERSION},\n  "findings": [${lines === '' ? '' : `\n${lines}\n  `}]\n}\n`;
}

/** Answers what is wrong, as a sentence that says what to do, where the text is no baseline. */
export function parseBaseline(text: string): Baseline | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `this is not JSON (${errorMessage(error)}); write it anew with escapement baseline update`;
  }
  const { version, findings } = isRecord(value) ? value : { version: undefined, findings: undefined };
  if (version !== VERSION)
    return `its version is ${JSON.stringify(version)} instead of ${VERSION}; write it anew with escapement baseline update`;
  if (!Array.isArray(findings)) return 'it has no list of findings; write it anew with escapement baseline update';
  const wrong = findings.findIndex((each) => !isEntry(each));
  return wrong < 0 ? { findings } : `finding ${wrong + 1} lacks one of ${KEYS.join(', ')}; take it out or write the baseline anew`;
}

const KEYS = ['fingerprint', 'rule', 'file', 'function', 'line', 'code'] as const;

function isEntry(value: unknown): value is BaselineEntry {
  return isRecord(value) && KEYS.every((key) => typeof value[key] === 'string');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
