/** Text that is turned into bytes or bytes into text: by round trips, for writers of every kind, and for a key. */
import fc, { type Arbitrary } from 'fast-check';
import { lines, type Place, placed } from './loops.ts';
import type { Body, Generator } from './subject.ts';

/** Bytes that others hold too, of types that conversions take for bytes; some of them panic. */
const BYTES = [
  'in.Bytes',
  'in.Bytes',
  'in.Key',
  'b',
  'b[:]',
  'blob',
  'input.Blob(in.Bytes)',
  'chars',
  'in.Again()',
  'in.Bytes[in.V(1):]',
  '(in.Bytes)',
  '[]byte(nil)',
  'words[in.N]',
  'append(b, in.Key...)',
];
const START =
  'b, blob, chars := in.Bytes, input.Blob(in.Key), in.Chars()\nwords := [][]byte{in.Key, nil, b}\n_, _, _, _ = b, blob, chars, words';

const bytes = fc.constantFrom(...BYTES);
const texts = fc.constantFrom('in.Text', 'in.Word(in.M)', 'name', 'in.Names[in.N]', '"constant"', 'in.Text[1:]', 'string(in.Grade)');

const TRIPS: readonly ((value: string) => string)[] = [
  (value) => `[]byte(string(${value}))`,
  (value) => `[]byte(string(${value}))`,
  (value) => `input.Blob(string(${value}))`,
  (value) => `([]byte)((string)(${value}))`,
  (value) => `[]input.Char(string(${value}))`,
  (value) => `append([]byte("("), string(${value})...)`,
  (value) => `append(in.Bytes[:len(in.Bytes)/3], string(${value})...)`,
  (value) => `append(input.Blob(nil), string(${value})...)`,
  (value) => `append(in.Key, []byte(string(${value}))...)`,
  (value) => `append(in.Again(), string(${value})...)`,
  (value) => `append(in.Bytes[:in.Scramble(in.Bytes)%2], string(${value})...)`,
  (value) => `append(in.Bytes[:in.Scramble(in.Bytes)%2], []byte(string(${value}))...)`,
  (value) => `string(string(${value}))`,
];

const INTO: readonly ((value: string) => string)[] = [
  (value) => `copy(b, string(${value}))`,
  (value) => `copy(b[min(1, len(b)):], string(${value}))`,
  (value) => `copy(in.Again(), []byte(string(${value})))`,
  (value) => `len([]byte(string(${value})))`,
  () => 'json.Unmarshal([]byte(string(list)), &list)',
  (value) => `os.WriteFile(in.File(), []byte(string(${value})), os.FileMode(0o600+in.Scramble(in.Bytes)*0))`,
  (value) => `json.Unmarshal([]byte(string(${value})), &raw)`,
  (value) => `json.Valid([]byte(string(${value})))`,
  (value) => `os.WriteFile(in.File(), []byte(string(${value})), 0o600)`,
  () => 'json.Valid([]byte(buffer.String()))',
  () => 'os.WriteFile(in.File(), []byte(buffer.String()), 0o600)',
  () => 'os.WriteFile(in.File(), []byte(buffer.String()), os.FileMode(0o600+in.Scramble(buffer.Bytes())*0))',
];

/** What is seen of the bytes, also after those they were made of have changed. */
const SEEN: readonly ((trip: string) => string)[] = [
  (trip) => `return ${trip}`,
  (trip) => `s := ${trip}\nin.Scramble(in.Bytes)\nreturn s`,
  (trip) => `s := ${trip}\nin.Scramble([]byte(s))\nreturn []any{s, in.Bytes}`,
  (trip) => `s := ${trip}\nfor i := range s {\ns[i] = '!'\n}\nreturn s`,
  (trip) => `return ${trip} == nil`,
  (trip) => `return []any{${trip}, in.Scramble(in.Bytes)}`,
  (trip) => `return []any{in.Scramble(in.Bytes), ${trip}}`,
  (trip) => `return in.Take(${trip}, in.Scramble(in.Bytes), in.Bytes)`,
  (trip) => `x, y := ${trip}, in.Scramble(in.Bytes)\nreturn []any{x, y}`,
  (trip) => `in.Key, b = ${trip}, in.Key\nreturn []any{b, in.Key}`,
  (trip) => `b, in.Bytes[0] = ${trip}, 'x'\nreturn b`,
  (trip) => `defer in.Take(${trip})\nin.Scramble(in.Bytes)\nreturn nil`,
  (trip) => `f := func() []byte { return ${trip} }\nin.Scramble(in.Bytes)\nreturn []any{f(), f()}`,
  (trip) => `for i := range 3 {\nin.Scramble(in.Bytes)\nin.Take(${trip}, i)\n}\nreturn nil`,
  (trip) =>
    `turns:\nfor i := range 4 {\nswitch s := ${trip}; {\ncase len(s) > 5:\nbreak turns\ncase i == 2:\ncontinue turns\ndefault:\nin.Take(s)\n}\n}\nreturn nil`,
  (trip) => `defer func() {\n_ = recover()\nin.Take(b)\n}()\nb = ${trip}\nreturn b`,
];

