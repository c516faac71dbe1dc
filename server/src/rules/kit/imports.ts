/**
 * Imports added and removed by a fix, as gofmt would lay them out: sorted inside the group of lines they belong to, no blank
 * line left behind. `import "C"` is never touched, because the comment above it is C source.
 */
import { contains, type Range } from '../../base/index.ts';
import { type Import, type Scopes, Since, type SourceFile } from '../../model/index.ts';
import { descendants, go, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import type { FileEdit, RuleContext } from '../rule.ts';
import { insertion, lineBreakAt, lineEndAt, lineStartAt, removal, replacement } from './edits.ts';

export interface ImportChange {
  /** Import paths, unquoted; one that is imported already under its own name is left out. */
  readonly add?: readonly string[];
  /** The import_specs that go. */
  readonly remove?: readonly Node[];
}

/** How code at `node` can name a package: through the file's import, or under its usual name once `add` is imported. Undefined when the name means something else there. */
export function packageNameAt(
  file: SourceFile,
  scopes: Scopes,
  path: string,
  node: Node,
): { readonly name: string; readonly add: readonly string[] } | undefined {
  const known = file.imports.find((each) => each.path === path && (each.kind === 'named' || each.kind === 'alias'));
  const name = known?.name ?? usualName(path);
  const meaning = scopes.lookup(name, node);
  if (known !== undefined) return meaning?.kind === 'import' ? { name, add: [] } : undefined;
  if (meaning !== undefined || file.imports.some((each) => each.kind === 'dot')) return undefined;
  return { name, add: [path] };
}

/** The import_specs that the edits leave without a use: each lies in one of their ranges, and none is written anew. Imports without a use stay out. */
export function importsLeftUnusedBy(file: SourceFile, scopes: Scopes, edits: readonly FileEdit[]): Node[] {
  const isWritten = ({ name }: Import): boolean => edits.some(({ newText }) => newText.includes(`${name}.`));
  const ranges = edits.map(({ range }) => range);
  return file.imports.filter((each) => !isWritten(each) && isUsedOnlyIn(file.tree, scopes, each, ranges)).map((each) => each.node);
}

function isUsedOnlyIn(tree: Tree, scopes: Scopes, imported: Import, ranges: readonly Range[]): boolean {
  if (imported.path === 'C' || (imported.kind !== 'named' && imported.kind !== 'alias')) return false;
  const name = new TextEncoder().encode(imported.name);
  if (!ranges.some((range) => holds(tree.source, range, name))) return false;
  let isUsed = false;
  for (const use of eachUse(tree, scopes, imported)) {
    if (!ranges.some((range) => contains(range, { start: tree.start[use], end: tree.end[use] }))) return false;
    isUsed = true;
  }
  return isUsed;
}

/** Whether the bytes occur in the range of the source. */
export function holds(source: Uint8Array, { start, end }: Range, bytes: Uint8Array): boolean {
  const last = end - bytes.length;
  for (let at = source.indexOf(bytes[0], start); at >= 0 && at <= last; at = source.indexOf(bytes[0], at + 1)) {
    if (bytes.every((byte, i) => source[at + i] === byte)) return true;
  }
  return false;
}

/** Identifiers that name the import. */
export function usesOfImport(tree: Tree, scopes: Scopes, imported: Import): Node[] {
  return [...eachUse(tree, scopes, imported)];
}

function* eachUse(tree: Tree, scopes: Scopes, { node, name }: Import): Generator<Node> {
  const length = new TextEncoder().encode(name).length;
  for (let row = tree.next[node]; row < tree.length; row++) {
    const kind = tree.kind[row];
    if (kind !== Kind.identifier && kind !== Kind.package_identifier) continue;
    if (tree.end[row] - tree.start[row] !== length || textOf(tree, row) !== name) continue;
    const meaning = scopes.symbolOf(row);
    if (meaning === undefined || meaning.kind === 'import') yield row;
  }
}

function usualName(path: string): string {
  const parts = path.split('/');
  const last = parts[parts.length - 1];
  return parts.length > 1 && /^v[0-9]+$/.test(last) ? parts[parts.length - 2] : last;
}

/** Edits that add and remove imports, disjoint and ready to stand beside others of one fix. Undefined where the imports are laid out so that no edit is certain to be right. */
export function importEdits(file: SourceFile, change: ImportChange): readonly FileEdit[] | undefined {
  const { tree } = file;
  const removed = new Set(change.remove ?? []);
  const added = [...new Set(change.add ?? [])].filter((path) => !isImported(file, path, removed)).sort();
  const declarations = descendants(tree, 0, Kind.import_declaration).filter((node) => !isCgo(tree, node));
  const target = declarations.find((node) => listOf(tree, node) !== NONE) ?? declarations[0];
  const edits: FileEdit[] = [];
  for (const declaration of declarations) {
    const extra = declaration === target ? added : [];
    const edit =
      listOf(tree, declaration) === NONE ? editSingle(tree, declaration, extra, removed) : editGrouped(tree, declaration, extra, removed);
    if (edit === undefined) return undefined;
    edits.push(...edit);
  }
  if (target === undefined && added.length > 0) edits.push(newDeclaration(tree, added));
  return edits;
}

function isImported(file: SourceFile, path: string, removed: ReadonlySet<Node>): boolean {
  return file.imports.some((each) => each.path === path && each.kind === 'named' && !removed.has(each.node));
}

function isCgo(tree: Tree, declaration: Node): boolean {
  return descendants(tree, declaration, Kind.import_spec).some((spec) => pathOf(tree, spec) === 'C');
}

function listOf(tree: Tree, declaration: Node): Node {
  return descendants(tree, declaration, Kind.import_spec_list)[0] ?? NONE;
}

function specOf(tree: Tree, declaration: Node): Node {
  return descendants(tree, declaration, Kind.import_spec)[0] ?? NONE;
}

function pathOf(tree: Tree, spec: Node): string {
  return textOf(tree, go.importSpec.path(tree, spec)).slice(1, -1);
}

function isStandard(path: string): boolean {
  return !path.split('/')[0].includes('.');
}

/** `import "x"`: taken out, or opened into a group. */
function editSingle(tree: Tree, declaration: Node, added: readonly string[], removed: ReadonlySet<Node>): FileEdit[] | undefined {
  const spec = specOf(tree, declaration);
  const isRemoved = removed.has(spec);
  if (added.length === 0) return isRemoved ? [removeDeclaration(tree, declaration)] : [];
  const own: ImportLine[] = isRemoved ? [] : [{ text: textOf(tree, spec), path: pathOf(tree, spec) }];
  const lines = insertLines(own, added.map(lineOf));
  return [replacement(tree, declaration, declarationText(lines, lineBreakAt(tree, tree.end[declaration])))];
}

/** A line between the parentheses, without indentation and break; `path` of a line that holds a spec. */
interface ImportLine {
  readonly text: string;
  readonly path?: string;
  readonly spec?: Node;
}

function lineOf(path: string): ImportLine {
  return { text: `"${path}"`, path };
}

function editGrouped(tree: Tree, declaration: Node, added: readonly string[], removed: ReadonlySet<Node>): FileEdit[] | undefined {
  const list = listOf(tree, declaration);
  const specs = descendants(tree, list, Kind.import_spec);
  if (added.length === 0 && !specs.some((spec) => removed.has(spec))) return [];
  if (added.length === 0 && specs.every((spec) => removed.has(spec))) return [removeDeclaration(tree, declaration)];
  const lines = linesOf(tree, list, specs);
  if (lines === undefined) return undefined;
  const kept = lines.filter((line) => line.spec === undefined || !removed.has(line.spec));
  const wanted = withoutSpareBlanks(insertLines(kept, added.map(lineOf)));
  return [changedLines(tree, list, lines, wanted)];
}

/** Undefined unless each spec has a line of its own between those of the parentheses, and no comment spans lines. */
function linesOf(tree: Tree, list: Node, specs: readonly Node[]): ImportLine[] | undefined {
  const lines: ImportLine[] = [];
  const last = lineStartAt(tree, tree.end[list] - 1);
  const pending = [...specs];
  for (let start = lineEndAt(tree, tree.start[list]); ; ) {
    start = tree.source.indexOf(10, start) + 1;
    if (start === 0 || start > last) return undefined;
    if (start === last) break;
    const end = lineEndAt(tree, start);
    const spec = pending.length > 0 && tree.end[pending[0]] <= end ? pending.shift() : undefined;
    const text = textBetween(tree, start, end).trim();
    const isPlain = spec === undefined ? text === '' || /^(\/\/|\/\*.*\*\/$)/.test(text) : text.startsWith(textOf(tree, spec));
    if (!isPlain || (pending.length > 0 && tree.start[pending[0]] < end)) return undefined;
    lines.push(spec === undefined ? { text } : { text, path: pathOf(tree, spec), spec });
    start = end;
  }
  return pending.length === 0 && textBetween(tree, last, tree.end[list]).trim() === ')' ? lines : undefined;
}

/** `lines` with `added` (sorted) in the first group that holds imports of their sort, or in a group of their own in front. */
function insertLines(lines: readonly ImportLine[], added: readonly ImportLine[]): ImportLine[] {
  const result = [...lines];
  for (const line of added) {
    const path = line.path ?? '';
    const first = result.findIndex((each) => each.path !== undefined && isStandard(each.path) === isStandard(path));
    if (first < 0) {
      const rest = result.length === 0 ? [] : [{ text: '' }, ...result];
      result.splice(0, result.length, line, ...rest);
      continue;
    }
    let end = first;
    while (end < result.length && result[end].text !== '') end++;
    let at = first;
    while (at < end && !((result[at].path ?? '') > path)) at++;
    while (at > 0 && at < end && result[at - 1].path === undefined && result[at - 1].text !== '') at--;
    result.splice(at, 0, line);
  }
  return result;
}

function withoutSpareBlanks(lines: readonly ImportLine[]): ImportLine[] {
  const kept = lines.filter((line, i) => line.text !== '' || (i > 0 && lines[i - 1].text !== ''));
  return kept.at(-1)?.text === '' ? kept.slice(0, -1) : kept;
}

/** One edit over the lines that differ. */
function changedLines(tree: Tree, list: Node, before: readonly ImportLine[], after: readonly ImportLine[]): FileEdit {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head].text === after[head].text) head++;
  let tail = 0;
  while (tail < shortest - head && before[before.length - 1 - tail].text === after[after.length - 1 - tail].text) tail++;
  const offsets = [tree.source.indexOf(10, tree.start[list]) + 1];
  for (let i = 0; i < before.length; i++) offsets.push(tree.source.indexOf(10, offsets[i]) + 1);
  const lineBreak = lineBreakAt(tree, tree.start[list]);
  const newText = linesText(after.slice(head, after.length - tail), lineBreak);
  return { range: { start: offsets[head], end: offsets[before.length - tail] }, newText };
}

