/** `--fix`, killed: a slice of what `npm run kills -- 1000` does at length. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { madeUp } from '../../../scripts/kills/module.ts';
import { kill } from '../../../scripts/kills/rounds.ts';
import { DISTRIBUTION } from '../support/distribution.ts';
import { random } from '../syntax/oracle/mutations.ts';

it('leaves every file old or new, and nothing beside it once it ran to its end', { timeout: 1_200_000 }, async () => {
  const { files, fixed, kills, between, leftOver, broken } = await kill(
    join(DISTRIBUTION, 'escapement.js'),
    madeUp(),
    20,
    random(Date.now()),
    () => {},
  );
  expect({ files, fixed, kills, leftOver, broken }).toEqual({ files: 201, fixed: 200, kills: 20, leftOver: 0, broken: 0 });
  expect(between).toBeGreaterThan(0);
});