const roundTrips: Arbitrary<Body> = fc
  .record({
    value: bytes,
    trip: fc.oneof({ arbitrary: fc.constantFrom(...TRIPS), weight: 3 }, { arbitrary: fc.constantFrom(...INTO), weight: 1 }),
    seen: fc.constantFrom(...SEEN),
    shadow: shadowsOf('append', 'byte', 'string', 'copy'),
    isGeneric: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ value, trip, seen, shadow, isGeneric }) => {
    const made = trip(isGeneric ? 'given' : value);
    const isPlace = INTO.includes(trip);
    const buffer = made.includes('buffer') ? 'var buffer bytes.Buffer\nbuffer.Write(in.Bytes)' : '';
    const list = made.includes('list') ? 'list := []byte("[1, 2, 33, 4, 5]")' : '';
    const raw = made.includes('&raw') ? 'raw := json.RawMessage(in.Bytes)\ndefer func() { in.Key = raw }()' : '';
    const done = isPlace
      ? `n := ${made}\nreturn []any{fmt.Sprint(n), in.Bytes, b${made.includes('File') ? ', in.Stored()' : ''}${made.includes('list') ? ', list' : ''}}`
      : seen(made);
    return {
      text: `${lines(START, buffer, list, raw, shadow)}${done}`,
      imports: importsOf(`${buffer}${done}`, { json: 'encoding/json', os: 'os', bytes: 'bytes', fmt: 'fmt' }),
      ...(isGeneric ? { generic: { types: '[B ~[]byte]', parameter: 'given B', given: 'in.Bytes' } } : {}),
    };
  });

interface Writer {
  readonly start: string;
  readonly end: string;
}

/** Those of the library, others behind their methods, and such as break the contract of io.Writer. */
const WRITERS: readonly Writer[] = [
  { start: 'var w bytes.Buffer', end: 'w.Bytes()' },
  { start: 'w := bytes.NewBuffer(in.Bytes)\nw.Next(1)', end: 'w.String()' },
  { start: 'var w strings.Builder', end: 'w.String()' },
  {
    start: 'var to bytes.Buffer\nw := bufio.NewWriterSize(&to, 16)\ndefer func() {\nw.Flush()\nin.Take(to.Bytes())\n}()',
    end: 'to.Bytes()',
  },
  { start: 'var to strings.Builder\nw := bufio.NewWriter(&to)', end: '[]any{w.Buffered(), w.Flush(), to.String()}' },
  { start: 'to := &input.Sink{Limit: in.M * 3}\nw := bufio.NewWriterSize(to, 16)', end: '[]any{w.Buffered(), w.Flush(), *to}' },
  { start: 'to := &input.Twin{}\nw := bufio.NewWriterSize(to, 16)', end: '[]any{w.Buffered(), w.Flush(), to.Portions, in.Bytes}' },
  { start: 'w := &input.Twin{}', end: '[]any{*w, in.Bytes}' },
  { start: 'to := &input.Twin{}\nvar w io.Writer = to', end: '[]any{*to, in.Bytes}' },
  { start: 'to := &input.Sink{}\nvar w io.Writer = to', end: '[]any{*to, in.Bytes}' },
  { start: 'to := &input.Twin{}\nvar w interface {\nio.Writer\nio.StringWriter\n} = to', end: '[]any{*to, in.Bytes}' },
  { start: 'w := struct {\n*bytes.Buffer\nn int\n}{Buffer: &bytes.Buffer{}}', end: 'w.Bytes()' },
  { start: 'w := httptest.NewRecorder()', end: '[]any{w.Code, w.Body.String()}' },
  { start: 'w, _ := os.OpenFile(os.DevNull, os.O_WRONLY, 0)\ndefer w.Close()', end: 'nil' },
  { start: 'var w *os.File', end: 'nil' },
  { start: 'var w *bytes.Buffer', end: 'nil' },
];

