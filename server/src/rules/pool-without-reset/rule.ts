/**
 * What is wrong with how a pool is used over time: a value goes back with what was added to it, and the next user adds to that;
 * or a value is kept on some path, so that the pool spares nothing.
 */
import type { Type } from '../../model/index.ts';
import { type Node, textOf } from '../../syntax/index.ts';
import { quoted } from '../kit/expressions.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { poolCallAt, poolKey } from '../kit/pools.ts';
import { isInTestFunction } from '../kit/tests.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { leftIn, staleUse } from './dirt.ts';
import { putFixes, resetFixes } from './fix.ts';
import { notPutBack } from './lost.ts';
import { isManaged } from './managed.ts';

export const poolWithoutReset = defineRule({
  id: 'pool-without-reset',
  category: 'correctness',
  severity: 'warning',
  preset: 'recommended',
  since: '0.1.0',
  evidence: 'flow',
  restsOn: 'bodies',
  fix: 'suggestion',
  go: {},
  messages: {
    dirty:
      '{value} goes back into the pool with what was added to {part}, and whoever gets it adds to that: stale data comes along, and its memory grows with each use. Reset it before Put, or right after Get.',
    lost: '{value} is put back into {pool} on other paths, but not on every one: where it is kept, the next Get has to allocate a new one. Put it back before the return, or with defer.',
  },
  options: {},
  docs: {
    summary: 'A pooled value is reused without a reset, or not put back on every path.',
    why: 'A pool gives out what was put into it, as it was. A buffer that nobody resets still holds the text of its last use, and the next text is added behind it. A value that is not put back is garbage, and the pool makes a new one.',
    cost: 'Without a reset: wrong results, and memory that grows with each use. Without Put: the allocation that the pool should spare, each time such a path is taken.',
    bad: `package p

import (
	"bytes"
	"fmt"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func greeting(name string) string {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	fmt.Fprintf(buffer, "Hello, %s", name)
	return buffer.String()
}
`,
    good: `package p

import (
	"bytes"
	"fmt"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func greeting(name string) string {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	fmt.Fprintf(buffer, "Hello, %s", name)
	return buffer.String()
}
`,
    limits:
      'Speaks of a value without reset only where both ends are in view in one package: something is added to it before Put, and something is added after Get, with no reset between. Adding is writing to a buffer, `append`, storing into a map, and the same to a field of a struct; counters are left alone, and so are free lists and maps that are looked up in. Calls of functions that are not in view, or whose names say that they reset or release, count as a reset. A missing Put is reported where the same function puts the value back on another path and hands it to nobody who may keep it; a value that a condition asks for, such as its capacity, is left alone.',
    skipWhen: 'A value that met an error must not be used again: leave it to the garbage collector, and say so in a comment.',
    links: ['https://pkg.go.dev/sync#Pool'],
  },
  follows: ['Put'],
  calls: { Put: checkPut, Get: checkGet },
});

function checkPut(call: Node, context: RuleContext): void {
  const { tree, types, file } = context;
  const put = isExempt(context, call) ? undefined : poolCallAt(tree, types, call);
  const key = put?.method === 'Put' ? poolKey(tree, types, put.pool) : undefined;
  if (put === undefined || key === undefined || !canBeDirty(context, types.typeOf(put.value))) return;
  const left = leftIn(context.package, { file, types }, call, put.value);
  const stale = left.length === 0 ? undefined : staleUse(context.package, { file, types }, key, new Set(left.map(({ part }) => part)));
  const added = stale === undefined ? undefined : left.find(({ part }) => part === stale.part);
  if (stale === undefined || added === undefined) return;
  if (stale.part !== '' && isManaged(context.package, types, types.typeOf(put.value), stale.part)) return;
  context.report({
    at: firstLineOf(tree, put.value),
    message: 'dirty',
    data: { value: quoted(tree, put.value), part: stale.part === '' ? 'it' : `its field ${stale.part}` },
    related: [
      noteAt(added.scene.file, added.at, 'this is still in it'),
      noteAt(stale.scene.file, stale.at, 'this is added to what Get gave'),
    ],
    fixes: resetFixes(context, put, stale.part),
    certainty: 'likely',
  });
}

function checkGet(call: Node, context: RuleContext): void {
  const { tree, types, file } = context;
  const get = isExempt(context, call) ? undefined : poolCallAt(tree, types, call);
  const found = get?.method === 'Get' ? notPutBack(context, get) : undefined;
  if (get === undefined || found === undefined) return;
  context.report({
    at: firstLineOf(tree, found.variable.declaration),
    message: 'lost',
    data: { value: found.variable.name, pool: textOf(tree, get.pool) },
    related: [
      ...found.returns.map((each) => noteAt(file, each, 'this return is reached without Put')),
      ...found.puts.map((each) => noteAt(file, each, 'put back here')),
    ],
    fixes: putFixes(context, get, found),
    certainty: 'likely',
    severity: 'hint',
  });
}

function isExempt(context: RuleContext, call: Node): boolean {
  return context.file.isTest || isInTestFunction(context, call);
}

/** Whether anything can be added to a value of the type. */
function canBeDirty({ types }: RuleContext, type: Type): boolean {
  const under = types.underlying(type.kind === 'pointer' ? type.element : type);
  return ['struct', 'slice', 'map', 'interface'].includes(under.kind);
}
