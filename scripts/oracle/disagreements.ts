/** Lines on which the compiler and a prediction part, for whoever wants to know why. */
import type { Predicted } from './score.ts';
import type { Truth } from './truth.ts';

/** `missed` or `false`, the place, the kind and what is said there, at most `limit` of each. */
export function disagreements(truth: Truth, predictions: readonly Predicted[], limit: number): readonly string[] {
  const theirs = truth.sites.filter(({ verdict }) => verdict === 'heap');
  const ours = predictions.flatMap((record) => {
    if (record.kind === 'parameter' || record.verdict !== 'heap' || record.certainty === 'possible') return [];
    return truth.isJudged(record.file, record.line) ? [record] : [];
  });
  const place = ({ file, line }: { readonly file: string; readonly line: number }): string => `${file}:${line}`;
  const heapOfTheirs = new Set(theirs.map(place));
  const heapOfOurs = new Set(ours.map(place));
  const missed = theirs.filter((site) => !heapOfOurs.has(place(site)));
  const wrong = ours.filter((record) => !heapOfTheirs.has(place(record)));
  return [
    ...missed.slice(0, limit).map((site) => `missed ${place(site)}: ${site.origin} ${site.kind}: ${site.text}`),
    ...wrong
      .slice(0, limit)
      .map((record) => `false ${place(record)}: ${record.origin} ${record.kind} (${record.certainty}) in ${record.function}`),
  ];
}