/** The declaration with its lines and the blank line after it. */
function removeDeclaration(tree: Tree, declaration: Node): FileEdit {
  const { source } = tree;
  const start = lineStartAt(tree, tree.start[declaration]);
  let end = source.indexOf(10, tree.end[declaration]) + 1;
  if (end === 0) end = source.length;
  const isBlank = lineEndAt(tree, end) === end && end < source.length;
  return removal(start, isBlank ? source.indexOf(10, end) + 1 : end);
}

function newDeclaration(tree: Tree, added: readonly string[]): FileEdit {
  const anchor = descendants(tree, 0, Kind.import_declaration).at(-1) ?? descendants(tree, 0, Kind.package_clause)[0] ?? NONE;
  const at = lineEndAt(tree, tree.end[anchor]);
  const lineBreak = lineBreakAt(tree, tree.start[anchor]);
  return insertion(at, `${lineBreak}${lineBreak}${declarationText(added.map(lineOf), lineBreak)}`);
}

function declarationText(lines: readonly ImportLine[], lineBreak: string): string {
  return lines.length === 1 ? `import ${lines[0].text}` : `import (${lineBreak}${linesText(lines, lineBreak)})`;
}

function linesText(lines: readonly ImportLine[], lineBreak: string): string {
  return lines.map((line) => (line.text === '' ? lineBreak : `\t${line.text}${lineBreak}`)).join('');
}

/** The package slices as it is called at a node, with what imports it. Undefined before Go 1.21, and in the standard library, where the import could close a cycle. */
export function slicesAt(
  { file, scopes, package: pkg }: Pick<RuleContext, 'file' | 'scopes' | 'package'>,
  node: Node,
): { readonly name: string; readonly imports: readonly FileEdit[] } | undefined {
  if (file.go < Since.maxAndSlices || pkg.module?.path === 'std') return undefined;
  const slices = packageNameAt(file, scopes, 'slices', node);
  const imports = slices && importEdits(file, { add: slices.add });
  return slices && imports && { name: slices.name, imports };
}
