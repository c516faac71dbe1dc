/** Loops of all kinds, with an expression of type int that the body may use, and without regard to what rules can make of them. */
import fc, { type Arbitrary } from 'fast-check';

export interface Loop {
  /** Statements in front of it. */
  readonly before: string;
  /** `for …`, without the brace. */
  readonly head: string;
  /** Of type int; constant over a turn. */
  readonly index: string;
  /** Statements that the body begins with, so that everything declared is used. */
  readonly begin: string;
}

const loop = (head: string, index: string, begin = '', before = ''): Loop => ({ before, head, index, begin });

const FROM = ['0', '1', '-3', '2', 'in.N', 'in.M', 'len(in.Xs) - 1'];
const TO = ['in.N', 'in.M', '0', '10', '-2', 'len(in.Xs)', 'in.N - 1', 'in.N * 2', 'in.N + in.M', 'len(in.Names) / 2', 'int(in.Small)'];
const STEPS = [
  ['<', 'i++'],
  ['<=', 'i++'],
  ['<', 'i += 2'],
  ['<=', 'i += 3'],
  ['>', 'i--'],
  ['>=', 'i--'],
  ['>=', 'i -= 2'],
];

const counted: Arbitrary<Loop> = fc
  .record({ from: fc.constantFrom(...FROM), to: fc.constantFrom(...TO), step: fc.constantFrom(...STEPS), isLocal: fc.boolean() })
  .map(({ from, to, step: [operator, step], isLocal }) =>
    isLocal
      ? loop(`for i := ${from}; i ${operator} end; ${step}`, 'i', '', `end := ${to}`)
      : loop(`for i := ${from}; i ${operator} ${to}; ${step}`, 'i'),
  );

const upwards: Arbitrary<Loop> = fc
  .record({ to: fc.constantFrom(...TO), step: fc.constantFrom('i++', 'i += 2', 'i += 3') })
  .map(({ to, step }) => loop(`for i := 0; i < ${to}; ${step}`, 'i'));

const typed: Arbitrary<Loop> = fc.constantFrom(
  loop('for i := -3; i != 10; i++', 'i'),
  loop('for i := int8(0); i < in.Small; i++', 'int(i)'),
  loop('for i := int8(3); in.Small > i; i++', 'int(i)'),
  loop('for i := uint(0); i < in.Unsigned; i++', 'int(i)'),
  loop('for i := in.Unsigned; i > 0; i--', 'int(i)'),
  loop('for i := in.Wide; i >= -1; i -= 2', 'int(i)'),
  loop('for i := range in.N', 'i'),
  loop('for range in.N', 'in.M'),
  loop('for i := range in.Small', 'int(i)'),
  loop('for i := range in.Unsigned', 'int(i)'),
  loop('for i := range 17', 'i'),
  loop('for i := range len(in.Xs)', 'i'),
  loop('for i, end := 0, len(in.Xs); i < end; i++', 'i'),
);

const ranged: Arbitrary<Loop> = fc.constantFrom(
  loop('for _, x := range in.Xs', 'x'),
  loop('for i := range in.Xs', 'i'),
  loop('for i, x := range in.Xs', 'x', '_ = i'),
  loop('for _, x := range in.Xs[1:]', 'x'),
  loop('for _, x := range in.Four', 'x'),
  loop('for _, x := range &in.Four', 'x'),
  loop('for _, x := range in.Four[1:]', 'x'),
  loop('for _, x := range in.Double()', 'x'),
  loop('for _, item := range in.Items', 'item.Age'),
  loop('for i := range in.Names', 'i'),
  loop('for _, age := range in.Ages', 'age'),
  loop('for range in.Ages', 'in.N'),
  loop('for i, r := range in.Text', 'i', '_ = r'),
  loop('for _, b := range []byte(in.Text)', 'int(b)'),
  loop('for _, x := range xs', 'x', '', 'xs := in.Double()'),
);