const WRITES: readonly ((text: string, value: string) => string)[] = [
  (text) => `w.Write([]byte(${text}))`,
  (text) => `w.Write([]byte(${text}))`,
  (text) => `w.Write(input.Blob(${text}))`,
  (text) => `(w.Write)([]byte(${text} + in.Text))`,
  (_, value) => `w.WriteString(string(${value}))`,
  (_, value) => `w.WriteString(string(${value}))`,
  (_, value) => `io.WriteString(w, string(${value}))`,
  (_, value) => `io.WriteString(&w, string(${value}))`,
  () => "w.WriteRune('a')",
  () => "w.WriteRune('\\x7f')",
  () => "w.WriteRune('é')",
  () => 'w.WriteRune(letter)',
];

/** With and without a look at what the write gives. */
const LOOKS: readonly ((write: string) => string)[] = [
  (write) => write,
  (write) => write,
  (write) => `n, err := ${write}\nin.Take(n, err)\nin.Xs = append(in.Xs, n)\nif err != nil {\nin.Turn()\n}`,
  (write) => `if _, err := ${write}; err != nil {\nreturn "failed"\n}`,
  (write) => `for range 5 {\n${write}\nin.Scramble(in.Bytes)\n}`,
  (write) => `${write}\nin.Scramble(in.Bytes)\n${write}`,
  (write) => `defer ${write}\nin.Text += "?"\nin.Scramble(in.Bytes)`,
  (write) => `func() {\ndefer func() { _ = recover() }()\n${write}\nin.Turn()\n}()`,
  (write) => `turns:\nfor i := range 3 {\nif i == 2 {\nbreak turns\n}\n${write}\ncontinue turns\n}`,
  (write) => `f := func() { ${write} }\nf()\nin.Text = "other"\nf()`,
];

const writes: Arbitrary<Body> = fc
  .record({
    writer: fc.constantFrom(...WRITERS),
    write: fc.constantFrom(...WRITES),
    look: fc.constantFrom(...LOOKS),
    text: texts,
    value: fc.oneof({ arbitrary: bytes, weight: 5 }, { arbitrary: fc.constantFrom('w.Bytes()', 'own', 'w.Next(2)'), weight: 1 }),
    isHanded: fc.boolean(),
    shadow: shadowsOf('string', 'byte', 'io'),
  })
  .map(({ writer, write, look, text, value, isHanded, shadow }) => {
    const written = look(write(text, value));
    const isOwn = value === 'own';
    const handed = isHanded || isOwn ? `func(w *bytes.Buffer, own []byte) {\n${written}\n}(&w, w.Bytes())` : written;
    const before = isOwn ? 'w.WriteString("0123456789")\nw.ReadByte()' : '';
    const names = 'type title string\nname, letter := title(in.Text), rune(in.N+100)\n_, _ = name, letter';
    const all = lines(START, names, writer.start, before, shadow, handed);
    return {
      text: `${all}return ${writer.end}`,
      imports: importsOf(`${all}${writer.end}`, {
        bytes: 'bytes',
        strings: 'strings',
        bufio: 'bufio',
        io: 'io',
        os: 'os',
        httptest: 'net/http/httptest',
      }),
    };
  });

