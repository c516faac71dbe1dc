/**
 * One build as the go command makes it: its main modules (one, or those of a go.work), what replaces what, which version of
 * every other module it takes, or its vendor directory in place of all that. Import paths are found through it, those of its
 * dependencies too, because one build has one version of each.
 */
import { joinPath, Memo } from '../../base/index.ts';
import { Since } from '../language.ts';
import type { Module } from '../shapes.ts';
import { buildList, isPruned, type RequiredModule } from './build-list.ts';
import type { GoEnvironment } from './go-environment.ts';
import { type GoMod, type ModuleVersion, parseGoMod, type Replacement } from './go-mod.ts';
import { isConsistent, replacementOf, type VendoredModule } from './go-mod-vendor.ts';
import type { ModuleCache } from './module-cache.ts';
import type { KnownModule, KnownWork, ModuleFiles } from './module-files.ts';

/** Where a module of the build is. */
export interface ModulePlace {
  readonly module: Module;
  /** That the build takes, whatever it is replaced by; undefined for what may change: main modules and replacements by directories. */
  readonly version: string | undefined;
}

interface PlacedReplacement extends Replacement {
  /** Directory that the target is relative to. */
  readonly base: string;
}

export class ModuleBuild {
  /** Directory of the go.work or of the only main module. */
  readonly root: string;
  private readonly replaces: readonly PlacedReplacement[];
  private readonly required: ReadonlyMap<string, string>;
  private all: ReadonlyMap<string, string> | undefined;
  private readonly places = new Map<string, ModulePlace | undefined>();
  /** By import path: those that nobody has to read the module graph for. */
  private readonly firstPlaces = new Memo((importPath: string) =>
    this.vendor === undefined ? this.placesIn(importPath, this.required) : this.mainsWith(importPath),
  );
  private readonly fingerprints = new Map<string, string | undefined>();
  /** Directory of vendored packages, where that is what the build is made from. */
  readonly vendor: string | undefined;

  constructor(
    private readonly files: ModuleFiles,
    private readonly cache: ModuleCache | undefined,
    mod: GoEnvironment['mod'],
    private readonly mains: readonly KnownModule[],
    work: KnownWork | undefined,
  ) {
    this.root = work?.root ?? mains[0].module.root;
    this.replaces = [
      ...(work?.file.replaces ?? []).map((replacement) => ({ ...replacement, base: this.root })),
      ...mains.flatMap(({ module, file }) => file.replaces.map((replacement) => ({ ...replacement, base: module.root }))),
    ];
    const isSure = work === undefined && isPruned(mains[0].file);
    this.required = isSure ? new Map(mains[0].file.requires.map(({ path, version }) => [path, version])) : new Map();
    this.vendor = this.findVendor(mod, work);
  }

  /** Modules that may hold a package, longest path first; those that only the whole module graph names come last. */
  *placesFor(importPath: string): Generator<ModulePlace> {
    const known = this.firstPlaces.get(importPath);
    yield* known;
    if (this.vendor !== undefined || !importPath.split('/', 1)[0].includes('.')) return;
    for (const place of this.placesIn(importPath, this.selected())) if (!known.includes(place)) yield place;
  }

  private placesIn(importPath: string, versions: ReadonlyMap<string, string>): readonly ModulePlace[] {
    return prefixesOf(importPath).flatMap((path) => this.placeOf(path, versions) ?? []);
  }

  private mainsWith(importPath: string): readonly ModulePlace[] {
    const mains = prefixesOf(importPath).flatMap((path) => this.mains.filter(({ module }) => module.path === path));
    return mains.map(({ module }) => ({ module, version: undefined }));
  }

  /** Newest version of every module that the build knows. */
  selected(): ReadonlyMap<string, string> {
    this.all ??= buildList({
      roots: this.mains.flatMap(({ file }): RequiredModule[] => {
        const isWhole = !isPruned(file);
        return file.requires.filter((module) => !this.isExcluded(module)).map((module) => ({ module, isWhole }));
      }),
      isExcluded: (module) => this.isExcluded(module),
      goModOf: (module) => this.goModOf(module),
    });
    return this.all;
  }

  /** Modules outside the build itself that its main modules require, in the versions that it takes. */
  requirements(): ModuleVersion[] {
    const paths = new Set(this.mains.flatMap(({ file }) => file.requires.map(({ path }) => path)));
    for (const { module } of this.mains) paths.delete(module.path);
    return [...paths].flatMap((path) => {
      const version = this.required.get(path) ?? this.selected().get(path);
      return version === undefined ? [] : [{ path, version }];
    });
  }

  /** Whether the sources of a module are on disk. */
  has(module: ModuleVersion): boolean {
    const source = this.sourceOf(module);
    return source === undefined ? this.goModOf(module) !== undefined : this.cache?.has(source) === true;
  }

