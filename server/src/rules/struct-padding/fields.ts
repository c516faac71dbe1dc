/**
 * The fields of a struct as they are written: declarations with the comments that belong to them, in groups that blank lines set
 * apart. Undefined for what cannot be taken apart and put together again: comments that belong to no field, and layouts that are not gofmt's.
 */
import type { Layout, Types } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';

/** One field_declaration. */
export interface Declaration {
  readonly node: Node;
  /** Of each of its fields. */
  readonly parts: readonly Layout[];
  /** Comment lines above it, without indentation. */
  readonly doc: readonly string[];
  /** Names with their commas; empty for an embedded field. */
  readonly names: string;
  readonly type: string;
  /** Empty without one. */
  readonly tag: string;
  /** Behind it on its line; empty without one. */
  readonly comment: string;
}

export type Groups = readonly (readonly Declaration[])[];

/** Field declarations of a struct_type with the layouts of their fields; undefined where one is not known. */
export function fieldParts(tree: Tree, types: Types, struct: Node): ReadonlyMap<Node, readonly Layout[]> | undefined {
  const found = new Map<Node, readonly Layout[]>();
  const [list = NONE] = children(tree, struct);
  for (const node of list === NONE ? [] : children(tree, list)) {
    if (tree.kind[node] !== Kind.field_declaration) return undefined;
    const type = fieldType(tree, types, node);
    const layout = types.layoutOf(type);
    if (layout === undefined) return undefined;
    found.set(node, Array<Layout>(Math.max(1, go.fieldDeclaration.name(tree, node).length)).fill(layout));
  }
  return found;
}

/** Type of the fields a declaration declares. */
export function fieldType(tree: Tree, types: Types, node: Node): ReturnType<Types['typeOf']> {
  const type = types.typeOfTypeNode(go.fieldDeclaration.type(tree, node));
  return isEmbeddedPointer(tree, node) ? { kind: 'pointer', element: type } : type;
}

/** `*T`, whose star is a token of the declaration. */
function isEmbeddedPointer(tree: Tree, node: Node): boolean {
  return go.fieldDeclaration.name(tree, node).length === 0 && tree.source[tree.start[node]] === 0x2a;
}

/** The declarations in groups, or undefined where comments or line ends are in the way. */
export function groupsOf(tree: Tree, struct: Node, parts: ReadonlyMap<Node, readonly Layout[]>): Groups | undefined {
  const [list] = children(tree, struct);
  if (list === undefined || textOf(tree, list).includes('\r')) return undefined;
  const groups: Declaration[][] = [[]];
  let doc: string[] = [];
  let end = tree.start[list] + 1;
  for (let row = list + 1; row < tree.next[list]; row = tree.next[row]) {
    const breaks = linesBetween(tree, end, tree.start[row]);
    const isComment = tree.kind[row] === Kind.comment;
    const last = groups[groups.length - 1].at(-1);
    if (breaks === 0 && !(isComment && last !== undefined && doc.length === 0 && last.comment === '')) return undefined;
    if (breaks > 1 && doc.length > 0) return undefined;
    if (breaks > 1 && last !== undefined) groups.push([]);
    if (!isComment) groups[groups.length - 1].push(declarationOf(tree, row, parts.get(row) ?? [], doc));
    else if (breaks > 0) doc.push(textOf(tree, row));
    else if (last !== undefined) groups[groups.length - 1].splice(-1, 1, { ...last, comment: textOf(tree, row) });
    if (!isComment) doc = [];
    end = tree.end[row];
  }
  return doc.length > 0 || linesBetween(tree, end, tree.end[list] - 1) !== 1 ? undefined : groups;
}

function linesBetween(tree: Tree, start: number, end: number): number {
  return textBetween(tree, start, end).split('\n').length - 1;
}

function declarationOf(tree: Tree, node: Node, parts: readonly Layout[], doc: readonly string[]): Declaration {
  const names = go.fieldDeclaration.name(tree, node);
  const tag = go.fieldDeclaration.tag(tree, node);
  const type = go.fieldDeclaration.type(tree, node);
  return {
    node,
    parts,
    doc,
    names: names.map((name) => textOf(tree, name)).join(', '),
    type: `${isEmbeddedPointer(tree, node) ? '*' : ''}${textOf(tree, type)}`,
    tag: textOf(tree, tag),
    comment: '',
  };
}
