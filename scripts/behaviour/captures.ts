/** Closures that outlive the statement they stand in, over variables that are written anywhere around them. */
import fc, { type Arbitrary } from 'fast-check';
import { lines } from './loops.ts';
import type { Body, Generator } from './subject.ts';

/** Writes of v, and what writes nothing. */
const STATEMENTS = [
  'v = in.M',
  'v++',
  'if in.Flag {\nv = 3\n}',
  'for v < 5 {\nv += 2\n}',
  'in.Turn()',
  'p := &v\n*p = 8',
  'v, in.M = in.M, v',
  'v += in.V(2)',
];

const CLOSURES = [
  'func() int { return v }',
  'func() int { return v }',
  'func() int { return v - 1 }',
  'func() int { return v + in.N }',
  'func() int {\nv++\nreturn v\n}',
  'func() int {\nv := v + 1\nreturn v\n}',
  'func() int { return func() int { return v * 2 }() }',
  'func() int {\nif in.Flag {\nreturn v\n}\nreturn -v\n}',
];

/** Where the closure goes; all of them are called in the end. */
const SINKS: readonly ((closure: string) => string)[] = [
  (closure) => `fs = append(fs, ${closure})`,
  (closure) => `f := ${closure}\nfs = append(fs, f)`,
  (closure) => `done := make(chan int)\ngo func() {\ndone <- v\n}()\nin.Kept = append(in.Kept, <-done)\nfs = append(fs, ${closure})`,
  (closure) => `for range 2 {\nfs = append(fs, ${closure})\n}`,
  (closure) => `defer func(f func() int) { in.Keep(f) }(${closure})`,
  (closure) => `if in.N > 0 {\nfs = append(fs, ${closure})\n}`,
];

const sequences = (min: number, max: number): Arbitrary<readonly string[]> =>
  fc.array(fc.constantFrom(...STATEMENTS), { minLength: min, maxLength: max });

const captured: Arbitrary<Body> = fc
  .record({
    first: sequences(1, 3),
    closure: fc.constantFrom(...CLOSURES),
    sink: fc.constantFrom(...SINKS),
    second: fc.oneof({ arbitrary: fc.constant([]), weight: 6 }, { arbitrary: sequences(1, 1), weight: 1 }),
    place: fc.constantFrom<Place>('straight', 'loop', 'loop', 'turn', 'turn', 'return'),
  })
  .map(({ first, closure, sink, second, place }) => {
    const body = placed(place, lines(...first), `${sink(closure)}\n`, lines(...second));
    return { text: `var fs []func() int\n${body.trimEnd()}\nfor _, f := range fs {\nin.Keep(f)\n}\nreturn len(fs)` };
  });

/** Where the closure is made: once, in a loop over one variable or over one that each turn sets, or in a branch that returns. */
type Place = 'straight' | 'loop' | 'turn' | 'return';

function placed(place: Place, first: string, made: string, second: string): string {
  switch (place) {
    case 'straight':
      return `v := in.N\n${first}${made}${second}`;
    case 'loop':
      return `v := in.N\n${first}for range 3 {\n${made}}\n${second}`;
    case 'turn':
      return `var v int\nfor i := range 3 {\nv = in.N + i\n${first}${made}${second}}`;
    case 'return':
      return `v := in.N\n${first}if in.Flag {\n${made}in.Keep(fs[len(fs)-1])\nreturn -1\n}\nv = in.M\n${made}${second}`;
  }
}

const TURNS = [
  'for _, v := range in.Xs',
  'for v := range in.N',
  'for v := 0; v < in.N; v++',
  'for v := 0; v < 6; v += 2',
  'for v, x := range in.Four',
];

const copied: Arbitrary<Body> = fc
  .record({
    head: fc.constantFrom(...TURNS),
    copy: fc.constantFrom('v := v', 'w := v', 'v, w := v, 1\n_ = w', 'v := v + 1'),
    before: fc.constantFrom('', '', 'in.V(v)', 'if v > 4 {\nbreak\n}'),
    work: fc.constantFrom(
      'fs = append(fs, func() int { return v })',
      'fs = append(fs, func() int {\nv++\nreturn v\n})',
      'v++\nfs = append(fs, func() int { return v })',
      'in.Kept = append(in.Kept, v)',
      'p := &v\nfs = append(fs, func() int { return *p })',
      'defer func() { in.Keep(func() int { return v }) }()',
    ),
    after: fc.constantFrom('', '', 'in.Turn()', 'v = 1'),
  })
  .map(({ head, copy, before, work, after }) => {
    const used = copy.startsWith('w') ? '_ = w' : '';
    const begin = head.includes('x :=') || head.includes(', x') ? '_ = x' : '';
    return {
      text: `var fs []func() int\n${head} {\n${lines(begin, before, copy, used, 'in.Turn()', work, after)}}\nfor _, f := range fs {\nin.Keep(f)\n}\nreturn len(fs)`,
    };
  });

export const CAPTURES: readonly Generator[] = [
  { rules: ['closure-capture'], bodies: captured, hits: 0.15, saves: false, setUp: 0 },
  {
    rules: ['loop-variable-copy'],
    bodies: copied,
    hits: 0.1,
    saves: false,
    setUp: 1,
    because: 'a turn that ended before the copy made none, but has a variable',
  },
];
