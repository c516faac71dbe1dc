/** Copies that are left out, of arrays in range loops, and copies that are made, of variables whose address is returned. */
import fc, { type Arbitrary } from 'fast-check';
import { type Frame, lines } from './loops.ts';
import type { Body, Generator } from './subject.ts';

/** Arrays of several kinds; some others can reach too. */
const ARRAYS = [
  'arr := in.Numbers()',
  'arr := in.Numbers()',
  'arr := [64]int(in.Numbers())',
  'type grid [40]int\nvar arr grid\narr[in.M&7] = in.N',
  'var arr [70]int\nfor i := range arr {\narr[i] = i - in.N\n}',
  'arr, p := in.Numbers(), in.Numbers()\np.Set(2, 5)',
  'arr := in.Numbers()\np := &arr',
  'arr := in.Numbers()\ns := arr[:]',
  'arr := in.Numbers()\nset := func() { arr[9] = in.Turn() }',
  'arr := in.Numbers()\nget := func() int { return arr[9] }\nin.Keep(get)',
  'arr := in.Numbers()\nset := arr.Set',
  'arr := in.Numbers()\ndefer func() { in.Keep(func() int { return arr[3] }) }()',
];
const HEADS = [
  'for _, x := range arr',
  'for _, x := range arr',
  'for i, x := range arr',
  'for _, x := range (arr)',
  'for _, x = range arr',
  'for in.N, in.M = range arr',
  'for arr[1], x = range arr',
];
/** What a turn does, before it is over. */
const TURNS = [
  'sum += x',
  'sum += in.V(x)',
  'if x > 40 {\nbreak turns\n}\nsum += x',
  'if x%2 == 0 {\ncontinue turns\n}\nsum -= x',
  'sum += x\ndefer in.Keep(func() int { return x })',
  'f := func() int { return x }\nsum += f()',
  'x++\nsum += x',
  'if x == in.Bad {\nreturn x\n}\nsum += x',
];
const CHANGES = [
  'arr[(x+8)&31] = 77',
  'arr = arr',
  'arr, sum = in.Numbers(), sum+1',
  'p.Set(x, 11)',
  'p[30] = 6',
  's[31]++',
  's, sum = nil, sum+x',
  'set()',
  'set(3, 4)',
  'arr.Set(40, 4)',
  'for arr[32] = range 3 {\n}',
  'clear(arr[:])',
  'func() { arr[33] = 1 }()',
  'other := arr\nother[34] = 5',
];

const ranges: Arbitrary<Body> = fc
  .record({
    array: fc.constantFrom(...ARRAYS),
    head: fc.constantFrom(...HEADS),
    turn: fc.constantFrom(...TURNS),
    change: fc.oneof({ arbitrary: fc.constant(''), weight: 2 }, { arbitrary: fc.constantFrom(...CHANGES), weight: 1 }),
    frame: fc.constantFrom<Frame>('plain', 'plain', 'called', 'nested'),
    after: fc.constantFrom('', '', 'arr[5] = 1', 'in.Keep(func() int { return arr[6] })'),
  })
  .map(({ array, head, turn, change, frame, after }) => {
    const isDeclared = head.includes(' x =') || head.includes('in.N');
    const used = ['p', 's', 'set'].filter((name) => new RegExp(`\\b${name}(, \\w+)? :=|, ${name} :=`).test(array));
    const begin = head.startsWith('for i,') ? 'sum += i' : '';
    const loop = `turns:\n${head} {\n${lines(begin, turn, change)}if in.Turns < 0 {\nbreak turns\n}\n}`;
    const framed = frame === 'nested' ? `for range 2 {\n${loop}\n}` : frame === 'called' ? `func() any {\n${loop}\nreturn nil\n}()` : loop;
    const uses = used.map((name) => `_ = ${name}`);
    return { text: `${lines(array, ...uses, isDeclared ? 'x := 1' : '', 'sum := 0', framed, after)}return []any{sum, arr}` };
  });

/** Variables whose address is returned; `early` is a condition or a clause that begins a block. */
const VARIABLES = [
  'v := input.Item{Name: in.Text, Age: in.N}',
  'v := input.Item{Name: in.Text, Age: in.N}',
  'var v input.Item\nv.Age = in.M',
  'v := in.Items[in.N]',
  'v := in.Four',
  'v := in.N + 1',
  'v, w := in.M, in.N\nv += w',
  'var v any = in.N',
  'v := in.Xs',
];
const USES = [
  '',
  '',
  'in.Keep(func() int { return in.M })',
  'f := func() any { return v }\nin.Kept = append(in.Kept, len(fmt.Sprint(f())))',
  'defer func() { in.Kept = append(in.Kept, len(fmt.Sprint(v))) }()',
  'kept := v.Bump\ndefer func() { in.Kept = append(in.Kept, kept()) }()',
  'later = v.Bump',
  'later = func() int {\nv.Age += 3\nreturn 0\n}',
  'v.Bump()',
  'in.Xs = v[:]',
  'in.Xs = append(in.Xs[:0], v[:]...)',
  'v++',
  'p := &v\ndefer func() { in.Kept = append(in.Kept, len(fmt.Sprint(*p))) }()',
  'copied := v\n_ = copied',
];
const BRANCHES: readonly ((returned: string) => string)[] = [
  (returned) => `if in.Flag {\n${returned}\n}`,
  (returned) => `if in.Flag {\n${returned}\n}`,
  (returned) => `switch {\ncase in.M > 3:\n${returned}\ndefault:\nin.Turn()\n}`,
  (returned) => `for i := range 4 {\nif i == in.M {\n${returned}\n}\nin.Turn()\n}`,
  (returned) => `if in.N < 0 {\nvCopy := in.N\n_ = vCopy\n${returned}\n}`,
  (returned) => `if in.V(in.M) > 1 {\n${returned}\n} else {\nin.Turn()\n}`,
  (returned) => `if in.Flag {\n${returned}\n}\nif in.M > 2 {\n${returned}\n}`,
];
const RETURNS = ['return &v, 1', 'return &v, in.V(in.N)', 'return any(&v), 2', 'return &v, len(in.Xs)', 'return &v, in.Xs[in.M]'];

const addresses: Arbitrary<Body> = fc
  .record({
    variable: fc.constantFrom(...VARIABLES),
    use: fc.constantFrom(...USES),
    branch: fc.constantFrom(...BRANCHES),
    returned: fc.constantFrom(...RETURNS),
    isRanged: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
  })
  .map(({ variable, use, branch, returned, isRanged }) => {
    const once = `${lines(isRanged ? '' : variable, use, branch(returned))}`;
    const inner = isRanged ? `for _, v := range in.Items {\n${once}}\n` : once;
    const made = `var later func() int\np, n := func() (any, int) {\n${inner}return nil, 0\n}()\nif later != nil {\nn += later()\n}`;
    const changed = 'if item, ok := p.(*input.Item); ok {\nitem.Age *= 2\n}\nif four, ok := p.(*[4]int); ok {\nfour[0] = 1000\n}';
    return { text: `${made}\n${changed}\nreturn []any{n, input.At(p)}`, imports: use.includes('fmt.') ? ['fmt'] : [] };
  });

export const COPIES: readonly Generator[] = [
  { rules: ['large-value-copy'], bodies: ranges, hits: 0.2, saves: false, setUp: 0 },
  {
    rules: ['escaping-pointer'],
    bodies: addresses,
    hits: 0.1,
    saves: false,
    setUp: 1,
    because: 'a caller that takes the function inline may keep the variable on its stack, but no copy that is made in a loop',
  },
];
