/** Slices and maps that loops fill, from every kind of beginning and with every kind of look at the result. */
import fc, { type Arbitrary } from 'fast-check';
import { around, disturbances, frames, lines, loops, shadows } from './loops.ts';
import type { Body, Generator } from './subject.ts';

interface Element {
  readonly type: string;
  /** An element made of an expression of type int. */
  readonly of: (index: string) => string;
}

const ELEMENTS: readonly Element[] = [
  { type: 'int', of: (index) => index },
  { type: 'int', of: (index) => `in.V(${index})` },
  { type: 'string', of: (index) => `in.Word(${index})` },
  { type: 'input.Item', of: (index) => `input.Item{Age: ${index}}` },
  { type: 'any', of: (index) => index },
  { type: '[2]int', of: (index) => `[2]int{${index}, in.V(${index})}` },
  { type: 'byte', of: (index) => `byte(${index})` },
  { type: '[]int', of: (index) => `[]int{${index}}` },
];

const STARTS: readonly ((type: string) => string)[] = [
  (type) => `var s []${type}`,
  (type) => `s := []${type}{}`,
  (type) => `s := make([]${type}, 0)`,
  (type) => `var s []${type} = nil`,
  (type) => `var s, t []${type}\n_ = t`,
  (type) => `s, k := []${type}{}, 0\nk++`,
  (type) => `type list []${type}\nvar s list`,
  (type) => `s := []${type}(nil)`,
  () => '',
  () => 's = nil',
];

/** What is seen of s; those that return nothing want a named result. */
const ENDS = [
  'return s',
  'return len(s)',
  'if s == nil {\nreturn -1\n}\nreturn s',
  'in.Turn()\ns = append(s, s...)\nreturn s',
  'a := append(s, s[:min(1, len(s))]...)\nb := append(s, s[:min(1, len(s))]...)\nreturn []any{len(a), len(b), s}',
  'f := func() int { return len(s) }\nin.Keep(f)\nreturn s',
  't := s[:len(s)/2]\nreturn []any{t, s}',
  'return fmt.Sprint(s)',
];

const slices: Arbitrary<Body> = fc
  .record({
    element: fc.constantFrom(...ELEMENTS),
    start: fc.constantFrom(...STARTS),
    loop: loops,
    times: fc.constantFrom(1, 1, 1, 2, 3),
    isSplit: fc.boolean(),
    frame: frames,
    disturbance: disturbances,
    shadow: shadows,
    isDeferred: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    end: fc.constantFrom(...ENDS),
  })
  .map(({ element, start, loop, times, isSplit, frame, disturbance, shadow, isDeferred, end }) => {
    const values = Array.from({ length: times }, (_, i) => element.of(i === 0 ? loop.index : `${loop.index} + ${i}`));
    const body = isSplit ? values.map((value) => `s = append(s, ${value})`).join('\n') : `s = append(s, ${values.join(', ')})`;
    const started = start(element.type);
    const isNamed = started === '' || started === 's = nil';
    const filled = around(loop, body, frame, disturbance);
    const recovers = isNamed && isDeferred ? 'defer func() { _ = recover() }()' : '';
    const text = `${lines(shadow, recovers, started)}${filled}\n${isNamed ? 'return s' : end}`;
    return { text, ...(isNamed ? { result: `s []${element.type}` } : {}), imports: text.includes('fmt.') ? ['fmt'] : [] };
  });

/** Of all slices in the calm input. */
const CALM_LENGTH = 150;

const copies: Arbitrary<Body> = fc
  .record({
    from: fc.constantFrom('in.Xs', 'in.Double()', 'in.Four', '&in.Four', 'in.Four[1:]', 'in.Xs[1:]'),
    isIndexed: fc.boolean(),
    start: fc.constantFrom(
      ...STARTS,
      () => 's := append([]int(nil), in.Xs...)',
      () => 's := in.Xs',
      () => 's := in.Xs[:0]',
    ),
    end: fc.constantFrom(...ENDS),
    frame: frames,
    shadow: shadows,
  })
  .map(({ from, isIndexed, start, end, frame, shadow }) => {
    const isPlain = /^in\.(Xs|Four)$/.test(from);
    const head = isIndexed && isPlain ? `for i := range ${from}` : `for _, x := range ${from}`;
    const body = isIndexed && isPlain ? `s = append(s, ${from}[i])` : 's = append(s, x)';
    const started = start('int');
    const isNamed = started === '' || started === 's = nil';
    const filled = around({ before: '', head, index: '', begin: '' }, body, frame, ['', '']);
    const text = `${lines(shadow, started)}${filled}\n${isNamed ? 'return s' : end}`;
    const isEmptied = STARTS.includes(start) && !from.includes('Four');
    const result = isNamed ? { result: 's []int' } : {};
    return { text, ...result, imports: text.includes('fmt.') ? ['fmt'] : [], turns: isEmptied ? CALM_LENGTH : 0 };
  });

const KEYS = ['int', 'string', 'float64', '[2]int'];
const KEY: Readonly<Record<string, (index: string) => string>> = {
  int: (index) => index,
  string: (index) => `in.Word(${index})`,
  float64: (index) => `float64(${index})`,
  '[2]int': (index) => `[2]int{${index}, 1}`,
};

const maps: Arbitrary<Body> = fc
  .record({
    key: fc.constantFrom(...KEYS),
    isLiteral: fc.boolean(),
    loop: loops,
    times: fc.constantFrom(1, 1, 2),
    value: fc.constantFrom('in.V(1)', '1', 'len(m)', 'in.Turn()'),
    frame: frames,
    disturbance: disturbances,
    shadow: shadows,
    end: fc.constantFrom('return m', 'return len(m)', 'if len(m) == 0 {\nreturn nil\n}\nreturn m', 'clear(m)\nreturn m'),
  })
  .map(({ key, isLiteral, loop, times, value, frame, disturbance, shadow, end }) => {
    const stores = Array.from({ length: times }, (_, i) => `m[${KEY[key](i === 0 ? loop.index : `-${loop.index}`)}] = ${value}`);
    const start = isLiteral || shadow.startsWith('make') ? `m := map[${key}]int{}` : `m := make(map[${key}]int)`;
    const isLavish = frame === 'nested' || key === 'string' || !/^(i|int\(i\))$/.test(loop.index) || loop.head.includes('in.Text');
    return { text: `${lines(shadow, start)}${around(loop, stores.join('\n'), frame, disturbance)}\n${end}`, isLavish };
  });

/** A quarter of what is generated is disturbed, shadowed or of unknown length on purpose. */
export const GROWTH: readonly Generator[] = [
  {
    rules: ['slice-growth'],
    bodies: slices,
    hits: 0.3,
    saves: true,
    setUp: 1,
    because: 'since Go 1.25 a few elements that do not escape are appended on the stack, but slices.Grow allocates',
  },
  {
    rules: ['append-loop'],
    bodies: copies,
    hits: 0.3,
    saves: true,
    setUp: 1,
    because: 'since Go 1.25 a few elements that do not escape are appended on the stack one by one, but not as a whole slice',
  },
  {
    rules: ['map-growth'],
    bodies: maps,
    hits: 0.3,
    saves: true,
    setUp: 2,
    because: 'a map of at most eight elements begins on the stack, a length that is not known does not',
  },
];
