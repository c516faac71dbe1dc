/** What `review` was asked to do, checked: every wrong value is an error that names the option and the remedy. */

import { KNOWN_ARCH, KNOWN_OS } from '../model/index.ts';
import type { Detail, FormatName } from '../report/index.ts';
import { FORMAT_NAMES, forTerminal, isFormatName } from '../report/index.ts';
import { SUPPRESSION_RULE } from '../review/index.ts';
import type { FixSafety, Severity } from '../rules/index.ts';
import { nearestName } from '../rules/index.ts';
import { parseDuration } from './client/deadline.ts';
import { UsageError } from './io.ts';

export interface Output {
  readonly format: FormatName;
  /** As given; undefined is standard output. */
  readonly file: string | undefined;
}

/** What counts as new code. */
export type NewCodeChoice =
  | { readonly kind: 'revision'; readonly revision: string }
  | { readonly kind: 'merge-base'; readonly revision: string }
  | { readonly kind: 'patch'; readonly file: string };

export type ColourChoice = 'auto' | 'always' | 'never';

/** Which findings give exit code 1. */
export interface FailOn {
  /** Those of this severity or a worse one, whatever their rule. */
  readonly level: Severity | 'never';
  /** Those of these rules, whatever their severity. */
  readonly rules: ReadonlySet<string>;
}

export interface ReviewOptions {
  readonly paths: readonly string[];
  readonly outputs: readonly Output[];
  readonly rules: RuleChoice | undefined;
  readonly failOn: FailOn;
  /** Mildest to boldest tier that is applied; undefined applies nothing. */
  readonly fix: FixSafety | undefined;
  /** Shows what `fix` would do instead of doing it. */
  readonly diff: boolean;
  /** File that gets what `fix` would do as a patch, instead of the files. */
  readonly fixPatch: string | undefined;
  readonly newCode: NewCodeChoice | undefined;
  /** All of a file counts as new in which anything is. */
  readonly wholeFiles: boolean;
  /** File of known findings, as given. */
  readonly baseline: string | undefined;
  /** Tells what comments and the baseline keep quiet too, where the format can say so. */
  readonly showSuppressed: boolean;
  /** Most findings of a rule, by id, before the exit code is 1 whatever their severity. */
  readonly most: ReadonlyMap<string, number>;
  /** Git revision of which no count may be exceeded. */
  readonly noMoreThan: string | undefined;
  /** Path of a configuration file, false for none, undefined to look for one. */
  readonly config: string | false | undefined;
  readonly go: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly goos: string | undefined;
  readonly goarch: string | undefined;
  readonly jobs: number | undefined;
  readonly timeout: { readonly text: string; readonly ms: number } | undefined;
  /** Command line of a language server to use instead of our own. */
  readonly server: string | undefined;
  readonly colour: ColourChoice;
  readonly detail: Detail;
  readonly stats: boolean;
  readonly stdinPath: string | undefined;
  /** Reviews again whenever something changes. */
  readonly watch: boolean;
}

export type RuleChoice = 'all' | 'recommended' | readonly string[];

/** As commander hands them over. */
export interface RawReviewOptions {
  readonly format?: readonly string[];
  readonly rules?: string;
  readonly failOn?: readonly string[];
  readonly fix?: string;
  readonly diff?: boolean;
  readonly fixPatch?: string;
  readonly newFromRev?: string;
  readonly newFromMergeBase?: string;
  readonly newFromPatch?: string;
  readonly wholeFiles?: boolean;
  readonly baseline?: string;
  readonly showSuppressed?: boolean;
  readonly max?: readonly string[];
  /** Of `--no-more-than`, which commander takes for the opposite of `--more-than`. */
  readonly moreThan?: string | boolean;
  readonly config?: string | boolean;
  readonly go?: string;
  readonly tags?: string;
  readonly goos?: string;
  readonly goarch?: string;
  readonly jobs?: string;
  readonly timeout?: string;
  readonly server?: string;
  readonly color?: string;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly stats?: boolean;
  readonly stdinFilepath?: string;
  readonly watch?: boolean;
}

