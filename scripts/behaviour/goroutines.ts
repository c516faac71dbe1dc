/**
 * Goroutines that count themselves, and closures over loop variables. Each goroutine is waited for before the next thing is
 * done, so that what is seen is the same on every run; what a group still counts is told by calling Done until it panics.
 */
import fc, { type Arbitrary } from 'fast-check';
import { lines } from './loops.ts';
import type { Body, Generator } from './subject.ts';

/** How a group is declared, and how it is written. */
const GROUPS: readonly (readonly [string, string])[] = [
  ['var wg sync.WaitGroup', 'wg'],
  ['var wg sync.WaitGroup', 'wg'],
  ['var wg sync.WaitGroup', 'wg'],
  ['wg := new(sync.WaitGroup)', 'wg'],
  ['wgs := make([]sync.WaitGroup, 9)', 'wgs[i]'],
  ['wgs := make([]sync.WaitGroup, 9)', 'wgs[in.Turn()%9]'],
  ['wgs := map[int]*sync.WaitGroup{0: {}, 1: {}, 2: {}, 3: {}}', 'wgs[i]'],
  ['var pool struct {\nn int\nsync.WaitGroup\n}', 'pool'],
  ['pool := &struct{ wg sync.WaitGroup }{}', 'pool.wg'],
  ['var wg *sync.WaitGroup\nif in.M > 0 {\nwg = new(sync.WaitGroup)\n}', 'wg'],
];
const PARAMETERS: readonly (readonly [string, string])[] = [
  ['', ''],
  ['', ''],
  ['', ''],
  ['', ''],
  ['', ''],
  ['', ''],
  ['x int', 'i'],
  ['x int', 'i'],
  ['x *int', '&i'],
  ['x int', 'in.V(i)'],
  ['x int', 'in.Xs[in.N]'],
  ['x int', '10 / in.N'],
  ['x int', 'any(in.N).(int)'],
  ['x int', 'far.Age'],
  ['x int', '[]int{1, 2, 3}[i]'],
  ['i int', '2 - i'],
  ['i int', 'i'],
];
const BEFORE = [
  '',
  '',
  '',
  '',
  'in.Turn()',
  'defer in.Turn()',
  'defer in.V(in.Turn())',
  'defer func() { in.Turn() }()',
  'var _ = in.Turn()',
];
const COUNTS = ['1', '1', '1', '1', '1', '1', '1', '2', 'len(in.Four)', 'in.N', 'in.Turn()', '-1', '0'];
const WORK = ['in.Kept = append(in.Kept, i)', 'in.Turn()', 'in.V(i)', 'if i == 1 {\nreturn\n}\nin.Turn()', 'func() { in.Turn() }()'];
const LOOPS = [
  'for i := range 3',
  'for i := 0; i < 3; i++',
  'for i := range in.Four[:3]',
  'turns:\nfor i := range 3',
  'if i := 1; in.M >= 0',
];

