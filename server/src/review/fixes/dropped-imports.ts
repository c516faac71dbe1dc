/**
 * What each fix takes from the imports. A fix removes an import only when it alone leaves it unused; several together may,
 * and then the one who combines them has to know.
 */
import type { TextEdit } from '../../base/index.ts';
import { contains } from '../../base/index.ts';
import type { Import, Scopes, SourceFile } from '../../model/index.ts';
import { type FileEdit, holds, importEdits, type RuleFix, usesOfImport } from '../../rules/index.ts';
import type { DroppedUses } from '../shapes.ts';

/** Of a file's imports, those that some fix may leave with fewer uses. Asks for scopes only when a fix touches a use. */
export function droppedImports(file: SourceFile, scopes: () => Scopes): (fix: RuleFix) => readonly DroppedUses[] {
  const counted = new Map<Import, readonly number[]>();
  const usesOf = (imported: Import): readonly number[] => {
    const known = counted.get(imported) ?? usesOfImport(file.tree, scopes(), imported);
    counted.set(imported, known);
    return known;
  };
  return (fix) =>
    file.imports.flatMap((imported) => {
      if (!mentions(file, fix, imported)) return [];
      const uses = usesOf(imported);
      const dropped = uses.filter((use) => isRewritten(file, fix, use)).length - mentionsIn(file, fix, imported.name);
      if (dropped <= 0 || dropped === uses.length) return [];
      const removal = (importEdits(file, { remove: [imported.node] }) ?? []).map((edit): TextEdit => ({ path: file.path, ...edit }));
      return [{ path: imported.path, uses: dropped, of: uses.length, removal }];
    });
}

/** Those in the file itself. */
function editsOf(file: SourceFile, fix: RuleFix): readonly FileEdit[] {
  return fix.edits.filter(({ path }) => path === undefined || path === file.path);
}

/** A quick look before scopes are asked for. */
function mentions(file: SourceFile, fix: RuleFix, imported: Import): boolean {
  if (imported.name === '') return false;
  const name = new TextEncoder().encode(`${imported.name}.`);
  return editsOf(file, fix).some(({ range }) => holds(file.tree.source, range, name));
}

function isRewritten(file: SourceFile, fix: RuleFix, use: number): boolean {
  const at = { start: file.tree.start[use], end: file.tree.end[use] };
  return editsOf(file, fix).some(({ range }) => contains(range, at));
}

/** How often the fix itself writes the name of the import. */
function mentionsIn(file: SourceFile, fix: RuleFix, name: string): number {
  return editsOf(file, fix).reduce((sum, { newText }) => sum + newText.split(`${name}.`).length - 1, 0);
}