export function readReviewOptions(paths: readonly string[], raw: RawReviewOptions, knownRules: readonly string[]): ReviewOptions {
  if (raw.quiet === true && raw.verbose === true) throw new UsageError('-q and -v contradict each other; leave one out');
  const fix = readFix(raw);
  const outputs = readOutputs(raw.format ?? []);
  checkStdout(outputs, paths, raw);
  return {
    paths,
    outputs,
    rules: raw.rules === undefined ? undefined : readRules(raw.rules, knownRules),
    failOn: readFailOn(raw.failOn ?? ['warning'], knownRules),
    fix,
    diff: raw.diff === true,
    fixPatch: raw.fixPatch,
    newCode: readNewCode(raw),
    wholeFiles: raw.wholeFiles === true,
    baseline: raw.baseline,
    showSuppressed: readShowSuppressed(raw, outputs),
    most: readMost(raw.max ?? [], knownRules),
    noMoreThan: typeof raw.moreThan === 'string' ? raw.moreThan : undefined,
    config: typeof raw.config === 'boolean' ? (raw.config ? undefined : false) : raw.config,
    go: raw.go === undefined ? undefined : readGo(raw.go),
    tags: raw.tags === undefined ? undefined : list(raw.tags),
    goos: raw.goos === undefined ? undefined : oneOf('--goos', raw.goos, [...KNOWN_OS]),
    goarch: raw.goarch === undefined ? undefined : oneOf('--goarch', raw.goarch, [...KNOWN_ARCH]),
    jobs: raw.jobs === undefined ? undefined : positive('--jobs', raw.jobs, Number.isInteger),
    timeout: raw.timeout === undefined ? undefined : readTimeout(raw.timeout),
    server: raw.server,
    colour: raw.color === undefined ? 'auto' : oneOf('--color', raw.color, ['auto', 'always', 'never']),
    detail: raw.quiet === true ? 'quiet' : raw.verbose === true ? 'verbose' : 'normal',
    stats: raw.stats === true,
    stdinPath: readStdinPath(paths, raw),
    watch: raw.watch === true,
  };
}

const LEVELS = ['hint', 'information', 'warning', 'error', 'never'] as const;

/** Levels and rules in any order; of several levels the last, and without one only the rules. */
function readFailOn(given: readonly string[], knownRules: readonly string[]): FailOn {
  const rules = [...knownRules, SUPPRESSION_RULE];
  const names = given.flatMap(list);
  if (names.length === 0) throw new UsageError(`--fail-on: names nothing; write ${LEVELS.join(', ')}, or rules`);
  const levelOf = (name: string): FailOn['level'] | undefined => LEVELS.find((level) => level === name);
  const unknown = names.find((name) => levelOf(name) === undefined && !rules.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--fail-on: unknown value ${shown(unknown)}${remedy(unknown, [...LEVELS, ...rules], `it takes ${LEVELS.join(', ')}, or rules, which escapement rules lists`)}`,
    );
  return {
    level: names.flatMap((name) => levelOf(name) ?? []).at(-1) ?? 'never',
    rules: new Set(names.filter((name) => levelOf(name) === undefined)),
  };
}

function readShowSuppressed({ showSuppressed = false }: RawReviewOptions, outputs: readonly Output[]): boolean {
  if (showSuppressed && !outputs.some(({ format }) => format === 'sarif'))
    throw new UsageError('--show-suppressed: only SARIF can tell such findings from others; add --format sarif or --format sarif:FILE');
  return showSuppressed;
}

function readMost(limits: readonly string[], knownRules: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    limits.map((limit) => {
      const [, rule, count] = /^([^=]+)=(\d+)$/.exec(limit) ?? [];
      if (rule === undefined) throw new UsageError(`--max: ${shown(limit)} is no limit; write RULE=NUMBER`);
      checkRules('--max', [rule], knownRules, []);
      return [rule, Number(count)] as const;
    }),
  );
}

function readStdinPath(paths: readonly string[], raw: RawReviewOptions): string | undefined {
  if (!paths.includes('-')) {
    if (raw.stdinFilepath !== undefined) throw new UsageError('--stdin-filepath: nothing is read from standard input; give - as the path');
    return undefined;
  }
  if (paths.length > 1) throw new UsageError('-: standard input is reviewed alone; leave the other paths out');
  if (raw.stdinFilepath === undefined) throw new UsageError('-: tell where the text belongs with --stdin-filepath FILE.go');
  if (!raw.stdinFilepath.endsWith('.go')) throw new UsageError(`--stdin-filepath: ${shown(raw.stdinFilepath)} is not a Go file`);
  return raw.stdinFilepath;
}

function readFix(raw: RawReviewOptions): FixSafety | undefined {
  const tier = raw.fix === undefined ? undefined : oneOf('--fix', raw.fix, ['safe', 'suggestion', 'unsafe']);
  return raw.diff === true || raw.fixPatch !== undefined ? (tier ?? 'safe') : tier;
}

function readOutputs(formats: readonly string[]): readonly Output[] {
  const outputs = (formats.length === 0 ? ['text'] : formats).map(readOutput);
  const onStdout = outputs.filter((output) => output.file === undefined);
  if (onStdout.length > 1) {
    const names = onStdout.map((output) => output.format);
    throw new UsageError(`--format: ${names.join(' and ')} both want standard output; send one to a file with --format ${names[1]}:FILE`);
  }
  return outputs;
}

function checkStdout(outputs: readonly Output[], paths: readonly string[], raw: RawReviewOptions): void {
  const onStdout = outputs.find((output) => output.file === undefined && (raw.format ?? []).length > 0);
  if (onStdout === undefined) return;
  if (raw.diff === true)
    throw new UsageError(`--diff: standard output is the diff's; send the report to a file with --format ${onStdout.format}:FILE`);
  if (raw.fix !== undefined && paths.includes('-') && onStdout.format !== 'text') {
    throw new UsageError(`--fix: standard output is the fixed text's; send the report to a file with --format ${onStdout.format}:FILE`);
  }
}

function readOutput(text: string): Output {
  const colon = text.indexOf(':');
  const name = colon < 0 ? text : text.slice(0, colon);
  const file = colon < 0 ? undefined : text.slice(colon + 1);
  if (!isFormatName(name))
    throw new UsageError(`--format: unknown format ${shown(name)}${remedy(name, FORMAT_NAMES, `there are ${FORMAT_NAMES.join(', ')}`)}`);
  if (file === '') throw new UsageError(`--format ${name}: names no file; write ${name}:FILE, or ${name} for standard output`);
  return { format: name, file };
}

function readRules(text: string, known: readonly string[]): RuleChoice {
  if (text === 'all' || text === 'recommended') return text;
  const ids = list(text);
  if (ids.length === 0) throw new UsageError('--rules: names no rule; write all, recommended or ids separated by commas');
  checkRules('--rules', ids, known, ['all', 'recommended']);
  return ids;
}

function checkRules(option: string, ids: readonly string[], known: readonly string[], besides: readonly string[]): void {
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown === undefined) return;
  throw new UsageError(`${option}: unknown rule ${shown(unknown)}${remedy(unknown, [...known, ...besides], LISTED)}`);
}

