/**
 * Which package a file is taken as a part of. Files for all systems belong to one package in each build, and an edit makes a new package of
 * old files, so that it is the last package met that counts, with all that it imports in its build.
 */
import type { Package, SourceFile } from '../shapes.ts';

export class FileHomes {
  private readonly homes = new WeakMap<SourceFile, Package>();
  private build: string | undefined;

  /** `importsOf` answers the packages that were asked for as imports of one so far. */
  constructor(private readonly importsOf: (pkg: Package) => Iterable<Package | undefined>) {}

  of(file: SourceFile): Package | undefined {
    return this.homes.get(file);
  }

  /** From now on the package's files are parts of this package object, and where the build is another one, so is all that it imports. */
  enter(pkg: Package): void {
    const isOtherBuild = pkg.build !== undefined && pkg.build !== this.build;
    this.build = pkg.build ?? this.build;
    if (isOtherBuild) this.settleImportsOf(pkg);
    this.settle(pkg);
  }

  settle(pkg: Package): void {
    for (const each of pkg.files) this.homes.set(each, pkg);
  }

  /** As far as they were asked for: others are settled when they are. */
  private settleImportsOf(pkg: Package): void {
    const seen = new Set([pkg]);
    for (const each of seen) {
      for (const imported of this.importsOf(each)) if (imported !== undefined) seen.add(imported);
      this.settle(each);
    }
  }
}
