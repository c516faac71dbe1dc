/** Known findings are found again whatever moved around them, and each stands for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BaselineEntry, baselineText, type Identified, matchBaseline, parseBaseline } from '../../src/review/index.ts';

const entry: BaselineEntry = {
  fingerprint: 'f1',
  rule: 'r',
  file: 'a.go',
  function: 'F',
  line: 'out=append(out,x)',
  code: 'append(out,x)',
};
const found = (change: Partial<BaselineEntry> = {}): Identified<{ ruleId: string; name: string }> => ({
  finding: { ruleId: change.rule ?? 'r', name: JSON.stringify(change) },
  entry: { ...entry, ...change },
});

describe('a known finding', () => {
  it.each([
    ['as it was', {}],
    ['in a renamed file', { file: 'b.go' }],
    ['in a renamed file of another package', { file: 'x/b.go', fingerprint: 'f2' }],
    ['whose statement was laid out anew', { fingerprint: 'f2', line: 'out=append(out,' }],
    ['in a function of another name', { fingerprint: 'f2', function: 'G' }],
    ['whose neighbours changed on the line', { fingerprint: 'f2', line: 'if(ok){out=append(out,x)}' }],
  ])('%s is known', (_, change) => {
    expect(matchBaseline({ findings: [entry] }, [found(change)])).toEqual({ fresh: [], stale: [] });
  });

  it.each([
    ['of another rule', { fingerprint: 'f2', rule: 's' }],
    ['in another function of another file', { fingerprint: 'f2', function: 'G', file: 'b.go' }],
    ['in another function, as part of another line', { fingerprint: 'f2', function: 'G', line: 'if(ok){out=append(out,x)}' }],
    ['of other code', { fingerprint: 'f2', line: 'b=append(b,y)', code: 'append(b,y)' }],
  ])('%s is new, and the entry is stale', (_, change) => {
    const { fresh, stale } = matchBaseline({ findings: [entry] }, [found(change)]);
    expect(fresh).toHaveLength(1);
    expect(stale).toEqual([entry]);
  });

  it('stands for one: a second of its kind is new', () => {
    const { fresh, stale } = matchBaseline({ findings: [entry] }, [found({ fingerprint: 'f2' }), found()]);
    expect(fresh.map(({ name }) => name)).toEqual(['{"fingerprint":"f2"}']);
    expect(stale).toEqual([]);
  });
});

const anyEntry = fc.record({
  fingerprint: fc.constantFrom('1', '2', '3'),
  rule: fc.constantFrom('r', 's'),
  file: fc.constantFrom('a.go', 'b.go'),
  function: fc.constantFrom('F', 'G'),
  line: fc.constantFrom('x', 'y', '\u0000"'),
  code: fc.constantFrom('p', 'q'),
});

describe('any baseline', () => {
  it('comes back as it was written', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), (entries) => {
        const parsed = parseBaseline(baselineText(entries));
        expect(typeof parsed === 'string' ? parsed : baselineText(parsed.findings)).toBe(baselineText(entries));
      }),
    );
  });

  it('accounts for every finding and every entry once', () => {
    fc.assert(
      fc.property(fc.array(anyEntry), fc.array(anyEntry), (entries, now) => {
        const { fresh, stale } = matchBaseline(
          { findings: entries },
          now.map((each) => ({ finding: { ruleId: each.rule }, entry: each })),
        );
        expect(now.length - fresh.length).toBe(entries.length - stale.length);
        expect(
          matchBaseline(
            { findings: entries },
            entries.map((each) => found(each)),
          ),
        ).toEqual({ fresh: [], stale: [] });
      }),
    );
  });
});

it.each([
  ['{', /not JSON.*baseline update/],
  ['[]', /version is undefined instead of 1/],
  ['{"version": 2, "findings": []}', /version is 2/],
  ['{"version": 1}', /no list of findings/],
  ['{"version": 1, "findings": [{}]}', /finding 1 lacks one of fingerprint/],
])('%s is answered with what to do', (text, says) => {
  expect(parseBaseline(text)).toMatch(says);
});
