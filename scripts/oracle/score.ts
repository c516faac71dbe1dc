/**
 * Agreement of a prediction with the compiler. Precision is what is right of what is predicted, recall what is found of what
 * the compiler says; both count lines, because a line is what a reader looks at. Predicted is what is `heap` and not only
 * `possible`; `stack` and `unknown` predict nothing.
 */
import { dirname } from 'node:path';
import type { ParameterLeak, SiteKind } from '../../server/src/escape/index.ts';
import type { ParameterRecord, SiteRecord } from '../../server/src/review/index.ts';
import type { Parameter, Site, Truth } from './truth.ts';

/** A record of `escapement escapes` with its file, relative to the judged folder. */
export type Predicted = (SiteRecord | ParameterRecord) & { readonly file: string };

export const KINDS: readonly SiteKind[] = [
  'moved',
  'composite',
  'new',
  'make',
  'append',
  'interface',
  'closure',
  'method-value',
  'variadic',
  'concat',
  'conversion',
];
const LEAKS: readonly ParameterLeak[] = ['none', 'content', 'heap', 'result'];

/** Sizes of two sets and of what both hold. */
export interface Agreement {
  readonly truth: number;
  readonly predicted: number;
  readonly both: number;
}

export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** Figures of one module or, added up, of several. */
export interface Score {
  /** Lines with an allocation that is written there. */
  readonly own: Agreement;
  readonly ownCertain: Agreement;
  /** Lines with any allocation, inlined ones too: what `go build -gcflags=-m` shows. */
  readonly raw: Agreement;
  readonly rawCertain: Agreement;
  /** Own lines. */
  readonly kinds: ReadonlyMap<SiteKind, Agreement>;
  /** Parameters that have the label, of those that the compiler speaks of. */
  readonly leaks: ReadonlyMap<ParameterLeak, Agreement>;
  /** Parameters with exactly the compiler's labels. */
  readonly exact: Share;
  /** Own expressions of the compiler's of which a prediction says anything. */
  readonly coverage: Share;
  /** Own lines by directory. */
  readonly directories: readonly Agreement[];
}

export function scoreOf(truth: Truth, predictions: readonly Predicted[]): Score {
  const judged = predictions.filter(({ file, line }) => truth.isJudged(file, line));
  const sites = judged.filter(isSite);
  const theirs = truth.sites.filter(({ verdict }) => verdict === 'heap');
  const ours = sites.filter(({ verdict, certainty }) => verdict === 'heap' && certainty !== 'possible');
  const certain = ours.filter(({ certainty }) => certainty === 'certain');
  const ownTheirs = theirs.filter(isOwn);
  const ownOurs = ours.filter(isOwn);
  const ofKind = <T extends Site | SiteRecord>(all: readonly T[], kind: SiteKind): readonly T[] => all.filter((each) => each.kind === kind);
  return {
    own: agreement(lines(ownTheirs), lines(ownOurs)),
    ownCertain: agreement(lines(ownTheirs), lines(certain.filter(isOwn))),
    raw: agreement(lines(theirs), lines(ours)),
    rawCertain: agreement(lines(theirs), lines(certain)),
    kinds: new Map(KINDS.map((kind) => [kind, agreement(lines(ofKind(ownTheirs, kind)), lines(ofKind(ownOurs, kind)))])),
    ...parameterScore(truth.parameters, judged.filter(isParameter)),
    coverage: coverage(truth.sites.filter(isOwn), sites.filter(isOwn)),
    directories: byDirectory(lines(ownTheirs), lines(ownOurs)),
  };
}

/** Figures of modules taken together. */
export function sum(scores: readonly Score[]): Score {
  const agreements = (of: (score: Score) => Agreement | undefined): Agreement =>
    scores.reduce<Agreement>((total, score) => plus(total, of(score) ?? NONE), NONE);
  const share = (of: (score: Score) => Share): Share =>
    scores.reduce((total, score) => ({ part: total.part + of(score).part, whole: total.whole + of(score).whole }), { part: 0, whole: 0 });
  return {
    own: agreements(({ own }) => own),
    ownCertain: agreements(({ ownCertain }) => ownCertain),
    raw: agreements(({ raw }) => raw),
    rawCertain: agreements(({ rawCertain }) => rawCertain),
    kinds: new Map(KINDS.map((kind) => [kind, agreements(({ kinds }) => kinds.get(kind))])),
    leaks: new Map(LEAKS.map((leak) => [leak, agreements(({ leaks }) => leaks.get(leak))])),
    exact: share(({ exact }) => exact),
    coverage: share((score) => score.coverage),
    directories: scores.flatMap(({ directories }) => directories),
  };
}