/** What may come between the key and the lookup: locks, and locks with a change of the bytes. */
const LOCKS = ['mu.Lock()\ndefer mu.Unlock()', 'mu.RLock()', 'mu.Lock()', 'defer mu.TryLock()', ''];
const BETWEEN = [
  'mu.Lock()\nmu.Unlock()',
  'in.Turn()',
  'in.Scramble(in.Key)',
  'mu.Lock()\nn := in.Scramble(in.Key)\nin.Take(n)',
  'mu.Lock()\nif in.Scramble(in.Key) > 2 {\nin.Turn()\n}',
  'mu.Lock()\nfor range in.Scramble(in.Key) {\nin.Turn()\n}',
  'mu.Lock()\nin.Key = nil',
  'mu.Lock()\ncopy(in.Key, "7")',
  "mu.Lock()\nin.Key[0] = '7'",
  "mu.Lock()\nkey := in.Key\nkey[0] = '7'",
  'mu.Lock()\nclear(in.Key)',
  'mu.Lock()\nb = nil',
  "mu.Lock()\nfor i := range b {\nb[i] = '5'\n}",
  'mu.Lock()\nswitch {\ncase in.Flag:\nb[0]++\n}',
  'mu.Lock()\nf()',
  'mu.Lock()\n<-changed',
  'mu.Lock()\nb := []byte("4")\n_ = b',
  '',
];
const LOOKED = [
  'return m[k]',
  'return m[k]',
  'v, ok := m[k]\nreturn []any{v, ok}',
  'if v, ok := m[k]; ok {\nreturn v\n}\nreturn -1',
  'return in.Scramble(in.Key) + m[k]',
  'return []any{in.Scramble(in.Key), m[k]}',
  'return []any{m[k], in.Scramble(in.Key)}',
  'in.N, in.M = in.Scramble(in.Key), m[k]\nreturn in.M',
  'm = nil\nreturn m[k]',
  'return len(m) + m[(k)]',
  'switch m[k] {\ncase 7:\nreturn "seven"\n}\nreturn m',
  'for range m[k] {\nin.Turn()\n}\nreturn nil',
  'defer in.Take(m[k])\nreturn nil',
  'return func() int { return m[k] }()',
  'm[k]++\nreturn m[k]',
];
const KEYS = [
  'b',
  'b',
  'b',
  'b',
  'in.Key',
  'in.Key',
  'b[:1]',
  'b[in.N:]',
  'pair.key',
  'pair.key',
  'far.key',
  'words[in.N]',
  '[]byte(blob)',
];

const keys: Arbitrary<Body> = fc
  .record({
    key: fc.constantFrom(...KEYS),
    declared: fc.constantFrom<(value: string) => string>(
      (value) => `k := string(${value})`,
      (value) => `k := string(${value})`,
      (value) => `var k = string(${value})`,
      (value) => `k, n := string(${value}), 1\n_ = n`,
    ),
    between: fc.oneof({ arbitrary: fc.constantFrom(...LOCKS), weight: 3 }, { arbitrary: fc.constantFrom(...BETWEEN), weight: 2 }),
    looked: fc.constantFrom(...LOOKED),
    isLarge: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    place: fc.constantFrom<Place>('straight', 'straight', 'recovered', 'loop'),
    shadow: shadowsOf('string', 'byte'),
  })
  .map(({ key, declared, between, looked, isLarge, place, shadow }) => {
    const pairs = key.includes('.key')
      ? 'type holder struct{ key []byte }\npair := holder{in.Key}\nvar far *holder\nif in.Flag {\nfar = &pair\n}\n_, _ = pair, far'
      : '';
    const map = isLarge ? 'm := map[string][20]int{"3": {1}}' : 'm := in.Ages';
    const f = between.includes('f()') ? 'f := func() { in.Scramble(b) }' : '';
    const channel = between.includes('changed') ? 'changed := make(chan int, 1)\nchanged <- in.Scramble(in.Key)' : '';
    const lock = 'var mu sync.RWMutex\ndefer func() { in.Flag = in.Flag != mu.TryLock() }()';
    const body = lines(lock, channel, declared(key), between, looked);
    const text = `${lines('b, blob := in.Key, input.Blob(in.Key)\nwords := [][]byte{in.Key, b}\n_, _, _ = b, blob, words', pairs, map, '_ = m', f, shadow)}${placed(place, body)}return nil`;
    return { text, imports: ['sync'] };
  });

/** Names of the language that mean something else here, once in a while. */
function shadowsOf(...names: readonly string[]): Arbitrary<string> {
  const shadowed = names.map((name) => `${name} := 1\n_ = ${name}`);
  return fc.oneof({ arbitrary: fc.constant(''), weight: 19 }, { arbitrary: fc.constantFrom(...shadowed), weight: 1 });
}

/** Of the packages, by their names, those that the text uses. */
function importsOf(text: string, paths: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(paths).flatMap(([name, path]) => (new RegExp(`\\b${name}\\.[A-Z]`).test(text) ? [path] : []));
}

export const CONVERSIONS: readonly Generator[] = [
  { rules: ['string-bytes-conversion'], bodies: roundTrips, hits: 0.2, saves: false, setUp: 0 },
  {
    rules: ['write-conversion'],
    bodies: writes,
    hits: 0.2,
    saves: false,
    setUp: 1,
    because: 'the first text that a httptest.ResponseRecorder is given is copied to tell its type',
  },
  { rules: ['map-key-conversion'], bodies: keys, hits: 0.06, saves: false, setUp: 0 },
];
