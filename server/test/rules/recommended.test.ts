/** What somebody sees who has changed no setting: the examples that the pages and the walkthrough promise to show are told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { resolveSettings } from '../../src/config/index.ts';
import { createSession, type Finding } from '../../src/review/index.ts';
import { rules } from '../../src/rules/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const WALKTHROUGH = join(import.meta.dirname, '../../../extension/media/example.go');

function told(text: string, go: number): readonly Finding[] {
  const session = createSession(memoryFiles({ '/m/go.mod': `module m.org/m\n\ngo 1.${go}\n`, '/m/x.go': text }), loadTestLibrary());
  session.configure(resolveSettings({ preset: 'recommended' }, undefined));
  return session.review(['/m/x.go'], neverCancelled).findings;
}

describe('by default', () => {
  it.each(rules.filter(({ preset }) => preset === 'recommended').map((rule) => [rule.id, rule] as const))(
    '%s tells of the example on its page',
    (id, rule) => {
      const ids = told(rule.docs.bad, Math.min(rule.go.to ?? 26, 26)).map(({ ruleId }) => ruleId);
      expect(ids).toContain(id);
    },
  );

  it("the walkthrough's example shows what its comments say", () => {
    const ids = told(readFileSync(WALKTHROUGH, 'utf8'), 26).map(({ ruleId }) => ruleId);
    expect(ids).toEqual(['lost-cancel', 'slice-growth', 'escaping-pointer']);
  });
});
