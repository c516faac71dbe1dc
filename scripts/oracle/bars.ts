/** What the figures may not fall below; `npm run oracle` fails there. */
import { percentage, precision, recall, type Score, type Share } from './score.ts';

/** Each bar that is missed, in words. */
export function missedBars(score: Score, confirmed: Share): readonly string[] {
  const bars: readonly (readonly [string, number | undefined, number])[] = [
    ['confirmed findings', percentage(confirmed), 95],
    ['precision on own lines', precision(score.own), 96],
    ['recall on own lines', recall(score.own), 94],
    ['precision on raw lines', precision(score.raw), 94],
    ['recall on raw lines', recall(score.raw), 88],
    ['precision of what is certain', precision(score.ownCertain), 98.5],
    ['coverage', percentage(score.coverage), 97],
    ['exact parameters', percentage(score.exact), 95],
  ];
  return bars.flatMap(([name, value, bar]) =>
    (value ?? 0) >= bar
      ? []
      : [`${name}: ${value === undefined ? 'nothing was measured' : `${value.toFixed(2)} %`}, at least ${bar} % are wanted`],
  );
}
