/** What a session keeps of the escape analysis from one edit to the next shows in no answer: a fresh session says the same. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import type { Session } from '../../src/review/index.ts';
import { rules } from '../../src/rules/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sessionOf } from '../support/session.ts';

beforeAll(loadTestGrammar);

const JUDGES = rules.filter(({ evidence }) => evidence === 'escape');

/** Bodies that each function may have: what they keep, give back, pass on, and to whom. */
const BODIES = [
  'return p',
  'kept = p\n\treturn nil',
  'q := new(T)\n\treturn q',
  'v := T{}\n\treturn b(&v)',
  'if p != nil {\n\t\treturn a(p.next)\n\t}\n\treturn c(&T{})',
  'q := p.next\n\tfor i := range 3 {\n\t\tq.n = i\n\t}\n\treturn q',
  'go func() { println(p) }()\n\treturn c(p)',
  'var x any = p.n\n\tswitch y := x.(type) {\n\tcase int:\n\t\tkeptInt = &y\n\tcase T:\n\t\treturn &y\n\t}\n\treturn lib.Pass(p.n, nil)',
  'defer func() { recover() }()\n\tbuf := make([]T, p.n)\n\treturn &buf[0]',
  'return laidOut',
  'f := func(t *T) *T { return t }\n\treturn f(&T{next: p})',
  'return a(',
  '// nothing but this\n\n\n\treturn b(p)',
];
const LIB = ['return t', 'Kept = t\n\treturn nil', 'return new(E)'];
const OUTSIDE = ['', '// Said of nothing.\n', '//go:noinline\n', '\n//go:noinline\n\n', '//go:noinline\n// And this.\n'];
const HEADS = ['p *T', 'p *T, _ ...int', '_, p *T'];
const TYPES = ['int', 'int8', '[70000]int'];

interface State {
  readonly bodies: readonly number[];
  readonly outside: readonly number[];
  readonly head: number;
  readonly type: number;
  readonly lib: number;
}

const START: State = { bodies: [0, 0, 0, 0], outside: [0, 0, 0, 0], head: 0, type: 0, lib: 0 };

function textsOf({ bodies, outside, head, type, lib }: State): Record<string, string> {
  const fn = (name: string, i: number) =>
    `${OUTSIDE[outside[i]]}func ${name}(${i === 0 ? HEADS[head] : 'p *T'}) *T {\n\t${BODIES[bodies[i]]}\n}\n`;
  const imports = 'package p\n\nimport "m/lib"\n\nvar _ lib.E\n';
  const types = `type T struct {\n\tn ${TYPES[type]}\n\tnext *T\n\t*lib.E\n}\n\nvar kept *T\nvar keptInt *int\nvar laidOut = d(nil)\n`;
  return {
    '/m/go.mod': 'module m\n\ngo 1.24\n',
    '/m/a.go': `${imports}\n${fn('a', 0)}\n${fn('b', 1)}`,
    '/m/b.go': `${imports}\n${types}\n${fn('c', 2)}\n${fn('d', 3)}`,
    '/m/lib/lib.go': `package lib\n\ntype E struct{ m int }\n\nvar Kept *E\n\nfunc Pass(n int, t *E) *E {\n\t${LIB[lib]}\n}\n`,
  };
}

/** Of a text that does not parse, a session that knew it before knows more than a fresh one. */
function isSound({ bodies }: State): boolean {
  return bodies.every((body) => BODIES[body] !== 'return a(');
}

const below = (list: readonly unknown[]) => fc.nat({ max: list.length - 1 });
const edit: fc.Arbitrary<(state: State) => State> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.nat({ max: 3 }), below(BODIES)).map(([i, to]) => (s: State) => ({ ...s, bodies: s.bodies.with(i, to) })),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat({ max: 3 }), below(OUTSIDE)).map(([i, to]) => (s: State) => ({ ...s, outside: s.outside.with(i, to) })),
  },
  below(HEADS).map((head) => (s: State) => ({ ...s, head })),
  below(TYPES).map((type) => (s: State) => ({ ...s, type })),
  below(LIB).map((lib) => (s: State) => ({ ...s, lib })),
);

function answers(session: Session): unknown {
  const paths = ['/m/a.go', '/m/b.go'];
  return JSON.parse(JSON.stringify([session.review(paths, neverCancelled), paths.map((path) => session.escapes(path))]));
}

describe('a session through edits', () => {
  it('says what a fresh one says of the texts as they are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(edit, fc.boolean()), { minLength: 1, maxLength: 12 }), (edits) => {
        let state = START;
        const session = sessionOf(textsOf(state), JUDGES, { showPossible: true });
        for (const [path, text] of Object.entries(textsOf(state))) if (path.endsWith('.go')) session.open({ path, version: 0, text });
        answers(session);
        for (const [change, isAsked] of edits) {
          const before = textsOf(state);
          state = change(state);
          const now = textsOf(state);
          for (const path of Object.keys(now)) if (now[path] !== before[path]) session.change({ path, version: 1, text: now[path] });
          const said = isAsked ? answers(session) : undefined;
          if (isAsked && isSound(state)) expect(said).toEqual(answers(sessionOf(now, JUDGES, { showPossible: true })));
        }
        if (isSound(state)) expect(answers(session)).toEqual(answers(sessionOf(textsOf(state), JUDGES, { showPossible: true })));
      }),
      { numRuns: Number(process.env.RUNS ?? 60) },
    );
  });
});
