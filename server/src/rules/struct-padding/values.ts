/**
 * Where a package keeps values of a struct type, which decides whether its bytes count: a slice pays for each element, the one
 * configuration of a program does not.
 */
import type { ConstantValue, SourceFile, Types } from '../../model/index.ts';
import { children, go, isFunction, isText, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { perTreeAndName } from '../kit/per-tree.ts';
import { isTestCode } from '../kit/tests.ts';
import type { RuleContext } from '../rule.ts';

/** A use of the type's name in a file of its package. */
export interface TypeMention {
  readonly file: SourceFile;
  readonly types: Types;
  readonly node: Node;
}

/** All uses of a type's name in its package, its declaration left out. Undefined where a file is broken or its types are not known. */
export function mentionsOfType(
  context: Pick<RuleContext, 'package' | 'types' | 'scopes' | 'tree'>,
  name: Node,
): readonly TypeMention[] | undefined {
  const symbol = context.scopes.symbolOf(name);
  const text = symbol?.name ?? '';
  const found: TypeMention[] = [];
  for (const file of context.package.files) {
    const types = context.types.typesIn(file);
    if (types === undefined || file.problems.length > 0 || symbol === undefined) return undefined;
    for (const node of rowsNamed(file.tree, text)) {
      const isSame = types.scopes.symbolOf(node) === symbol && !(file.tree === context.tree && node === name);
      if (isSame) found.push({ file, types, node });
    }
  }
  return found;
}

/** Rows of names with that text, which is compared byte by byte where it is ASCII. */
const rowsNamed = perTreeAndName((tree, name): readonly Node[] => {
  const rows: Node[] = [];
  for (let row = 0; row < tree.length; row++) {
    const kind = tree.kind[row];
    if ((kind === Kind.type_identifier || kind === Kind.identifier) && isText(tree, row, name)) rows.push(row);
  }
  return rows;
});

/** `elements`: in a slice, array, map or channel. `pointers`: pointers to them are. `allocated`: made in a loop. */
export type Keeping = 'elements' | 'pointers' | 'allocated';

export interface Kept {
  readonly keeping: Keeping;
  readonly mention: TypeMention;
}

/** How values are kept in number outside tests, the dearest way first; undefined where nothing shows that there are many. */
export function keptBy(mentions: readonly TypeMention[]): Kept | undefined {
  const found = new Map<Keeping, TypeMention>();
  for (const mention of mentions) {
    const keeping = isTestCode(mention.file) ? undefined : keepingAt(mention);
    if (keeping !== undefined && !found.has(keeping)) found.set(keeping, mention);
  }
  for (const keeping of ['elements', 'allocated', 'pointers'] as const) {
    const mention = found.get(keeping);
    if (mention !== undefined) return { keeping, mention };
  }
  return undefined;
}

function keepingAt({ file: { tree }, types, node }: TypeMention): Keeping | undefined {
  const isPointer = tree.kind[tree.parent[node]] === Kind.pointer_type;
  const type = isPointer ? tree.parent[node] : node;
  const holder = tree.parent[type];
  switch (tree.kind[holder]) {
    case Kind.slice_type:
      if (isTable(tree, holder) || isMadeShort(tree, types, holder)) return undefined;
      return isPointer ? 'pointers' : 'elements';
    case Kind.channel_type:
      return isPointer || !isBuffered(tree, types, holder) ? undefined : 'elements';
    case Kind.map_type:
      if (isTable(tree, holder)) return undefined;
      return go.mapType.value(tree, holder) === type && isPointer ? 'pointers' : isPointer ? undefined : 'elements';
    case Kind.array_type:
      if (isShort(types.constantOf(go.arrayType.length(tree, holder)))) return undefined;
      return isPointer ? 'pointers' : 'elements';
    case Kind.composite_literal:
      return isAddressOf(tree, holder) && isInLoop(tree, holder) ? 'allocated' : undefined;
    default:
      return undefined;
  }
}

/** `[]T{…}` or `map[K]T{…}` that is written out: a table that grows with the source alone. */
function isTable(tree: Tree, type: Node): boolean {
  const literal = tree.parent[type];
  return tree.kind[literal] === Kind.composite_literal && children(tree, go.compositeLiteral.body(tree, literal)).length > 0;
}

/** Arrays that hold fewer are not many values. */
const MANY = 16n;

function isShort(length: ConstantValue | undefined): boolean {
  return typeof length === 'bigint' && length < MANY;
}

/** `make([]T, 2)`. */
function isMadeShort(tree: Tree, types: Types, type: Node): boolean {
  const list = tree.parent[type];
  if (tree.kind[list] !== Kind.argument_list || types.calleeOf(tree.parent[list]).kind !== 'builtin') return false;
  const [, length = NONE] = children(tree, list);
  const value = length === NONE ? undefined : types.constantOf(length);
  return isShort(value) && value !== 0n;
}

/** `make(chan T, n)` with room for many; without a buffer a channel keeps none. */
function isBuffered(tree: Tree, types: Types, type: Node): boolean {
  const list = tree.parent[type];
  if (tree.kind[list] !== Kind.argument_list || types.calleeOf(tree.parent[list]).kind !== 'builtin') return false;
  const [, length] = children(tree, list);
  return length !== undefined && !isShort(types.constantOf(length));
}

function isAddressOf(tree: Tree, literal: Node): boolean {
  const parent = tree.parent[literal];
  return tree.kind[parent] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, parent)] === Kind['&'];
}

const LEAVING: readonly number[] = [Kind.return_statement, Kind.break_statement, Kind.goto_statement];

/** Whether a loop comes back to the node: what stands in a return, or in front of one, is done once. */
function isInLoop(tree: Tree, node: Node): boolean {
  for (let at = node; !isFunction(tree, at) && at !== NONE; at = tree.parent[at]) {
    if (tree.kind[at] === Kind.for_statement) return true;
    if (LEAVING.includes(tree.kind[at])) return false;
    const last = tree.kind[at] === Kind.statement_list ? children(tree, at).at(-1) : undefined;
    if (last !== undefined && LEAVING.includes(tree.kind[last])) return false;
  }
  return false;
}
