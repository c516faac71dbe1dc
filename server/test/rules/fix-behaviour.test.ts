/**
 * A slice of `npm run behaviour`: generated functions before and after their safe fixes give the same results, panics and
 * side effects, and allocate no more. What no fix touches proves nothing, so the share of hits has to be high enough.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GENERATORS } from '../../../scripts/behaviour/generators.ts';
import { proveBehaviour } from '../../../scripts/behaviour/prove.ts';
import { rules } from '../../src/rules/index.ts';
import { DISTRIBUTION } from '../support/distribution.ts';
import { COMPILE_TIMEOUT, hasGo, unlessGo } from '../support/go.ts';

const SAMPLE = { seed: 7, functions: 60, inputs: 20 };
/** Of 60 functions, the hits may fall short of what holds for many. */
const LUCK = 0.6;

describe('the behaviour proof', () => {
  it('has a generator for every rule with a safe fix', () => {
    const proved = GENERATORS.flatMap((generator) => generator.rules);
    expect(rules.filter(({ id, fix }) => fix === 'safe' && !proved.includes(id)).map(({ id }) => id)).toEqual([]);
  });
});

describe.skipIf(!hasGo)(`safe fixes${unlessGo}`, () => {
  it.each(GENERATORS.map((generator) => ({ name: generator.rules.join(', '), generator })))(
    'of $name change nothing that can be seen',
    ({ generator }) => {
      const { functions, fixed, problems } = proveBehaviour(join(DISTRIBUTION, 'escapement.js'), generator, SAMPLE);
      expect(problems).toEqual([]);
      expect(fixed).toBeGreaterThan(LUCK * generator.hits * functions);
    },
    COMPILE_TIMEOUT,
  );
});