function readNewCode(raw: RawReviewOptions): NewCodeChoice | undefined {
  const choices: readonly (NewCodeChoice | undefined)[] = [
    raw.newFromRev === undefined ? undefined : { kind: 'revision', revision: raw.newFromRev },
    raw.newFromMergeBase === undefined ? undefined : { kind: 'merge-base', revision: raw.newFromMergeBase },
    raw.newFromPatch === undefined ? undefined : { kind: 'patch', file: raw.newFromPatch },
  ];
  const given = choices.filter((choice) => choice !== undefined);
  if (given.length > 1) throw new UsageError('--new-from-rev, --new-from-merge-base and --new-from-patch exclude each other; keep one');
  if (raw.wholeFiles === true && given.length === 0)
    throw new UsageError('--whole-files: says nothing by itself; give --new-from-rev, --new-from-merge-base or --new-from-patch');
  return given[0];
}

/** `1.21`, or what the go command calls a release: `go1.21.3`, `go1.26rc1`, `go1.25.0 X:jsonv2`; answers `1.21`. */
function readGo(text: string): string {
  const match = /^(?:go)?(1\.\d{1,3})(?:\.\d{1,3}|(?:rc|beta)\d{1,3})?(?:[ -].*)?$/.exec(text);
  if (match === null) throw new UsageError(`--go: ${shown(text)} is no Go version; write one such as 1.24`);
  return match[1];
}

function positive(option: string, text: string, isAllowed: (value: number) => boolean): number {
  const value = Number(text);
  if (text.trim() === '' || !isAllowed(value) || value <= 0) throw new UsageError(`${option}: ${shown(text)} is no positive number`);
  return value;
}

function readTimeout(text: string): ReviewOptions['timeout'] {
  const duration = parseDuration(text);
  if (duration === undefined) throw new UsageError(`--timeout: ${shown(text)} is no duration; write seconds, or one such as 90s or 5m`);
  return duration;
}

function list(text: string): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

function oneOf<T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((choice) => choice === text);
  if (found === undefined)
    throw new UsageError(`${option}: unknown value ${shown(text)}${remedy(text, allowed, `it takes ${allowed.join(', ')}`)}`);
  return found;
}

/** What to do about an unknown name, behind what is wrong with it. */
export function remedy(name: string, known: readonly string[], otherwise: string): string {
  const near = nearestName(name, known);
  return near === undefined ? `; ${otherwise}` : `; did you mean ${near}?`;
}

/** Of an unknown rule. */
export const LISTED = 'escapement rules lists them';

function shown(text: string): string {
  return `"${forTerminal(text)}"`;
}
