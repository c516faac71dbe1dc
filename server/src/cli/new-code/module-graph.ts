/** The packages of some modules and which of them import which, read from the heads of their files: enough to go from a change to those who may feel it. */
import { directoryOf, isWithin, joinPath, neverCancelled, relativePath } from '../../base/index.ts';
import { parseGoMod, scanHeader } from '../../model/index.ts';
import { createNodeFileSystem } from '../../node/index.ts';
import { createSession } from '../../review/index.ts';
import { readIfThere } from '../files/read-file.ts';
import type { Texts } from '../files/texts.ts';

/** The files of a directory, whichever of them are built. */
export interface PackageNode {
  readonly directory: string;
  /** By which others import it; undefined where its files do not agree on that. */
  readonly name: string | undefined;
  /** Absolute paths. */
  readonly sources: readonly string[];
  readonly tests: readonly string[];
  /** Directories of the packages in the graph that the sources import. */
  readonly imports: ReadonlySet<string>;
  readonly testImports: ReadonlySet<string>;
}

export interface ModuleGraph {
  /** What is imported comes before who imports it. */
  readonly packages: readonly PackageNode[];
  /** The package in the graph that an import path means. */
  packageAt(importPath: string): PackageNode | undefined;
}

/** Go files that the targets (absolute) stand for, as a review walks to them. */
export function filesUnder(targets: readonly string[]): readonly string[] {
  return createSession(createNodeFileSystem()).discover(targets, neverCancelled).files;
}

/** `roots` are the modules' directories. */
export function moduleGraph(roots: readonly string[], texts: Texts): ModuleGraph {
  const byDirectory = new Map<string, string[]>();
  for (const path of filesUnder(roots)) {
    const directory = directoryOf(path);
    const files = byDirectory.get(directory) ?? [];
    byDirectory.set(directory, files);
    files.push(path);
  }
  const directories = importable([...byDirectory.keys()], roots);
  const nodes = new Map([...byDirectory].map(([directory, files]) => [directory, nodeOf(directory, files, directories, texts)]));
  return { packages: inOrder(nodes), packageAt: (importPath) => nodes.get(directories.get(importPath) ?? '') };
}

/** Directories by import path. */
function importable(directories: readonly string[], roots: readonly string[]): ReadonlyMap<string, string> {
  const modules = roots
    .map((root) => ({ root, path: parseGoMod(new TextDecoder().decode(readIfThere(joinPath(root, 'go.mod')))).path }))
    .sort((a, b) => b.root.length - a.root.length);
  return new Map(
    directories.flatMap((directory) => {
      const home = modules.find(({ root }) => isWithin(root, directory));
      if (home?.path === undefined) return [];
      return [[home.root === directory ? home.path : `${home.path}/${relativePath(home.root, directory)}`, directory] as const];
    }),
  );
}

function nodeOf(directory: string, files: readonly string[], directories: ReadonlyMap<string, string>, texts: Texts): PackageNode {
  const [tests, sources] = [true, false].map((areTests) => files.filter((path) => path.endsWith('_test.go') === areTests));
  const [headers, testHeaders] = [sources, tests].map((paths) => paths.map((path) => scanHeader(texts.passing(path) ?? new Uint8Array())));
  const importsOf = (files: readonly Header[]): ReadonlySet<string> => {
    const importPaths = new Set(files.flatMap((each) => each.importPaths));
    return new Set([...importPaths].flatMap((each) => directories.get(each) ?? []).filter((each) => each !== directory));
  };
  return { directory, name: nameAmong(headers), sources, tests, imports: importsOf(headers), testImports: importsOf(testHeaders) };
}

type Header = ReturnType<typeof scanHeader>;

/** Programs beside a package, which are built by their names, are imported by nobody. */
function nameAmong(headers: readonly Header[]): string | undefined {
  const names = new Set(headers.map(({ packageName }) => packageName).filter((name) => name !== 'main'));
  return names.size === 1 ? [...names][0] : undefined;
}

/** Depth first, with a stack of its own; a cycle, which only files that are not built together make, is cut somewhere. */
function inOrder(nodes: ReadonlyMap<string, PackageNode>): readonly PackageNode[] {
  const ordered = new Set<PackageNode>();
  const entered = new Set<string>();
  for (const root of nodes.keys()) {
    const path = [root];
    for (let directory = path.at(-1); directory !== undefined; directory = path.at(-1)) {
      const node = nodes.get(directory);
      const isFirst = !entered.has(directory);
      entered.add(directory);
      const open = isFirst && node !== undefined ? [...node.imports].filter((each) => !entered.has(each)) : [];
      if (open.length > 0) {
        path.push(...open);
        continue;
      }
      path.pop();
      if (node !== undefined) ordered.add(node);
    }
  }
  return [...ordered];
}
