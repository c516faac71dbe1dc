/** Formatting of single values, of every type and verb, and strings that loops put together. */
import fc, { type Arbitrary } from 'fast-check';
import { around, disturbances, frames, lines, loops, shadows } from './loops.ts';
import type { Body, Generator } from './subject.ts';

const VALUES = [
  'in.N',
  'in.V(in.M)',
  'in.Small',
  'in.Wide',
  'in.Unsigned',
  'uint64(in.Wide)',
  'byte(in.N)',
  'rune(in.N)',
  'uintptr(in.Unsigned)',
  'in.Flag',
  'in.N > in.M',
  'in.Text',
  'in.Word(in.N)',
  'in.Bytes',
  '[]byte(in.Text)',
  'in.Half',
  'float32(in.Half)',
  'in.Heat',
  'in.Grade',
  'int(in.Grade)',
  'in.Err',
  'in.Xs',
  '"constant"',
  '7',
  "'x'",
  'any(in.N)',
  'in.N + in.M*2',
  '-in.N',
];
const VERBS = ['%d', '%s', '%v', '%t', '%x', '%q', '%c', '%f', '%g', '%X', '%o', '%b', '%5d', '%+v', '%#v', '%%', '%d!', '<%s>'];

const formatted: Arbitrary<string> = fc
  .record({ value: fc.constantFrom(...VALUES), verb: fc.constantFrom(...VERBS), isPlain: fc.boolean(), isLocal: fc.boolean() })
  .chain(({ value, verb }) =>
    fc.constantFrom(
      `fmt.Sprintf("${verb}", ${value})`,
      `fmt.Sprintf("${verb}", ${value})`,
      `fmt.Sprintf("${verb}", ${value})`,
      `fmt.Sprint(${value})`,
      `fmt.Sprintf(\`${verb}\`, ${value})`,
      'fmt.Sprintf("plain")',
      'fmt.Sprintf("50%%")',
      'fmt.Sprint("plain")',
    ),
  );

/** Where the formatted text goes. */
const USES: readonly ((text: string) => string)[] = [
  (text) => `return ${text}`,
  (text) => `return "a" + ${text} + "b"`,
  (text) => `return len(${text})`,
  (text) => `return ${text}[min(1, in.Turn()):]`,
  (text) => `s := ${text}\nreturn []string{s, s}`,
  (text) => `return map[string]int{${text}: in.N}`,
  (text) => `return []string{${text}, fmt.Sprintf("%d", in.M)}`,
  (text) => `return ${text} == in.Text`,
  (text) => `if s := ${text}; s != "" {\nreturn s\n}\nreturn nil`,
  (text) => `for range 3 {\nin.Names = append(in.Names, ${text})\n}\nreturn nil`,
];

const conversions: Arbitrary<Body> = fc
  .record({ text: formatted, use: fc.constantFrom(...USES), shadow: shadows })
  .map(({ text, use, shadow }) => ({ text: `${lines(shadow)}${use(text)}`, imports: ['fmt'] }));

const WRITERS: readonly {
  readonly start: string;
  readonly write: (text: string) => string;
  readonly end: string;
  readonly imports: readonly string[];
}[] = [
  { start: 'var w strings.Builder', write: (text) => `w.WriteString(${text})`, end: 'return w.String()', imports: ['strings'] },
  { start: 'w := &bytes.Buffer{}', write: (text) => `w.WriteString(${text})`, end: 'return w.String()', imports: ['bytes'] },
  { start: 'var w bytes.Buffer', write: (text) => `w.Write([]byte(${text}))`, end: 'return w.Bytes()', imports: ['bytes'] },
  {
    start: 'var w bytes.Buffer',
    write: (text) => `n, err := w.Write([]byte(${text}))`,
    end: 'return []any{n, err, w.Len()}',
    imports: ['bytes'],
  },
  { start: 'w := new(bytes.Buffer)', write: (text) => `io.WriteString(w, ${text})`, end: 'return w.String()', imports: ['bytes', 'io'] },
];

const written: Arbitrary<Body> = fc
  .record({
    writer: fc.constantFrom(...WRITERS),
    text: fc.oneof(
      formatted,
      fc.constantFrom(
        'fmt.Sprintf("%d-%s", in.N, in.Text)',
        'fmt.Sprintf("%v %v\\n", in.Xs, in.Heat)',
        'fmt.Sprintln(in.N)',
        'fmt.Sprintf("%d", in.V(in.M))',
      ),
    ),
    shadow: shadows,
  })
  .map(({ writer, text, shadow }) => ({
    text: `${lines(shadow.startsWith('strings') ? '' : shadow, writer.start)}${writer.write(text)}\n${writer.end}`,
    imports: ['fmt', ...writer.imports],
  }));

