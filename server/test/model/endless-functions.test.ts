/** Whether a function never returns is the same for who asks about it alone, in any order, as for who asks about the whole package. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { declarationsIn, declaredKey, factsOf, spreadEndless } from '../../src/model/flow/endless.ts';
import { EndlessFunctions } from '../../src/model/flow/endless-functions.ts';
import { declaredNames } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sourceFile } from './packages.ts';

const FUNCTIONS = 8;
const encoder = new TextEncoder();

beforeAll(loadTestGrammar);

const call = fc.nat(FUNCTIONS - 1).map((i) => (i % 2 === 0 ? `f${i}()` : `t.f${i}()`));
const statement = fc.oneof(
  { weight: 6, arbitrary: call },
  { weight: 2, arbitrary: fc.constantFrom('if c { return }', 'x++', 'if c { panic(0) }', 'for c { return }', 'defer f0()') },
  { weight: 1, arbitrary: fc.constantFrom('panic(0)', 'for {}', 'select {}', 'return', 'for { if c { break } }') },
  call.map((each) => `if c { ${each} } else { panic(0) }`),
);
const bodies = fc.array(fc.array(statement, { maxLength: 4 }), { minLength: FUNCTIONS, maxLength: FUNCTIONS });

function filesOf(made: readonly (readonly string[])[]) {
  const texts = ['', '', ''];
  for (const [i, body] of made.entries()) {
    const receiver = i % 2 === 0 ? '' : '(t *T) ';
    texts[i % texts.length] += `func ${receiver}f${i}() {\n${body.join('\n')}\n}\n`;
  }
  return texts.map((text, i) => {
    const file = sourceFile(`/${i}.go`, `package p\n${text}`);
    return { ...file, outline: () => declaredNames(encoder.encode(`package p\n${text}`)) };
  });
}

describe('functions that never return', () => {
  it('are the same asked for one by one', () => {
    const seen = { endless: 0, others: 0 };
    fc.assert(
      fc.property(bodies, fc.infiniteStream(fc.nat(FUNCTIONS - 1)), (made, order) => {
        const files = filesOf(made);
        const whole = { functions: new Map(), keys: new Set<string>() };
        spreadEndless(
          files.map(({ tree }) => factsOf(tree)),
          whole,
        );
        const declarations = files.flatMap(({ tree }) => declarationsIn(tree));
        const asked = new EndlessFunctions(files);
        for (const i of [...order.take(FUNCTIONS)]) {
          const each = declarations[i];
          const isEndless = whole.functions.get(each.tree)?.has(each.node) === true;
          seen[isEndless ? 'endless' : 'others']++;
          expect(asked.has(each.tree, each.node)).toBe(isEndless);
          expect(asked.hasKey(declaredKey(each))).toBe(whole.keys.has(declaredKey(each)));
        }
        expect(asked.keys).toEqual(whole.keys);
      }),
      { numRuns: 500, seed: 7 },
    );
    expect(Math.min(seen.endless, seen.others)).toBeGreaterThan(200);
  });

  it('leave files unread on which nothing hangs', () => {
    const texts = ['func f() { g() }', 'func g() { if c { return }; h() }', 'func h() { panic(0) }'];
    const read = new Set<number>();
    const files = texts.map((text, i) => {
      const { tree } = sourceFile(`/${i}.go`, `package p\n${text}\n`);
      return {
        outline: () => declaredNames(encoder.encode(`package p\n${text}\n`)),
        get tree() {
          read.add(i);
          return tree;
        },
      };
    });
    expect(new EndlessFunctions(files).hasKey('f')).toBe(false);
    expect([...read]).toEqual([0, 1]);
  });
});
