/**
 * Where an import path is found: the modules around a directory, the build that they are part of, and from that the directories
 * to look in. Reads only module files; whether a directory holds Go is the caller's to see. Nothing is read before the first
 * import that needs it.
 */
import { directoryOf, isWithin, joinPath } from '../../base/index.ts';
import type { GoMinor, Module } from '../shapes.ts';
import type { GoEnvironment } from './go-environment.ts';
import { ModuleBuild, type ModulePlace } from './module-build.ts';
import { ModuleCache, type Read } from './module-cache.ts';
import { type KnownModule, ModuleFiles } from './module-files.ts';

/** A directory that may hold a package. */
export interface Candidate {
  readonly directory: string;
  /** Set in the module cache, where a directory is a package of its own in each build that uses it. */
  readonly cached: CachedModule | undefined;
}

/** A module in the module cache as one build sees it. */
export interface CachedModule {
  readonly module: Module;
  readonly version: string;
  /** Directory of the build's go.work or go.mod. */
  readonly build: string;
}

/** Who imports: a directory, and for one in the module cache the module that it is part of. */
export interface Importer {
  readonly path: string;
  readonly importPath: string | undefined;
  readonly cached: CachedModule | undefined;
}

export class ModuleMap {
  private readonly files: ModuleFiles;
  private readonly builds = new Map<string, ModuleBuild>();
  private readonly owners = new Map<string, Module | undefined>();
  /** Build of modules outside the workspace that were reached through it, by their root: a dependency's imports are the build's to resolve. */
  private readonly reachedBy = new Map<string, ModuleBuild>();
  private cache: { readonly value: ModuleCache | undefined } | undefined;

  /** `go` stands in for what every go.mod says. The environment is asked for at the first import that needs it. */
  constructor(
    private readonly read: Read,
    go: GoMinor | undefined,
    private readonly environment: (() => GoEnvironment) | undefined,
    private readonly isDirectory: (path: string) => boolean,
  ) {
    this.files = new ModuleFiles(read, go, () => this.environment?.().work);
  }

  /** Forgets everything read. */
  clear(): void {
    this.files.clear();
    this.cache = undefined;
    for (const known of [this.builds, this.owners, this.reachedBy]) known.clear();
  }

  /** The module of the files in a directory; for a vendored one the module it was copied from. */
  moduleOf(directory: string): Module | undefined {
    if (!this.owners.has(directory)) this.owners.set(directory, this.vendoredModule(directory) ?? this.files.enclosing(directory)?.module);
    return this.owners.get(directory);
  }

  /** Whether a directory lies in the standard library's own module, vendored packages included. */
  isStandardLibrary(directory: string): boolean {
    return this.files.enclosing(directory)?.module.path === STD;
  }

  /** Directories where the package may be, best first. Standard packages are found only from within the module `std`. */
  *candidates(importPath: string, from: Importer): Generator<Candidate> {
    if (from.cached !== undefined) {
      const build = this.builds.get(from.cached.build);
      if (build !== undefined) yield* this.inBuild(importPath, from, build);
      return;
    }
    const own = this.files.enclosing(from.path);
    if (own === undefined) return;
    if (own.module.path === STD) {
      yield* inLibrary(importPath, own);
      return;
    }
    const build = this.buildOf(own);
    yield* this.inBuild(importPath, from, build);
    // The go command's own module also sees the library's internal packages.
    const library = own.module.path === 'cmd' ? this.files.modAt(directoryOf(own.module.root)) : undefined;
    if (library?.module.path === STD) yield* inLibrary(importPath, library);
    const reaching = this.reachedBy.get(own.module.root);
    if (reaching !== undefined && reaching !== build) yield* this.inBuild(importPath, from, reaching);
  }

  /** What `ModuleBuild.fingerprintOf` says of a module in its build. */
  fingerprintOf({ module, version, build }: CachedModule): string | undefined {
    return this.builds.get(build)?.fingerprintOf({ path: module.path, version });
  }

