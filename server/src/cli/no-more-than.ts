/**
 * `--no-more-than`: no rule may have more findings than it had in a revision, and no more may be allocated on the heap where code runs
 * often. Counted is everything that the review finds, new or not, so that what moves costs nothing and what is mended makes room.
 */
import { joinPath, LineTable, relativePath } from '../base/index.ts';
import { forTerminal } from '../report/index.ts';
import { type EscapeRecord, type Identified, matchBaseline, type Review, type ToldSite } from '../review/index.ts';
import { type Now, withBase } from './base-review.ts';
import { identified } from './baseline-filter.ts';
import { TimeIsUp } from './deadline.ts';
import { commitOf, repositoryOf } from './git.ts';
import { absolutePath } from './paths.ts';
import type { ReviewRun } from './review-run.ts';
import { homeOf } from './targets.ts';
import type { Texts } from './texts.ts';

/** What was and is counted, as entries relative to the top of the work tree. */
interface Counted {
  readonly entries: readonly Located[];
  readonly hotSites: readonly HotSite[];
}

/** Line and column from 1, columns in UTF-8 bytes. */
type Located = Identified & { readonly line: number; readonly column: number };

/** An allocation on the heap in a loop, a handler of requests or a benchmark. */
interface HotSite {
  readonly file: string;
  readonly function: string;
  readonly kind: ToldSite['kind'];
  readonly line: number;
  readonly column: number;
}

/** Name of the row that counts allocations. */
const HOT_SITES = 'heap sites in hot code';

/** Counts what there is and what there was, tells it on standard error, and answers whether there is more. Rejects with TimeIsUp. */
export async function reportMore(revision: string, all: Review, run: ReviewRun, now: Now): Promise<boolean> {
  const { plan, io, options } = now;
  const repository = repositoryOf('--no-more-than', homeOf(plan.targets[0]), io);
  const commit = commitOf(repository, revision);
  if (all.incomplete !== undefined) throw new TimeIsUp(all.incomplete.why);
  const after = await count(all, run, repository.top, now.plan.texts);
  const paths = plan.targets.map(({ path }) => path);
  const before = await withBase(repository, commit, paths, now, async (ofBase, { texts, roots }) => {
    const review = await ofBase.review();
    if (review.incomplete !== undefined) throw new TimeIsUp(review.incomplete.why);
    return count(review, ofBase, roots[0], texts);
  });
  const rows = compare(before, after);
  const isMore = rows.some((row) => row.after > row.before);
  if (options.detail !== 'quiet' || isMore) await io.stderr.write(table(revision, commit, rows));
  const here = absolutePath(io.cwd, '.');
  for (const line of newLines(before, after, rows, (file) => relativePath(here, joinPath(repository.top, file)))) {
    await io.stderr.write(`${line}\n`);
  }
  return isMore;
}

async function count(review: Review, run: ReviewRun, top: string, texts: Texts): Promise<Counted> {
  const hotSites: HotSite[] = [];
  for await (const { path, records } of run.escapes()) {
    if (path.endsWith('_test.go')) continue;
    const file = relativePath(top, path);
    hotSites.push(...records.flatMap((record) => (isHotSite(record) ? [{ ...placeOf(record), file, kind: record.kind }] : [])));
  }
  return { entries: located(identified(review.findings, top, texts), texts), hotSites };
}

function located(entries: readonly Identified[], texts: Texts): readonly Located[] {
  const tables = new Map<string, LineTable>();
  return entries.map((each) => {
    const { path, at } = each.finding;
    const lines = tables.get(path) ?? new LineTable(texts.bytes(path) ?? new Uint8Array());
    tables.set(path, lines);
    const { line, column } = lines.position(at.start);
    return { ...each, line: line + 1, column: column + 1 };
  });
}

function isHotSite(record: EscapeRecord): record is ToldSite {
  return (
    record.kind !== 'parameter' &&
    record.isHot &&
    record.verdict === 'heap' &&
    record.certainty !== 'possible' &&
    record.cost.allocates === 'always'
  );
}

function placeOf({ line, column, function: inFunction }: ToldSite): Pick<HotSite, 'line' | 'column' | 'function'> {
  return { line, column, function: inFunction };
}

interface Row {
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** One for each rule that has findings before or after, by name, and one for allocations. */
function compare(before: Counted, after: Counted): readonly Row[] {
  const number = ({ entries }: Counted, rule: string): number => entries.filter(({ entry }) => entry.rule === rule).length;
  const rules = [...new Set([...before.entries, ...after.entries].map(({ entry }) => entry.rule))].sort();
  return [
    ...rules.map((rule) => ({ name: rule, before: number(before, rule), after: number(after, rule) })),
    { name: HOT_SITES, before: before.hotSites.length, after: after.hotSites.length },
  ];
}

function table(revision: string, commit: string, rows: readonly Row[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows.map(({ name, before, after }) => {
    const change = after === before ? '' : `  ${after > before ? '+' : ''}${after - before}`;
    return `  ${name.padEnd(width)}  ${String(before).padStart(6)}  ${String(after).padStart(6)}${change}\n`;
  });
  const head = `${''.padEnd(width + 2)}  ${'base'.padStart(6)}  ${'now'.padStart(6)}\n`;
  return `compared with ${forTerminal(revision)} (${commit.slice(0, 12)}):\n${head}${lines.join('')}`;
}

/** What is new of each row that has more, with its place. */
function newLines(before: Counted, after: Counted, rows: readonly Row[], shownFile: (file: string) => string): readonly string[] {
  const more = new Set(rows.filter((row) => row.after > row.before).map(({ name }) => name));
  const { fresh } = matchBaseline({ findings: before.entries.map(({ entry }) => entry) }, after.entries);
  const isFresh = new Set(fresh);
  const findings = after.entries
    .filter(({ finding, entry }) => isFresh.has(finding) && more.has(entry.rule))
    .map(({ entry, line, column }) => `${shownFile(entry.file)}:${line}:${column}: new: ${entry.rule}${inFunction(entry.function)}`);
  const sites = more.has(HOT_SITES)
    ? freshSites(before.hotSites, after.hotSites).map(
        (site) => `${shownFile(site.file)}:${site.line}:${site.column}: new: heap site (${site.kind})${inFunction(site.function)}`,
      )
    : [];
  return [...findings, ...sites].map(forTerminal);
}

function inFunction(name: string): string {
  return name === '' ? '' : ` in ${name}`;
}

/** A site is known again by its function and kind, because nothing else of it stays when lines move. */
function freshSites(before: readonly HotSite[], after: readonly HotSite[]): readonly HotSite[] {
  const left = new Map<string, number>();
  const keyOf = ({ function: name, kind }: HotSite): string => `${name}\0${kind}`;
  for (const site of before) left.set(keyOf(site), (left.get(keyOf(site)) ?? 0) + 1);
  return after.filter((site) => {
    const known = left.get(keyOf(site)) ?? 0;
    left.set(keyOf(site), known - 1);
    return known <= 0;
  });
}
