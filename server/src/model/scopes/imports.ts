/** A file's imports with the names it uses them by. */
import { go, Kind, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { Import } from '../shapes.ts';

/** Imports in source order; specs whose path is missing are left out. `nameOf` gives a package's own name where it can be found. */
export function importsOf(tree: Tree, nameOf: (importPath: string) => string | undefined): Import[] {
  const imports: Import[] = [];
  const end = tree.next[0];
  for (let row = 1; row < end; row = tree.next[row]) {
    if (tree.kind[row] !== Kind.import_declaration) continue;
    for (let spec = row; spec < tree.next[row]; spec++) {
      const found = tree.kind[spec] === Kind.import_spec ? importOf(tree, spec, nameOf) : undefined;
      if (found !== undefined) imports.push(found);
    }
  }
  return imports;
}

function importOf(tree: Tree, node: Node, nameOf: (importPath: string) => string | undefined): Import | undefined {
  const path = textOf(tree, go.importSpec.path(tree, node)).slice(1, -1);
  if (path === '') return undefined;
  const alias = textOf(tree, go.importSpec.name(tree, node));
  if (alias === '.') return { name: '', path, kind: 'dot', node };
  if (alias === '_') return { name: '', path, kind: 'blank', node };
  if (alias !== '') return { name: alias, path, kind: 'alias', node };
  return { name: nameOf(path) ?? guessPackageName(path), path, kind: 'named', node };
}

/**
 * The package name that an import path suggests, when its source is not at hand: goimports' guess. The last element that is
 * not a major version, without a leading `go-`, up to the first character that no identifier has (`yaml.v3` is `yaml`,
 * `client-go` is `client`).
 */
export function guessPackageName(importPath: string): string {
  const elements = importPath.split('/');
  const last = elements.at(-1) ?? '';
  const base = /^v\d+$/.test(last) && elements.length > 1 ? (elements.at(-2) ?? last) : last;
  const stripped = base.startsWith('go-') ? base.slice(3) : base;
  return /^[\p{L}_][\p{L}\p{Nd}_]*/u.exec(stripped)?.[0] ?? stripped;
}
