/** Scores as markdown, which docs/escape-model.md holds and a terminal shows as well. */
import type { FindingScore } from './findings.ts';
import { type Agreement, KINDS, percentage, precision, recall, type Score, type Share, sum } from './score.ts';

export interface Judged {
  /** As `gorilla/mux v1.8.1`. */
  readonly name: string;
  readonly ours: Score;
  readonly prior: Score;
  readonly findings: FindingScore | undefined;
}

/** Precision / recall per module and kind beside the prior's, and in words what the tables leave out. */
export function agreementTables(judged: readonly Judged[]): string {
  const total = totalOf(judged);
  const rows = [...judged, ...(judged.length > 1 ? [total] : [])].map(({ name, ours, prior }) => [
    name,
    pair(ours.own),
    pair(prior.own),
    pair(ours.raw),
    pair(prior.raw),
    pair(ours.ownCertain),
    percent(percentage(ours.coverage)),
    percent(percentage(ours.exact)),
  ]);
  const kinds = KINDS.flatMap((kind) => {
    const ours = total.ours.kinds.get(kind);
    const prior = total.prior.kinds.get(kind);
    return ours === undefined || prior === undefined ? [] : [[kind, String(ours.truth), pair(ours), pair(prior)]];
  });
  const leaks = [...total.ours.leaks].map(([leak, ours]) => [leak, String(ours.truth), pair(ours)]);
  return [
    table(['module', 'own', 'own, prior', 'raw', 'raw, prior', 'certain', 'coverage', 'parameters'], rows),
    inWords(total.ours),
    table(['kind', 'lines', 'ours', 'prior'], kinds),
    table(['parameter', 'parameters', 'ours'], leaks),
  ].join('\n\n');
}

/** Of the findings of modules how many the compiler confirms; empty when none was asked for. */
export function findingTable(judged: readonly Judged[]): string {
  const scored = judged.flatMap(({ name, findings }) => (findings === undefined ? [] : [{ name, findings }]));
  if (scored.length === 0) return '';
  const row = (name: string, confirmed: Share, prior: Share): string[] => [
    name,
    String(confirmed.whole),
    `${percent(percentage(confirmed))} %`,
    `${percent(percentage(prior))} %`,
  ];
  const all = row('all', confirmedOf(judged), addUp(scored.map(({ findings }) => findings.prior)));
  const rows = [...scored.map(({ name, findings }) => row(name, findings.confirmed, findings.prior)), all];
  return table(['module', 'findings', 'confirmed', 'prior'], rows);
}

/** Findings of all modules together. */
export function confirmedOf(judged: readonly Judged[]): Share {
  return addUp(judged.flatMap(({ findings }) => findings?.confirmed ?? []));
}

/** All modules taken together, as one named `all`. */
export function totalOf(judged: readonly Judged[]): Judged {
  return { name: 'all', ours: sum(judged.map(({ ours }) => ours)), prior: sum(judged.map(({ prior }) => prior)), findings: undefined };
}

/** `99.9`, or `-` for a share of nothing. */
export function percent(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(1);
}

function inWords({ own, raw, coverage, exact, directories }: Score): string {
  const mean = (of: (agreement: Agreement) => number | undefined): string => {
    const defined = directories.flatMap((directory) => of(directory) ?? []);
    return percent(defined.length === 0 ? undefined : defined.reduce((total, value) => total + value, 0) / defined.length);
  };
  return [
    `${own.truth} own and ${raw.truth} raw lines with a heap verdict, ${coverage.whole} own sites, ${exact.whole} parameters;`,
    `the mean over ${directories.length} directories is ${mean(precision)} / ${mean(recall)} on own lines.`,
  ].join(' ');
}

function pair(agreement: Agreement): string {
  return `${percent(precision(agreement))} / ${percent(recall(agreement))}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function addUp(shares: readonly Share[]): Share {
  return shares.reduce((total, { part, whole }) => ({ part: total.part + part, whole: total.whole + whole }), { part: 0, whole: 0 });
}
