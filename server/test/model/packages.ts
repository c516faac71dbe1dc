/** Packages built by hand from source text, with an importer over them, and what a test asks of one expression. */
import { type Import, NEWEST_GO, type Package, type PackageImporter, type SourceFile, type Types, typesOf } from '../../src/model/index.ts';
import { descendants, go, Kind, type Node, parse, type Tree, textOf } from '../../src/syntax/index.ts';

import { describeType } from './describe-type.ts';

export function sourceFile(path: string, text: string): SourceFile {
  const { tree, problems } = parse(new TextEncoder().encode(text));
  const packageName = textOf(tree, tree.kind.indexOf(Kind.package_identifier));
  return { path, tree, problems, packageName, imports: importsOf(tree), isTest: false, isGenerated: false, go: NEWEST_GO, derived: {} };
}

function importsOf(tree: Tree): Import[] {
  return descendants(tree, 0, Kind.import_spec).map((node) => {
    const path = textOf(tree, go.importSpec.path(tree, node)).slice(1, -1);
    const alias = textOf(tree, go.importSpec.name(tree, node));
    if (alias === '.') return { name: '', path, kind: 'dot', node };
    if (alias === '_') return { name: '', path, kind: 'blank', node };
    return alias === ''
      ? { name: path.slice(path.lastIndexOf('/') + 1), path, kind: 'named', node }
      : { name: alias, path, kind: 'alias', node };
  });
}

/** One package from the texts of its files. */
export function packageOf(importPath: string, ...texts: readonly string[]): Package {
  const files = texts.map((text, i) => sourceFile(`/src/${importPath}/${i}.go`, text));
  return {
    directory: `/src/${importPath}`,
    importPath,
    name: files[0].packageName,
    module: undefined,
    files,
    derived: {},
    leftOutBeside: () => [],
  };
}

export function importerOf(...packages: readonly Package[]): PackageImporter {
  return { importPackage: (path) => packages.find((each) => each.importPath === path) };
}

export interface Probe {
  readonly types: Types;
  readonly tree: Tree;
  /** Last node with exactly this source text, of the kind if one is given. */
  node(text: string, kind?: number): Node;
  /** The type of that node, written out. */
  type(text: string, kind?: number): string;
}

/** Types of the first file of package `p`, whose text is given whole; further packages by import path. */
export function probe(text: string, ...packages: readonly Package[]): Probe {
  const pkg = packageOf('p', text);
  const types = typesOf(importerOf(...packages), pkg, pkg.files[0]);
  const { tree } = pkg.files[0];
  const node = (wanted: string, kind?: number): Node => {
    for (let row = tree.length - 1; row > 0; row--) {
      if ((kind === undefined || tree.kind[row] === kind) && textOf(tree, row) === wanted && tree.kind[row] !== Kind.expression_list)
        return row;
    }
    throw new Error(`no node: ${wanted}`);
  };
  return { types, tree, node, type: (wanted, kind) => describeType(types.typeOf(node(wanted, kind))) };
}
