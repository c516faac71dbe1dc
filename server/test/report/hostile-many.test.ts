/** Ten thousand hostile texts through every format: no raw control, no forged command, every document valid. */
import fc from 'fast-check';
import { it } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/index.ts';
import { expectHarmless, hostile } from './hostile.ts';

it.each(FORMAT_NAMES)('%s', (name) => {
  fc.assert(
    fc.property(hostile, hostile, (text, source) => expectHarmless(name, text, source)),
    { numRuns: 10_000 },
  );
});
