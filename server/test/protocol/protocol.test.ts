/** Any session, over the wire of a real process: see `commands.ts` for what may happen and `session.ts` for what must hold. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DISTRIBUTION } from '../support/distribution.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { play } from './play.ts';

beforeAll(loadTestGrammar);

describe('the protocol', () => {
  it('is kept in any order of edits, requests, cancellations and broken frames', async () => {
    const played = await play({ script: join(DISTRIBUTION, 'escapement.js'), runs: 2, seed: 7, maxCommands: 60 });
    expect(played).toMatchObject({ runs: 2 });
    expect(played.compared).toBeGreaterThan(2);
    expect(played.findings).toBeGreaterThan(2);
    expect(played.restarts).toBeGreaterThan(0);
  }, 120_000);
});
