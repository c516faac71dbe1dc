/**
 * Strings that are made to be keys of a map and nothing else. `k := string(b)` that is only looked up: the compiler reads the
 * bytes in place in `m[string(b)]`, and from Go 1.25 on also through a variable, unless memory may have changed in between. And
 * keys joined of several strings in a loop, where a struct of them would do.
 */
import { go, type Node, textOf } from '../../syntax/index.ts';
import { quoted } from '../kit/expressions.ts';
import { isHot } from '../kit/hot-code.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { fixesFor } from './fix.ts';
import { structKeyFixes } from './joined-fix.ts';
import { joinedMapAt } from './joined-keys.ts';
import { keyCopyAt } from './lookup.ts';

const options = {
  tests: { type: 'boolean', default: false, doc: 'Also report in tests.' },
} as const;

export const mapKeyConversion = defineRule({
  id: 'map-key-conversion',
  category: 'allocation',
  severity: 'hint',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  fix: 'safe',
  go: {},
  messages: {
    effect:
      '{name} copies {value} only to be looked up, and what is done before the lookup keeps the compiler from leaving the copy out: each time costs the copy, with an allocation beyond 32 bytes; {map}[{conversion}] reads the bytes in place',
    values:
      '{name} copies {value} only to be looked up, and the size of the values keeps the compiler from leaving the copy out: each time costs the copy, with an allocation beyond 32 bytes; {map}[{conversion}] reads the bytes in place',
    older:
      '{name} copies {value} only to be looked up: compilers before Go 1.25, which this module allows, make the copy each time, with an allocation beyond 32 bytes; {map}[{conversion}] reads the bytes in place',
    stored:
      'Each iteration joins {parts} strings to a key of {map}: as {map} keeps keys, the string is allocated and its parts are copied each time, also where the key is there already; a struct of the parts as key allocates nothing',
    asked:
      'Each iteration joins {parts} strings to a key that {map} is only asked for: the parts are copied each time, with an allocation beyond 32 bytes; a struct of the parts as key allocates nothing',
  },
  options,
  alsoIn: { staticcheck: 'SA6001' },
  docs: {
    summary:
      'A `[]byte` is converted to a string variable only for one map lookup, which copies it; or keys of a local map are concatenated in a loop.',
    why: 'A string must not change, so the conversion copies the bytes. In m[string(b)] the compiler sees that nobody keeps the string, and lets the lookup read the bytes themselves. Through a variable it does so from Go 1.25 on, and only where nothing in between, such as a lock, may change memory, and where the values of the map have at most 128 bytes. A key that is joined of several strings is a new string each time; a struct of them is made of what is there, and maps take it as a key just as well.',
    cost: 'A copy of the key on each lookup, with an allocation of its length beyond 32 bytes; where a joined key is stored under, an allocation each time.',
    bad: `package p

import "sync"

type index struct {
	mu    sync.Mutex
	terms map[string]int
}

func (x *index) find(term []byte) int {
	key := string(term)
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.terms[key]
}
`,
    good: `package p

import "sync"

type index struct {
	mu    sync.Mutex
	terms map[string]int
}

func (x *index) find(term []byte) int {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.terms[string(term)]
}
`,
    limits:
      'Silent where the key is used again, stored, captured, or looked up in a loop that begins after the conversion; where the bytes are made by a call, or something in between may store to them or gives back a lock; and where the compiler leaves the copy out, unless the go line of the module allows compilers before 1.25. The fix is safe where nothing but locking happens in between and getting at the bytes cannot panic, and a suggestion otherwise. Joined keys count where the map is made empty in the function, all its keys are joined of strings alike with the same constants between them, and neither the map nor a key is used for anything else; the struct is a suggestion, because two keys that were equal when joined may differ in their parts.',
    skipWhen: 'The name of the key explains something, and the keys are short.',
    links: ['https://go.dev/issue/3512', 'https://staticcheck.dev/docs/checks#SA6001'],
  },
  visit: { map_type: checkType },
  calls: { string: check },
});

function check(conversion: Node, context: RuleContext<typeof options>): void {
  const { tree, file, options: chosen } = context;
  if (file.isTest && !chosen.tests) return;
  const found = keyCopyAt(context, conversion);
  if (found === undefined || (!chosen.tests && isInTestFunction(context, conversion))) return;
  const { name, statement, value, lookup, cause } = found;
  const at = (node: Node) => ({ path: file.path, range: { start: tree.start[node], end: tree.end[node] } });
  context.report({
    at: { start: tree.start[statement], end: tree.end[conversion] },
    message: cause,
    data: {
      name,
      value: quoted(tree, value),
      map: quoted(tree, go.indexExpression.operand(tree, lookup)),
      conversion: textOf(tree, conversion),
    },
    related: [{ at: at(lookup), note: 'looked up here' }],
    fixes: fixesFor(context, found),
    ...(isHot(context, conversion) ? { severity: 'information' } : {}),
  });
}

function checkType(type: Node, context: RuleContext<typeof options>): void {
  const { tree, file, options: chosen } = context;
  if (file.isTest && !chosen.tests) return;
  const found = joinedMapAt(context, type);
  if (found === undefined || (!chosen.tests && isInTestFunction(context, type))) return;
  const { joined, parts, isStored } = found.repeated;
  context.report({
    at: firstLineOf(tree, joined),
    message: isStored ? 'stored' : 'asked',
    data: { map: found.name, parts: parts.length },
    related: [noteAt(file, found.statement, 'the map')],
    fixes: structKeyFixes(context, found),
  });
}