const counted: Arbitrary<Body> = fc
  .record({
    group: fc.constantFrom(...GROUPS),
    parameter: fc.constantFrom(...PARAMETERS),
    before: fc.constantFrom(...BEFORE),
    count: fc.constantFrom(...COUNTS),
    work: fc.constantFrom(...WORK),
    loop: fc.constantFrom(...LOOPS),
    isDeferred: fc.boolean(),
  })
  .map(({ group: [declared, group], parameter: [names, given], before, count, work, loop, isDeferred }) => {
    // Without a recover a panic would end the program, before the fix and after it.
    const mayPanic = count !== '1' || [work, before, declared].some((text) => /V\(|\[|if/.test(text));
    const finish = mayPanic ? 'defer func() { finished <- recover() != nil }()' : 'defer func() { finished <- false }()';
    const done = isDeferred ? `defer ${group}.Done()` : '';
    const body = lines(finish, before, `${group}.Add(${count})`, done, work, isDeferred ? '' : `${group}.Done()`);
    const turn = `func() {\ndefer func() { panics = append(panics, recover() != nil) }()\ngo func(${names}) {\n${body}}(${given})\npanics = append(panics, <-finished)\n}()`;
    const label = loop.startsWith('turns') ? 'if in.Turns < 0 {\ncontinue turns\n}' : '';
    const outer = group.includes('[') ? group.replace(/\[.*/, '[i]') : group;
    const start = lines(
      declared,
      'var far *input.Item\nif in.Flag {\nfar = &input.Item{}\n}\n_ = far',
      'finished, i := make(chan bool), 0',
      'var panics []bool',
    );
    return {
      text: `${start}${loop} {\n${lines(turn, label)}}\nleft := []int{-1, -1, -1}\nfor i = range left {\nfunc() {\ndefer func() { _ = recover() }()\nfor left[i] < 20 {\n${outer}.Done()\nleft[i]++\n}\n}()\n}\nreturn []any{left, panics}`,
      imports: ['sync'],
    };
  });

/** Heads of loops with a variable for all turns before Go 1.22. */
const HEADS = [
  'for _, v := range in.Xs[:min(3, len(in.Xs))]',
  'for v := 0; v < 4; v++',
  'for v, w := 0, in.N; v < w && v < 5; v++',
  'for w, v := range in.Four',
  'for v := range in.Four',
  'for v = range in.Four',
];
const CAPTURED = [
  'fs = append(fs, func() int { return v })',
  'fs = append(fs, func() int { return v })',
  'fs = append(fs, func() int {\nv++\nreturn v\n})',
  'defer func() { in.Keep(func() int { return v }) }()',
  'defer in.Keep(func() int { return v })',
  'f := func() int { return v + 1 }\nfs = append(fs, f)',
  'fs = append(fs, func() int { return func() int { return v }() })',
  'go func() { late <- v }()\nfs = append(fs, func() int { return v })',
  'table[v] = func() int { return v }\nfs = append(fs, table[v])',
  'p := &v\nfs = append(fs, func() int { return *p + v })',
  'last = func() int { return v }',
];
const ROUND = ['', '', '', 'v++', 'v += 2', 'if v == 2 {\ncontinue\n}', 'if v > 2 {\nbreak\n}', 'v := v + 1', 'in.Turn()', 'in.V(v)'];

const captures: Arbitrary<Body> = fc
  .record({
    head: fc.constantFrom(...HEADS),
    before: fc.constantFrom(...ROUND),
    captured: fc.constantFrom(...CAPTURED),
    after: fc.constantFrom(...ROUND),
    isLabelled: fc.boolean(),
  })
  .map(({ head, before, captured, after, isLabelled }) => {
    const start = lines(
      head.includes('v =') ? 'v := 0' : '',
      'var fs []func() int',
      captured.includes('table') ? 'table := map[int]func() int{}' : '',
      captured.includes('late') ? 'late := make(chan int, 9)' : '',
      captured.includes('last') ? 'var last func() int' : '',
    );
    const used = /\bw\b/.test(head) ? '_ = w' : '';
    const label = isLabelled ? 'if in.Turns > 40000 {\nbreak turns\n}' : '';
    const loop = `${isLabelled ? 'turns:\n' : ''}${head} {\n${lines(used, label, before, captured, after)}}`;
    const drained = captured.includes('late') ? 'var sums int\nfor range fs {\nsums += <-late\n}\nin.Kept = append(in.Kept, sums)' : '';
    const lasted = captured.includes('last') ? 'if last != nil {\nin.Keep(last)\n}' : '';
    return { text: `${start}${loop}\n${lines(drained, lasted)}for _, f := range fs {\nin.Keep(f)\n}\nreturn len(fs)` };
  });

export const GOROUTINES: readonly Generator[] = [
  { rules: ['waitgroup-add-inside'], bodies: counted, hits: 0.07, saves: false, setUp: 0 },
  {
    rules: ['loop-variable-capture'],
    bodies: captures,
    hits: 0.2,
    saves: false,
    setUp: 0,
    fixedIn: 'go1.21',
  },
];
