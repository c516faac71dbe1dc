/**
 * Structs that another order of their fields would make smaller, or whose pointers it would bring together. Only of those that a
 * package shows to keep many: of a single value nobody feels eight bytes, and the order of fields is also what a reader sees.
 */
import type { Layout } from '../../model/index.ts';
import { descendants, go, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { isAside, isShortLived } from '../kit/aside.ts';
import { firstLineOf, noteAt } from '../kit/places.ts';
import { isErrorType } from '../kit/repetition.ts';
import { defineRule, type RelatedPlace, type RuleContext } from '../rule.ts';
import { isConfiguration } from './configuration.ts';
import { fieldParts, fieldType, groupsOf } from './fields.ts';
import { fixesFor } from './fix.ts';
import { isOrderMeant } from './intent.ts';
import { type Aim, layoutOfDeclarations, sorted } from './order.ts';
import { allocatedSize } from './size-classes.ts';
import { type Keeping, type Kept, keptBy, mentionsOfType, type TypeMention } from './values.ts';

const CACHE_LINE = 64;

const options = {
  bytes: { type: 'integer', default: 8, minimum: 1, maximum: 4096, doc: 'Report from this number of bytes saved per value on.' },
  scanned: {
    type: 'integer',
    default: CACHE_LINE,
    minimum: 8,
    maximum: 65_536,
    doc: 'Report from this number of bytes on that the garbage collector need not look at any more, where the size stays the same.',
  },
  percent: { type: 'integer', default: 5, minimum: 1, maximum: 100, doc: 'Report from this part of a value on, in percent.' },
  everywhere: { type: 'boolean', default: false, doc: 'Also report structs of which nothing shows that many are kept.' },
  tests: { type: 'boolean', default: false, doc: 'Also report in _test.go files.' },
} as const;

type Context = RuleContext<typeof options>;

export const structPadding = defineRule({
  id: 'struct-padding',
  category: 'allocation',
  severity: 'hint',
  preset: 'all',
  since: '0.1.0',
  evidence: 'types',
  restsOn: 'uses',
  fix: 'suggestion',
  go: {},
  messages: {
    size: '{type} takes {before} bytes ({linesBefore}), {padding} of them padding between its fields; in another order {after} ({linesAfter}). {kept}',
    scan: 'the garbage collector looks at the first {before} bytes of each {type}, up to the last pointer ({linesBefore}); with the fields without pointers behind the others at {after} ({linesAfter}). {kept}',
  },
  options,
  alsoIn: { fieldalignment: 'fieldalignment' },
  docs: {
    summary: 'A struct with many instances would be smaller, or cheaper for the garbage collector, with its fields reordered.',
    why: 'Fields lie in memory in the order in which they are written, each at a multiple of its alignment. A bool in front of an int64 costs seven bytes of padding. The garbage collector looks at a value up to its last pointer, so that numbers in front of one are looked at too.',
    cost: 'The padding, once for each value, in memory, in caches and in copies; allocations are rounded up to the next of some sixty sizes. What the collector looks at, on each of its rounds.',
    bad: `package p

type entry struct {
	live  bool
	key   uint64
	dirty bool
}

var table []entry
`,
    good: `package p

type entry struct {
	key   uint64
	live  bool
	dirty bool
}

var table []entry
`,
    limits:
      'Sizes are those of the architecture that is reviewed for. Reported are types of which the package keeps slices, maps, channels with a buffer or arrays of 16 and more, tables that are written out not among them, or which it allocates in a loop, and neither in tests nor for them; of commands that do one thing and end, and of errors, there are few; configuration, told by its name or the tags of its fields, is rarely kept in number; allocations only where they come to a smaller size; savings of less than a twentieth are left alone, and so are pointers in front of which half as much would still lie, or that lie beside a lock or an atomic value; nor does it count that pointers to values with locks or functions are kept. Silent where the order may be meant: blank fields and pads, structs.HostLayout, unsafe, cgo, syscall or golang.org/x/sys in a file that names the type, comments on alignment, layout or order, 64-bit fields for sync/atomic, encoders that go by order, elements of XML, `msgp:tuple`. The fix moves as few fields as reach the smallest size, keeps comments, tags and groups, and is not offered where literals without field names or conversions depend on the order. It is a suggestion: who encodes, prints or compares values by reflection sees the new order.',
    skipWhen: 'There are few values, or the order tells a reader more than the bytes are worth.',
    links: [
      'https://go.dev/ref/spec#Size_and_alignment_guarantees',
      'https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/fieldalignment',
    ],
  },
  visit: { type_spec: check },
});

function check(spec: Node, context: Context): void {
  const { tree, types, file, options } = context;
  const struct = go.typeSpec.type(tree, spec);
  if (tree.kind[struct] !== Kind.struct_type || file.isGenerated || (file.isTest && !options.tests)) return;
  if (go.typeSpec.typeParameters(tree, spec) !== NONE || tree.parent[tree.parent[spec]] !== NONE) return;
  const parts = fieldParts(tree, types, struct);
  const found = parts === undefined || parts.size < 2 ? undefined : gainOf(context, parts);
  if (parts === undefined || found === undefined) return;
  const name = go.typeSpec.name(tree, spec);
  const mentions = mentionsOfType(context, name);
  if (mentions === undefined || isOrderMeant(context, spec, struct, mentions)) return;
  const isFew = isMadeByFew(context, name) || isConfiguration(tree, textOf(tree, name), struct, mentions);
  const kept = isFew ? undefined : keptBy(mentions);
  if (kept === undefined ? !options.everywhere : !isFelt(context, found, kept.keeping)) return;
  if (found.aim === 'pointerBytes' && isShared(context, struct)) return;
  if (kept?.keeping === 'pointers' && (isShared(context, struct) || hasBehaviour(context, struct))) return;
  report(context, { spec, struct, parts, mentions, kept, ...found });
}

/** Whether the type serves tests, is of a command that does one thing and ends, or is one of errors, of which there are few. */
function isMadeByFew({ package: pkg, file, scopes, types }: Context, name: Node): boolean {
  if (isAside(pkg, file) || isShortLived(pkg, file) || /Err(?:or)?$/.test(textOf(file.tree, name))) return true;
  const symbol = scopes.symbolOf(name);
  return symbol !== undefined && isErrorType(types, types.typeOfSymbol(symbol));
}

interface Gain {
  readonly aim: Aim;
  readonly before: Layout;
  readonly after: Layout;
}

interface Found extends Gain {
  readonly spec: Node;
  readonly struct: Node;
  readonly parts: ReadonlyMap<Node, readonly Layout[]>;
  readonly mentions: readonly TypeMention[];
  readonly kept: Kept | undefined;
}

/** What sorting the fields would gain, or undefined where that is too little. */
function gainOf({ options }: Context, parts: ReadonlyMap<Node, readonly Layout[]>): Gain | undefined {
  const declarations = [...parts.values()].map((each) => ({ parts: each }));
  const before = layoutOfDeclarations(declarations);
  const after = layoutOfDeclarations(sorted(declarations));
  const saved = before.size - after.size;
  if (saved >= options.bytes && saved * 100 >= before.size * options.percent) return { aim: 'size', before, after };
  // Less than half as much: the collector goes by words, and those without pointers cost it little.
  const isFar = before.pointerBytes - after.pointerBytes >= options.scanned && after.pointerBytes * 2 <= before.pointerBytes;
  return isFar && saved >= 0 ? { aim: 'pointerBytes', before, after } : undefined;
}

/** Whether the struct holds a lock or an atomic value: there are few of those, and what lies beside them is a matter of its own. */
function isShared({ tree, types }: Context, struct: Node): boolean {
  return descendants(tree, struct, Kind.field_declaration).some((field) => {
    const type = fieldType(tree, types, field);
    return type.kind === 'named' && (type.path === 'sync' || type.path === 'sync/atomic' || type.name.endsWith('Mutex'));
  });
}

/** Whether it holds functions, as what a program registers when it starts does: those are few, although a map holds them. */
function hasBehaviour({ tree, types }: Context, struct: Node): boolean {
  return descendants(tree, struct, Kind.field_declaration).some(
    (field) => types.underlying(fieldType(tree, types, field)).kind === 'function',
  );
}

/** Whether values on the heap come to a smaller size there. */
function isFelt({ types, options }: Context, { aim, before, after }: Gain, keeping: Keeping): boolean {
  if (aim === 'pointerBytes' || keeping === 'elements') return true;
  const allocated = (layout: Layout): number => allocatedSize(layout.size, layout.pointerBytes, types.wordSize);
  return allocated(before) - allocated(after) >= options.bytes;
}

function report(context: Context, found: Found): void {
  const { tree, file } = context;
  const { aim, before, after, kept } = found;
  const name = go.typeSpec.name(tree, found.spec);
  const groups = groupsOf(tree, found.struct, found.parts);
  const related: RelatedPlace[] = paddedFields(found).map(({ field, bytes }) =>
    noteAt(file, field, `${bytes} bytes of padding in front of it`),
  );
  if (kept !== undefined) related.push(noteAt(kept.mention.file, kept.mention.node, KEPT[kept.keeping].note));
  const padding = before.size - [...found.parts.values()].flat().reduce((sum, part) => sum + part.size, 0);
  context.report({
    at: firstLineOf(tree, name),
    message: aim === 'size' ? 'size' : 'scan',
    data: {
      type: textOf(tree, name),
      before: before[aim],
      after: after[aim],
      padding,
      linesBefore: linesOf(before[aim]),
      linesAfter: linesOf(after[aim]),
      kept: kept === undefined || aim === 'pointerBytes' ? 'Each value pays for it.' : KEPT[kept.keeping].text,
    },
    related,
    fixes: groups === undefined ? [] : fixesFor(context, { ...found, name, groups }),
    certainty: kept === undefined ? 'likely' : 'certain',
  });
}

const KEPT: Readonly<Record<Keeping, { readonly text: string; readonly note: string }>> = {
  elements: { text: 'Each element of what keeps them pays for it.', note: 'values are kept in number here' },
  pointers: {
    text: 'Each of those that are kept pays for it, as allocations come in fixed sizes.',
    note: 'pointers to values are kept in number here',
  },
  allocated: { text: 'Each allocation in the loop pays for it.', note: 'values are allocated in a loop here' },
};

function linesOf(bytes: number): string {
  const lines = Math.max(1, Math.ceil(bytes / CACHE_LINE));
  return lines === 1 ? '1 cache line' : `${lines} cache lines`;
}

const MOST_NOTES = 3;

/** Declarations behind a gap, in source order. */
function paddedFields({ parts, before, aim }: Found): { readonly field: Node; readonly bytes: number }[] {
  if (aim !== 'size') return [];
  const fields = [...parts].flatMap(([field, layouts]) => layouts.map((layout) => ({ field, layout })));
  const gaps = fields.map(({ field, layout }, i) => {
    const end = i === 0 ? 0 : before.offsets[i - 1] + fields[i - 1].layout.size;
    return { field, bytes: before.offsets[i] - end, layout };
  });
  return gaps.filter(({ bytes }) => bytes > 0).slice(0, MOST_NOTES);
}