const errors: Arbitrary<Body> = fc
  .record({
    format: fc.constantFrom('"plain"', '"50%%"', '"with %d", in.N', '`raw`', '"wraps %w", in.Err', '"a" + "b"'),
    use: fc.constantFrom<(error: string) => string>(
      (error) => `err := ${error}\nreturn err.Error()`,
      (error) => `if in.Flag {\nreturn ${error}.Error()\n}\nreturn nil`,
      (error) => `return []any{${error}.Error(), ${error} == ${error}}`,
    ),
  })
  .map(({ format, use }) => ({ text: use(`fmt.Errorf(${format})`), imports: ['fmt'] }));

const PIECES: readonly ((index: string) => string)[] = [
  () => '"x"',
  (index) => `in.Word(${index})`,
  (index) => `in.Word(${index}) + ","`,
  (index) => `string(rune('a' + ${index}%20))`,
  () => 'in.Text',
  (index) => `fmt.Sprint(${index})`,
  (index) => `in.Names[${index}]`,
  () => 'in.Text[:len(in.Text)/2]',
  () => 'in.Text + in.Shout()',
  () => 'in.Text[:1] + "-" + in.Shout() + in.Text',
];
const GROWS: readonly ((piece: string) => string)[] = [
  (piece) => `s += ${piece}`,
  (piece) => `s += ${piece}`,
  (piece) => `s = s + ${piece}`,
  (piece) => `s += ${piece}\ns += ";"`,
  (piece) => `if s != "" {\ns += ","\n}\ns += ${piece}`,
  (piece) => `if in.Flag {\ns += ${piece}\n} else {\ns += "-"\n}`,
  (piece) => `s = ${piece} + s`,
  (piece) => `s += ${piece}\nin.Names = append(in.Names, s)`,
  (piece) => `if len(s) > 40 {\nbreak\n}\ns += ${piece}`,
  (piece) => `if len(s) == 0 {\ns += "first"\ncontinue\n}\ns += ${piece}`,
  (piece) => `if in.Turn() > 9 {\nreturn s\n}\ns += ${piece}`,
  (piece) => `if in.Turn() > 9 {\nreturn\n}\ns += ${piece}`,
];
/** Beside a named result. */
const DEFERRED = [
  'defer func() { _ = recover() }()',
  'defer func() { s += "!" }()',
  'defer func() { in.Names = append(in.Names, s) }()',
  'defer in.Turn()',
  'var mu sync.Mutex\nmu.Lock()\ndefer mu.Unlock()',
];
const TEXT_STARTS = [
  'func(s string)',
  'func(s string)',
  's := ""',
  'var s string',
  's := in.Text',
  's := "("',
  '',
  's = "named"',
  'type text string\nvar s text',
];
const TEXT_ENDS = [
  'return s',
  's += ")"\nreturn s',
  'return len(s)',
  'if s == "" {\nreturn "none"\n}\nreturn s[1:]',
  't := s\nreturn []any{s, t}',
  'in.Keep(func() int { return len(s) })\nreturn s',
];

const concatenations: Arbitrary<Body> = fc
  .record({
    start: fc.constantFrom(...TEXT_STARTS),
    piece: fc.constantFrom(...PIECES),
    grow: fc.constantFrom(...GROWS),
    loop: loops,
    frame: frames,
    disturbance: disturbances,
    shadow: shadows,
    deferred: fc.oneof({ arbitrary: fc.constant(''), weight: 4 }, { arbitrary: fc.constantFrom(...DEFERRED), weight: 2 }),
    end: fc.constantFrom(...TEXT_ENDS),
  })
  .map(({ start, piece, grow, loop, frame, disturbance, shadow, deferred, end }) => {
    const isParameter = start.startsWith('func');
    const isNamed = start === '' || start === 's = "named"';
    const isOther = start.startsWith('type');
    const made = isOther ? `text(${piece(loop.index)})` : piece(loop.index);
    const body = isOther ? `s += ${made}` : grow(made);
    const inner = `${lines(isParameter ? '' : start)}${around(loop, body, frame, disturbance)}\n${isNamed ? 'return s' : end}`;
    const whole = isParameter ? `return func(s string) any {\n${inner}\n}(in.Text)` : `${lines(isNamed ? deferred : '')}${inner}`;
    const text = `${lines(shadow)}${whole}`;
    const imports = ['fmt', 'sync'].filter((name) => text.includes(`${name}.`));
    return { text, ...(isNamed ? { result: 's string' } : {}), imports };
  });

export const TEXTS: readonly Generator[] = [
  { rules: ['sprintf-conversion', 'redundant-sprint'], bodies: conversions, hits: 0.3, saves: false, setUp: 0 },
  {
    rules: ['sprintf-write'],
    bodies: written,
    hits: 0.3,
    saves: false,
    setUp: 1,
    because: 'a writer on the stack moves to the heap when fmt takes it as an interface, once for all writes',
  },
  { rules: ['errorf-without-verb'], bodies: errors, hits: 0.3, saves: false, setUp: 0 },
  {
    rules: ['string-concat-loop'],
    bodies: concatenations,
    hits: 0.15,
    saves: true,
    setUp: 1,
    because: 'the builder allocates for what the text begins with, and a loop without turns never needed more',
  },
];