  /** The build of a directory's module, for whoever tells about it; undefined outside a module. */
  buildAt(directory: string): ModuleBuild | undefined {
    const own = this.files.enclosing(directory);
    return own && this.buildOf(own);
  }

  private buildOf(main: KnownModule): ModuleBuild {
    const { root } = main.module;
    const known = this.builds.get(root);
    if (known !== undefined) return known;
    const work = this.files.workOf(root);
    const used = (work?.file.uses ?? []).map((use) => work && this.files.modAt(joinPath(work.root, use)));
    const mains = [main, ...used.filter((each) => each !== undefined && each !== main)].filter((each) => each !== undefined);
    const environment = this.environment?.();
    const made = this.builds.get(work?.root ?? root) ?? new ModuleBuild(this.files, this.moduleCache(), environment?.mod, mains, work);
    this.builds.set(root, made);
    this.builds.set(made.root, made);
    return made;
  }

  private moduleCache(): ModuleCache | undefined {
    if (this.cache === undefined) {
      const root = this.environment?.().moduleCache;
      this.cache = { value: root === undefined ? undefined : new ModuleCache(root, this.read, this.isDirectory) };
    }
    return this.cache.value;
  }

  private *inBuild(importPath: string, from: Importer, build: ModuleBuild): Generator<Candidate> {
    if (!mayImport(importPath, from.importPath)) return;
    for (const place of build.placesFor(importPath)) {
      const found = this.candidateAt(place, importPath, build);
      if (found !== undefined) yield found;
    }
    if (build.vendor !== undefined) yield { directory: joinPath(build.vendor, importPath), cached: undefined };
  }

  private candidateAt({ module, version }: ModulePlace, importPath: string, build: ModuleBuild): Candidate | undefined {
    const directory = joinPath(module.root, importPath.slice(module.path.length + 1));
    if (version !== undefined) return { directory, cached: { module, version, build: build.root } };
    if (this.files.enclosing(directory)?.module.root !== module.root) return undefined;
    if (!this.builds.has(module.root) && !this.reachedBy.has(module.root)) this.reachedBy.set(module.root, build);
    return { directory, cached: undefined };
  }

  private vendoredModule(directory: string): Module | undefined {
    const at = directory.lastIndexOf('/vendor/');
    if (at < 0) return undefined;
    const vendor = directory.slice(0, at + '/vendor'.length);
    const path = directory.slice(vendor.length + 1);
    const owners = (this.files.vendoredIn(vendor) ?? []).filter((module) => isWithin(module.path, path));
    const owner = owners.sort((a, b) => b.path.length - a.path.length)[0];
    return owner && { root: joinPath(vendor, owner.path), path: owner.path, go: this.files.languageOf(owner.go) };
  }
}

/** Path of the module that the standard library is: its packages are imported by their directory alone. */
const STD = 'std';

/** Import path of a directory in a module; undefined where nothing can import it. */
export function importPathIn(module: Module | undefined, directory: string): string | undefined {
  if (module === undefined || module.path === '') return undefined;
  const rest = directory === module.root ? '' : directory.slice(module.root.length).replace(/^\//, '');
  if (module.path === STD) return rest === '' ? undefined : rest;
  return rest === '' ? module.path : `${module.path}/${rest}`;
}

function inLibrary(importPath: string, { module }: KnownModule): Candidate[] {
  return [importPath, `vendor/${importPath}`].map((path) => ({ directory: joinPath(module.root, path), cached: undefined }));
}

/** What is below a directory `internal` is for what is beside it (go help importpath, "Internal Directories"). */
function mayImport(importPath: string, importer: string | undefined): boolean {
  const at = /^(?:.*\/)?internal(?=\/|$)/.exec(importPath)?.[0];
  if (at === undefined || importer === undefined) return true;
  const parent = at.slice(0, -'internal'.length).replace(/\/$/, '');
  return parent === '' || isWithin(parent, importer);
}