export function precision({ predicted, both }: Agreement): number | undefined {
  return predicted === 0 ? undefined : (100 * both) / predicted;
}

export function recall({ truth, both }: Agreement): number | undefined {
  return truth === 0 ? undefined : (100 * both) / truth;
}

export function percentage({ part, whole }: Share): number | undefined {
  return whole === 0 ? undefined : (100 * part) / whole;
}

const NONE: Agreement = { truth: 0, predicted: 0, both: 0 };

function plus(a: Agreement, b: Agreement): Agreement {
  return { truth: a.truth + b.truth, predicted: a.predicted + b.predicted, both: a.both + b.both };
}

function agreement(truth: ReadonlySet<string>, predicted: ReadonlySet<string>): Agreement {
  return { truth: truth.size, predicted: predicted.size, both: [...predicted].filter((key) => truth.has(key)).length };
}

function lines(records: readonly { readonly file: string; readonly line: number }[]): ReadonlySet<string> {
  return new Set(records.map(({ file, line }) => `${file}:${line}`));
}

function isSite(record: Predicted): record is SiteRecord & { readonly file: string } {
  return record.kind !== 'parameter';
}

function isParameter(record: Predicted): record is ParameterRecord & { readonly file: string } {
  return record.kind === 'parameter';
}

function isOwn({ origin }: { readonly origin: 'own' | 'inlined' }): boolean {
  return origin === 'own';
}

function parameterScore(truth: readonly Parameter[], predicted: readonly Parameter[]): Pick<Score, 'leaks' | 'exact'> {
  const theirs = labels(truth);
  const ours = labels(predicted);
  const having = (all: ReadonlyMap<string, ReadonlySet<ParameterLeak>>, leak: ParameterLeak): ReadonlySet<string> =>
    new Set([...all].flatMap(([key, set]) => (theirs.has(key) && set.has(leak) ? [key] : [])));
  const exact = [...theirs].filter(([key, set]) => ours.get(key)?.size === set.size && [...set].every((leak) => ours.get(key)?.has(leak)));
  return {
    leaks: new Map(LEAKS.map((leak) => [leak, agreement(having(theirs, leak), having(ours, leak))])),
    exact: { part: exact.length, whole: theirs.size },
  };
}

function labels(parameters: readonly Parameter[]): ReadonlyMap<string, ReadonlySet<ParameterLeak>> {
  const byName = new Map<string, Set<ParameterLeak>>();
  for (const { file, line, name, leak } of parameters) {
    const key = `${file}:${line} ${name}`;
    byName.set(key, (byName.get(key) ?? new Set()).add(leak));
  }
  return byName;
}

/** Sites are matched by line and kind, one to one. Variables are left out: the compiler names them only when they move. */
function coverage(truth: readonly Site[], predicted: readonly (SiteRecord & { readonly file: string })[]): Share {
  const wanted = counts(truth.filter(({ kind }) => kind !== 'moved'));
  const given = counts(predicted);
  let part = 0;
  let whole = 0;
  for (const [key, count] of wanted) {
    part += Math.min(count, given.get(key) ?? 0);
    whole += count;
  }
  return { part, whole };
}

function counts(sites: readonly { readonly file: string; readonly line: number; readonly kind: SiteKind }[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { file, line, kind } of sites) {
    const key = `${file}:${line} ${kind}`;
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return found;
}

function byDirectory(truth: ReadonlySet<string>, predicted: ReadonlySet<string>): readonly Agreement[] {
  const split = (all: ReadonlySet<string>): ReadonlyMap<string, ReadonlySet<string>> => {
    const found = new Map<string, Set<string>>();
    for (const line of all) found.set(dirname(line), (found.get(dirname(line)) ?? new Set()).add(line));
    return found;
  };
  const theirs = split(truth);
  const ours = split(predicted);
  const directories = new Set([...theirs.keys(), ...ours.keys()]);
  return [...directories].map((directory) => agreement(theirs.get(directory) ?? new Set(), ours.get(directory) ?? new Set()));
}