  /**
   * Text that is the same for two builds if and only if they see the module in the cache and all that it may import alike: the
   * versions, and which of them are on disk. Undefined where something of it may change.
   */
  fingerprintOf(module: ModuleVersion): string | undefined {
    const key = `${module.path}@${module.version}`;
    if (!this.fingerprints.has(key)) this.fingerprints.set(key, this.fingerprint(module));
    return this.fingerprints.get(key);
  }

  private fingerprint(module: ModuleVersion): string | undefined {
    const lines = new Map<string, string>();
    const pending: ModuleVersion[] = [module];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (lines.has(next.path)) continue;
      const source = this.sourceOf(next);
      if (source === undefined || this.mains.some(({ module: { path } }) => path === next.path)) return undefined;
      const isThere = this.cache?.has(source) === true;
      lines.set(next.path, `${next.path} ${source.path}@${source.version}${isThere ? '' : ' absent'}`);
      const file = this.cache?.goModOf(source);
      // From Go 1.17 on a go.mod names all that its packages need.
      if (file === undefined || (isPruned(file) && next !== module)) continue;
      for (const { path } of file.requires) {
        const version = this.selected().get(path);
        if (version !== undefined) pending.push({ path, version });
      }
    }
    return [...lines.values()].sort().join('\n');
  }

  /** What is read for a module; undefined for a directory outside the cache. */
  private sourceOf(module: ModuleVersion): ModuleVersion | undefined {
    const replacement = replacementOf(module.path, module.version, this.replaces);
    if (replacement === undefined) return module;
    const { target, targetVersion } = replacement;
    return targetVersion === undefined ? undefined : { path: target, version: targetVersion };
  }

  private placeOf(path: string, versions: ReadonlyMap<string, string>): ModulePlace | undefined {
    const main = this.mains.find(({ module }) => module.path === path);
    const version = versions.get(path);
    const key = `${path} ${version}`;
    if (!this.places.has(key)) this.places.set(key, main ? { module: main.module, version: undefined } : this.findPlace(path, version));
    return this.places.get(key);
  }

  private findPlace(path: string, version: string | undefined): ModulePlace | undefined {
    const replacement = replacementOf(path, version ?? '', this.replaces);
    if (replacement === undefined) return version === undefined ? undefined : this.cachedPlace(path, version, { path, version });
    const { target, targetVersion, base } = replacement;
    if (targetVersion !== undefined) return this.cachedPlace(path, version ?? '', { path: target, version: targetVersion });
    const root = joinPath(base, target);
    return { module: { root, path, go: this.files.languageOf(this.files.modAt(root)?.file.go) }, version: undefined };
  }

  /** A module goes by the path it is required as, and may have no go.mod. */
  private cachedPlace(path: string, version: string, source: ModuleVersion): ModulePlace | undefined {
    const root = this.cache?.directoryOf(source);
    if (root === undefined) return undefined;
    return { module: { root, path, go: this.files.languageOf(this.cache?.goModOf(source)?.go) }, version };
  }

  private goModOf(module: ModuleVersion): GoMod | undefined {
    const replacement = replacementOf(module.path, module.version, this.replaces);
    if (replacement === undefined) return this.cache?.goModOf(module);
    const { target, targetVersion, base } = replacement;
    if (targetVersion !== undefined) return this.cache?.goModOf({ path: target, version: targetVersion });
    return this.files.modAt(joinPath(base, target))?.file ?? NO_REQUIREMENTS;
  }

  private isExcluded({ path, version }: ModuleVersion): boolean {
    return this.mains.some(({ file }) => file.excludes.some((excluded) => excluded.path === path && excluded.version === version));
  }

  private findVendor(mod: GoEnvironment['mod'], work: KnownWork | undefined): string | undefined {
    const directory = joinPath(this.root, 'vendor');
    const isNew = work === undefined ? (this.mains[0].file.go ?? 0) >= Since.vendoring : (work.file.go ?? 0) >= Since.workspaceVendoring;
    if (mod !== 'vendor' && (mod !== undefined || !isNew)) return undefined;
    const vendored = this.files.vendoredIn(directory);
    return vendored !== undefined && this.isVendored(vendored, work) ? directory : undefined;
  }

  /** In a go.work each module's requirements are part of what was vendored, in the newest version that any of them asks for. */
  private isVendored(vendored: readonly VendoredModule[], work: KnownWork | undefined): boolean {
    if (work === undefined) return isConsistent(vendored, this.mains[0].file.requires, this.mains[0].file.replaces);
    const paths = new Set(vendored.map(({ path }) => path));
    return this.mains.every(({ file }) =>
      file.requires.every(({ path }) => paths.has(path) || this.mains.some(({ module }) => module.path === path)),
    );
  }
}

/** What a directory without a go.mod asks for. */
const NO_REQUIREMENTS = parseGoMod('');

/** `a/b/c`, `a/b`, `a`. */
function prefixesOf(importPath: string): string[] {
  const prefixes: string[] = [];
  for (let end = importPath.length; end > 0; end = importPath.lastIndexOf('/', end - 1)) prefixes.push(importPath.slice(0, end));
  return prefixes;
}
