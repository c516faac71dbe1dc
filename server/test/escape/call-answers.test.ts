/** Answers that rest on each other, against a fixed point found by sweeping, and chains of calls on one variable, which once took exponential time. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { CallAnswers } from '../../src/escape/calls/call-answers.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { heapOf } from './analysis.ts';

beforeAll(loadTestGrammar);

interface Graph {
  readonly refuted: readonly boolean[];
  readonly restsOn: readonly (readonly number[])[];
}

const SIZE = 8;
const graphs = fc.record({
  refuted: fc.array(fc.boolean(), { minLength: SIZE, maxLength: SIZE }),
  restsOn: fc.array(fc.array(fc.nat(SIZE - 1), { maxLength: 3 }), { minLength: SIZE, maxLength: SIZE }),
});

function swept({ refuted, restsOn }: Graph): readonly boolean[] {
  let answers = refuted.map((is) => !is);
  for (let sweep = 0; sweep < SIZE; sweep++) answers = answers.map((answer, i) => answer && (restsOn[i] ?? []).every((on) => answers[on]));
  return answers;
}

describe('answers that rest on each other', () => {
  it('are the greatest fixed point, whatever is asked first', () => {
    fc.assert(
      fc.property(graphs, fc.array(fc.nat(SIZE - 1)), (graph, asked) => {
        const answers = new CallAnswers(SIZE + 1);
        const ask = (call: number, depth: number): boolean =>
          answers.of(call, depth, () => graph.restsOn[call]?.every((on) => ask(on, depth + 1)) === true && graph.refuted[call] === false);
        const expected = swept(graph);
        expect(asked.map((call) => ask(call, 0))).toEqual(asked.map((call) => expected[call]));
      }),
      { numRuns: 2000 },
    );
  });

  it('are found for a variable that is set to what its own methods give, however often', () => {
    const steps = '\tif t != nil {\n\t\tt = t.next()\n\t}\n'.repeat(400);
    const declarations = 'package p\ntype node interface{ next() node; take(*int) }\nfunc first(n node) node { return n }\n';
    expect(heapOf(`${declarations}func f(n node) {\n\tv := 1\n\tt := first(n)\n${steps}\tt.take(&v)\n}\n`)).toEqual(['moved v possible']);
  });
});
