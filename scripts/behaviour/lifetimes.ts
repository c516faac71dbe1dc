/** Contexts and tickers that nobody ends: what looks at a context late must not see that it has been cancelled. */
import fc, { type Arbitrary } from 'fast-check';
import { lines } from './loops.ts';
import type { Body, Generator } from './subject.ts';

const MADE = [
  'ctx, _ := context.WithCancel(context.Background())',
  'ctx, _ := context.WithCancel(context.Background())',
  'ctx, _ := context.WithTimeout(context.Background(), time.Hour)',
  'ctx, cancel := context.WithCancel(context.Background())\n_ = cancel',
  'ctx, cancel := context.WithCancel(context.Background())\nif in.Flag {\ncancel()\n}',
  'ctx := context.Background()\nctx, _ = context.WithCancelCause(ctx)',
  'var ctx context.Context\nctx, _ = context.WithCancel(context.Background())',
  'outer := context.Background()\nctx, _ := context.WithCancel(outer)',
  'defer func() { in.Keep(ended) }()\nctx, _ := context.WithCancel(context.Background())\nseen = ctx',
  'ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGWINCH)',
];
/** Who keeps the context, or something made of it, and when it is looked at. */
const USES = [
  '',
  'in.Keep(func() int { return len(fmt.Sprint(ctx.Err())) })',
  'if ctx.Err() != nil {\nreturn "early"\n}',
  'seen = ctx',
  'defer func() { in.Keep(func() int { return len(fmt.Sprint(ctx.Err())) }) }()',
  'child, stop := context.WithCancel(ctx)\ndefer stop()\nin.Keep(func() int { return len(fmt.Sprint(child.Err())) })',
  'child := context.WithValue(ctx, 1, 2)\nseen = child',
  'later = func() int { return len(fmt.Sprint(ctx.Err())) }',
  'done := ctx.Done()\nlater = func() int {\nselect {\ncase <-done:\nreturn 1\ndefault:\nreturn 2\n}\n}',
  'type holder struct{ c context.Context }\nh := holder{ctx}\nseen = h.c',
  'store(ctx)',
  'look(ctx)',
  'later = ended2(ctx)',
  'cs := []context.Context{ctx}\nseen = cs[0]',
  'stop := context.AfterFunc(ctx, func() {})\nlater = func() int {\nif stop() {\nreturn 1\n}\nreturn 2\n}',
  'select {\ncase <-ctx.Done():\nreturn 1\ndefault:\n}',
  'in.V(in.N)',
  'stored := make(chan bool)\ngo func(c context.Context) {\nseen = c\nstored <- true\n}(context.Background())\n<-stored',
  'func(c context.Context) { seen = c }(ctx)',
];
const ENDS = [
  'return len(fmt.Sprint(ctx.Err()))',
  'return ctx.Err() == nil',
  'return nil',
  'return func() int { return len(fmt.Sprint(ctx.Err())) }',
  'return ctx',
  'if in.Flag {\nreturn 7\n}\nreturn in.V(in.M)',
  'return []any{ctx.Err(), ctx.Done()}',
];
const HELPERS = lines(
  'var seen context.Context',
  'var later func() int',
  'ended := func() int {\nif seen == nil {\nreturn -1\n}\nreturn len(fmt.Sprint(seen.Err()))\n}',
  'ended2 := func(c context.Context) func() int { return func() int { return len(fmt.Sprint(c.Err())) } }',
  'store := func(c context.Context) { seen = c }',
  'look := func(c context.Context) { in.Keep(func() int { return len(fmt.Sprint(c.Err())) }) }',
  '_, _, _, _ = ended, ended2, store, look',
);

const contexts: Arbitrary<Body> = fc
  .record({
    made: fc.constantFrom(...MADE),
    first: fc.constantFrom(...USES),
    second: fc.constantFrom(...USES),
    end: fc.constantFrom(...ENDS),
  })
  .map(({ made, first, second, end }) => {
    const result = `result := func() any {\n${lines(made, '_ = ctx', first, second, end)}}()`;
    const shown =
      'if f, ok := result.(func() int); ok {\nresult = f()\n}\nif c, ok := result.(context.Context); ok {\nresult = fmt.Sprint(c.Err())\n}\nif parts, ok := result.([]any); ok {\nselect {\ncase <-parts[1].(<-chan struct{}):\nresult = 1\ndefault:\nresult = 2\n}\n}';
    const text = `${HELPERS}${result}\n${shown}\nif later != nil {\nin.Keep(later)\n}\nin.Keep(ended)\nreturn result`;
    const imports = [
      'context',
      'fmt',
      ...(made.includes('time.') ? ['time'] : []),
      ...(made.includes('signal.') ? ['os/signal', 'syscall'] : []),
    ];
    return { text, imports };
  });

export const LIFETIMES: readonly Generator[] = [
  {
    rules: ['lost-cancel', 'lost-stop'],
    bodies: contexts,
    hits: 0.07,
    saves: false,
    setUp: 4,
    because: 'what is cancelled makes its channel, and what is deferred may have to be kept on the heap',
  },
];
