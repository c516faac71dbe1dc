/**
 * `--no-more-than`: no rule may have more findings than it had in a revision, and no more may be allocated on the heap where code runs
 * often. Counted is everything that the review finds, new or not, so that what moves costs nothing and what is mended makes room.
 */
import { joinPath, LineTable, relativePath } from '../../base/index.ts';
import { baseOf, type Comparison, type Count, type Fresh, forTerminal, isMore } from '../../report/index.ts';
import { type EscapeRecord, type Identified, matchBaseline, type Review, type ToldSite } from '../../review/index.ts';
import { TimeIsUp } from '../client/deadline.ts';
import type { ReviewRun } from '../client/review-run.ts';
import { commitOf, repositoryOf } from '../files/git.ts';
import { absolutePath } from '../files/paths.ts';
import { homeOf } from '../files/targets.ts';
import type { Texts } from '../files/texts.ts';
import type { Io } from '../io.ts';
import { type Now, withBase } from '../new-code/base-review.ts';
import type { ReviewOptions } from '../options.ts';
import { identified } from './baseline-filter.ts';

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

/** Counts what there is and what there was. Rejects with TimeIsUp. */
export async function compareWith(revision: string, all: Review, run: ReviewRun, now: Now): Promise<Comparison> {
  const { plan, io } = now;
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
  const counts = compare(before, after);
  return { revision, commit, counts, fresh: freshIn(before, after, counts, (file) => joinPath(repository.top, file)) };
}

/** Tells it on standard error; answers whether there is more. */
export async function reportMore(comparison: Comparison, { detail }: ReviewOptions, io: Io): Promise<boolean> {
  const hasMore = comparison.counts.some(isMore);
  if (detail !== 'quiet' || hasMore) await io.stderr.write(table(comparison));
  const here = absolutePath(io.cwd, '.');
  for (const { path, line, column, text } of comparison.fresh)
    await io.stderr.write(`${forTerminal(`${relativePath(here, path)}:${line}:${column}: new: ${text}`)}\n`);
  return hasMore;
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

/** One for each rule that has findings before or after, by name, and one for allocations. */
function compare(before: Counted, after: Counted): readonly Count[] {
  const number = ({ entries }: Counted, rule: string): number => entries.filter(({ entry }) => entry.rule === rule).length;
  const rules = [...new Set([...before.entries, ...after.entries].map(({ entry }) => entry.rule))].sort();
  return [
    ...rules.map((rule) => ({ what: rule, before: number(before, rule), after: number(after, rule) })),
    { what: HOT_SITES, before: before.hotSites.length, after: after.hotSites.length },
  ];
}

function table(comparison: Comparison): string {
  const width = Math.max(...comparison.counts.map(({ what }) => what.length));
  const lines = comparison.counts.map(({ what, before, after }) => {
    const change = after === before ? '' : `  ${after > before ? '+' : ''}${after - before}`;
    return `  ${what.padEnd(width)}  ${String(before).padStart(6)}  ${String(after).padStart(6)}${change}\n`;
  });
  const head = `${''.padEnd(width + 2)}  ${'base'.padStart(6)}  ${'now'.padStart(6)}\n`;
  return `compared with ${forTerminal(baseOf(comparison))}:\n${head}${lines.join('')}`;
}

/** What is new of each count that is more, with its place. */
function freshIn(before: Counted, after: Counted, counts: readonly Count[], pathOf: (file: string) => string): readonly Fresh[] {
  const more = new Set(counts.filter(isMore).map(({ what }) => what));
  const { fresh } = matchBaseline({ findings: before.entries.map(({ entry }) => entry) }, after.entries);
  const isFresh = new Set(fresh);
  const findings = after.entries
    .filter(({ finding, entry }) => isFresh.has(finding) && more.has(entry.rule))
    .map(({ entry: { rule, file, function: name }, line, column }) => {
      return { of: rule, path: pathOf(file), line, column, text: `${rule}${inFunction(name)}` };
    });
  const sites = (more.has(HOT_SITES) ? freshSites(before.hotSites, after.hotSites) : []).map(
    ({ file, function: name, kind, line, column }) => {
      return { of: HOT_SITES, path: pathOf(file), line, column, text: `heap site (${kind})${inFunction(name)}` };
    },
  );
  return [...findings, ...sites];
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
