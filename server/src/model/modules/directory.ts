/** A directory as the workspace keeps it: its Go files, and the packages that they make under one set of build tags and another. */
import type { Module } from '../shapes.ts';
import type { LoadedFile, LoadedPackage } from './packages.ts';
import type { TagSet } from './target.ts';
import type { CachedModule, Importer } from './workspace-modules.ts';

/** Packages of one directory under one tag set, by package clause. */
export interface Grouping {
  readonly tags: TagSet;
  packages: Map<string, LoadedPackage>;
  /** False after a change, when packages may be missing. */
  isComplete: boolean;
}

export interface Directory extends Importer {
  readonly module: Module | undefined;
  /** Go files by path, in name order. */
  files: Map<string, LoadedFile>;
  readonly groupings: Map<string, Grouping>;
  /** Files on their own, by path. */
  readonly singles: Map<string, LoadedPackage>;
  /** Packages that looked into this directory. */
  readonly importers: Set<LoadedPackage>;
  /** Paths of files that call an import after what this directory's package is called. */
  readonly namedBy: Set<string>;
}

/** By which a directory is kept: in the module cache it is another one in each build. */
export function directoryKey(path: string, cached: CachedModule | undefined): string {
  return cached === undefined ? path : `${path} in ${cached.build}`;
}

export function packagesIn(directory: Directory): LoadedPackage[] {
  return [...[...directory.groupings.values()].flatMap(({ packages }) => [...packages.values()]), ...directory.singles.values()];
}

export function sameFiles(a: readonly LoadedFile[], b: readonly LoadedFile[]): boolean {
  return a.length === b.length && a.every((file, i) => file === b[i]);
}

/** Whether it is the `x_test` beside a package `x`, which nothing can import. */
export function isExternalTest(name: string, files: readonly LoadedFile[]): boolean {
  return name.endsWith('_test') && files.every((file) => file.isTest);
}