/** Mostly of a known number of turns. */
export const loops: Arbitrary<Loop> = fc.oneof(
  { arbitrary: counted, weight: 3 },
  { arbitrary: upwards, weight: 3 },
  { arbitrary: typed, weight: 3 },
  { arbitrary: ranged, weight: 5 },
);

/**
 * What else may happen in a turn; what moves a bound counts turns, so that the loop ends. It stands before or after what is
 * generated.
 */
export const disturbances: Arbitrary<readonly [string, string]> = fc.oneof(
  { arbitrary: fc.constant(['', ''] as const), weight: 7 },
  {
    arbitrary: fc.constantFrom<readonly [string, string]>(
      ['in.Turn()', ''],
      ['', 'in.Turn()'],
      ['', 'in.N--\nin.Turn()'],
      ['in.Xs = in.Xs[:len(in.Xs)/2]', ''],
      ['', 'in.Xs = append(in.Xs[:0:0], in.Xs...)'],
      ['if in.Turn() > 7 {\nbreak\n}', ''],
      ['if in.Turn()%2 == 0 {\ncontinue\n}', ''],
      ['in.V(in.Turn())', ''],
      ['', 'in.V(in.Turn() * 3)'],
      ['if in.Flag {\nin.M++\n}\nin.Turn()', ''],
    ),
    weight: 3,
  },
);

/** The loop around a body, and what may stand around both. */
export function around({ before, head, begin }: Loop, body: string, frame: Frame, disturbance: readonly [string, string]): string {
  const inner = `${lines(before)}${frame === 'labelled' ? 'turns:\n' : ''}${head} {\n${lines(begin, disturbance[0])}${body}\n${lines(disturbance[1], frame === 'labelled' ? 'if in.Turns < 0 {\ncontinue turns\n}' : '')}}`;
  switch (frame) {
    case 'plain':
    case 'labelled':
      return inner;
    case 'nested':
      return `for range in.Rows {\n${inner}\n}`;
    case 'branch':
      return `if in.N > 3 || in.Flag {\n${inner}\n}`;
    case 'called':
      return `func() {\n${inner}\n}()`;
    case 'recovered':
      return `func() {\ndefer func() { _ = recover() }()\n${inner}\n}()`;
  }
}

export type Frame = 'plain' | 'labelled' | 'nested' | 'branch' | 'called' | 'recovered';

export const frames: Arbitrary<Frame> = fc.oneof(
  { arbitrary: fc.constant('plain' as const), weight: 6 },
  { arbitrary: fc.constantFrom<Frame>('labelled', 'nested', 'branch', 'called', 'recovered'), weight: 4 },
);

/** Where statements that return stand: in the function itself, in one that recovers, or in one that a loop calls. */
export type Place = 'straight' | 'recovered' | 'loop';

/** The statements there, which return any, and what returns their result. */
export function placed(place: Place, body: string): string {
  switch (place) {
    case 'straight':
      return body;
    case 'recovered':
      return `return func() any {\ndefer func() { in.Flag = recover() != nil }()\n${body}return nil\n}()\n`;
    case 'loop':
      return `var results []any\nfor range 3 {\nresults = append(results, func() any {\n${body}return nil\n}())\n}\nreturn results\n`;
  }
}

/** Names that a fix may want to use and that mean something else in the function. */
export const shadows: Arbitrary<string> = fc.oneof(
  { arbitrary: fc.constant(''), weight: 9 },
  {
    arbitrary: fc.constantFrom(
      'max := 1\n_ = max',
      'make := 1\n_ = make',
      'slices := 1\n_ = slices',
      'strings := 1\n_ = strings',
      'strconv := 1\n_ = strconv',
    ),
    weight: 1,
  },
);

/** Non-empty texts, each with its line end. */
export function lines(...texts: readonly string[]): string {
  return texts
    .filter((text) => text !== '')
    .map((text) => `${text}\n`)
    .join('');
}
