/**
 * Where an import path is found: the modules around a directory, what their go.mod, go.work and vendor/modules.txt say,
 * and from that the directories to look in. Reads only these files; whether a directory holds Go is the caller's to see.
 */
import { directoryOf, isWithin, joinPath } from '../../base/index.ts';
import type { GoMinor, Module } from '../shapes.ts';
import { type GoMod, parseGoMod, type Replacement } from './go-mod.ts';
import { parseVendorModules, type VendoredModule } from './go-mod-vendor.ts';
import { type GoWork, parseGoWork } from './go-work.ts';
import { UNSTATED_GO } from './version.ts';

const decoder = new TextDecoder();

interface KnownModule {
  readonly module: Module;
  readonly file: GoMod;
}

interface KnownWork {
  readonly root: string;
  readonly file: GoWork;
}

/** Reads the bytes of a file, or undefined. */
type Read = (path: string) => Uint8Array | undefined;

export class ModuleMap {
  private readonly mods = new Map<string, KnownModule | undefined>();
  private readonly works = new Map<string, KnownWork | undefined>();
  private readonly vendors = new Map<string, readonly VendoredModule[] | undefined>();
  private readonly owners = new Map<string, Module | undefined>();
  /** Main module of modules that were reached through it, by their root: a dependency's imports are the main module's to resolve. */
  private readonly mains = new Map<string, string>();

  /** `go` stands in for what every go.mod says; `moduleCache` is GOMODCACHE, undefined to do without. */
  constructor(
    private readonly read: Read,
    private readonly go: GoMinor | undefined,
    private readonly moduleCache: string | undefined,
  ) {}

  /** Forgets everything read. */
  clear(): void {
    for (const cache of [this.mods, this.works, this.vendors, this.owners, this.mains]) cache.clear();
  }

  /** The module of the files in a directory; for a vendored one the module it was copied from. */
  moduleOf(directory: string): Module | undefined {
    if (!this.owners.has(directory)) this.owners.set(directory, this.vendoredModule(directory) ?? this.enclosing(directory)?.module);
    return this.owners.get(directory);
  }

  /** Whether a directory lies in the standard library's own module, vendored packages included. */
  isStandardLibrary(directory: string): boolean {
    return this.enclosing(directory)?.module.path === STD;
  }

  importPathOf(directory: string): string | undefined {
    const module = this.moduleOf(directory);
    if (module === undefined || module.path === '') return undefined;
    const rest = directory === module.root ? '' : directory.slice(module.root.length).replace(/^\//, '');
    if (module.path === STD) return rest === '' ? undefined : rest;
    return rest === '' ? module.path : `${module.path}/${rest}`;
  }

  /** Directories where the package may be, best first, as seen from a file in `from`. Standard packages are found only from within the module `std`. */
  candidates(importPath: string, from: string): string[] {
    const own = this.enclosing(from);
    if (own === undefined) return [];
    const found: string[] = [];
    for (const context of this.contexts(own)) this.addCandidates(importPath, context, found);
    return found;
  }

  /** Modules whose go.mod counts for a directory in `own`. The go command's own module also sees the library's internal packages. */
  private contexts(own: KnownModule): KnownModule[] {
    const above = own.module.path === 'cmd' ? this.modAt(directoryOf(own.module.root)) : undefined;
    const main = this.mains.get(own.module.root);
    const other = above?.module.path === STD ? above : main === undefined ? undefined : this.modAt(main);
    return other === undefined ? [own] : [own, other];
  }

  private addCandidates(importPath: string, context: KnownModule, found: string[]): void {
    const { module } = context;
    if (module.path === STD) {
      found.push(joinPath(module.root, importPath), joinPath(module.root, `vendor/${importPath}`));
      return;
    }
    const roots = this.rootsFor(context, (path) => isWithin(path, importPath)).sort((a, b) => b.path.length - a.path.length);
    const vendor = this.vendorOf(module.root);
    if (vendor !== undefined) found.push(...withinRoot(roots, importPath, module.path), joinPath(vendor, importPath));
    for (const root of roots) {
      const directory = joinPath(root.directory, importPath.slice(root.path.length + 1));
      if (this.enclosing(directory)?.module.root !== root.directory) continue;
      if (root.directory !== module.root) this.mains.set(root.directory, this.mains.get(root.directory) ?? module.root);
      found.push(directory);
    }
  }

  /** Modules that this main module knows, as far as their paths are wanted. */
  private rootsFor({ module, file }: KnownModule, isWanted: (path: string) => boolean): ModuleRoot[] {
    const work = this.workOf(module.root);
    const used = (work?.file.uses ?? []).map((use) => work && this.modAt(joinPath(work.root, use))?.module);
    const local = [module, ...used.filter((each) => each !== undefined)].map(({ path, root }) => ({ path, directory: root }));
    const replaces = [
      ...(work?.file.replaces ?? []).map((replacement) => ({ replacement, base: work?.root ?? '/' })),
      ...file.replaces.map((replacement) => ({ replacement, base: module.root })),
    ].filter(({ replacement }) => isWanted(replacement.path));
    const replaced = new Set(replaces.map(({ replacement }) => replacement.path));
    return [
      ...local.filter(({ path }) => isWanted(path)),
      ...replaces.flatMap(({ replacement, base }) => this.replacedRoot(replacement, base)),
      ...file.requires
        .filter(({ path }) => isWanted(path) && !replaced.has(path))
        .flatMap(({ path, version }) => this.cachedRoot(path, path, version)),
    ];
  }

  private replacedRoot(replacement: Replacement, base: string): ModuleRoot[] {
    const { path, target, targetVersion } = replacement;
    if (targetVersion !== undefined) return this.cachedRoot(path, target, targetVersion);
    return [{ path, directory: joinPath(base, target) }];
  }

  /** In the cache a module goes by the path it is required as, and may have no go.mod. */
  private cachedRoot(path: string, target: string, version: string): ModuleRoot[] {
    if (this.moduleCache === undefined) return [];
    const directory = joinPath(this.moduleCache, `${escapeUpper(target)}@${escapeUpper(version)}`);
    const known = this.modAt(directory);
    if (known?.module.path !== path) {
      const go = known?.module.go ?? this.go ?? UNSTATED_GO;
      this.mods.set(directory, { module: { root: directory, path, go }, file: known?.file ?? parseGoMod('') });
    }
    return [{ path, directory }];
  }

  /** Module with the nearest go.mod at or above a directory. */
  private enclosing(directory: string): KnownModule | undefined {
    for (let at = directory; ; at = directoryOf(at)) {
      const known = this.modAt(at);
      if (known !== undefined || at === directoryOf(at)) return known;
    }
  }

  private modAt(root: string): KnownModule | undefined {
    if (this.mods.has(root)) return this.mods.get(root);
    const bytes = this.read(joinPath(root, 'go.mod'));
    const file = bytes && parseGoMod(decoder.decode(bytes));
    const known = file && { module: { root, path: file.path ?? '', go: this.go ?? file.go ?? UNSTATED_GO }, file };
    this.mods.set(root, known);
    return known;
  }

  /** Nearest go.work at or above a module, when it uses that module. */
  private workOf(root: string): KnownWork | undefined {
    if (this.works.has(root)) return this.works.get(root);
    let found: KnownWork | undefined;
    for (let at = root; ; at = directoryOf(at)) {
      const bytes = this.read(joinPath(at, 'go.work'));
      if (bytes !== undefined) found = { root: at, file: parseGoWork(decoder.decode(bytes)) };
      if (found !== undefined || at === directoryOf(at)) break;
    }
    const work = found?.file.uses.some((use) => joinPath(found.root, use) === root) ? found : undefined;
    this.works.set(root, work);
    return work;
  }

  /** The vendor directory that holds for a module: its workspace's or its own. */
  private vendorOf(root: string): string | undefined {
    const directory = joinPath(this.workOf(root)?.root ?? root, 'vendor');
    return this.vendoredIn(directory) === undefined ? undefined : directory;
  }

  private vendoredIn(vendor: string): readonly VendoredModule[] | undefined {
    if (this.vendors.has(vendor)) return this.vendors.get(vendor);
    const bytes = this.read(joinPath(vendor, 'modules.txt'));
    const modules = bytes && parseVendorModules(decoder.decode(bytes));
    this.vendors.set(vendor, modules);
    return modules;
  }

  private vendoredModule(directory: string): Module | undefined {
    const at = directory.lastIndexOf('/vendor/');
    if (at < 0) return undefined;
    const vendor = directory.slice(0, at + '/vendor'.length);
    const path = directory.slice(vendor.length + 1);
    const owners = (this.vendoredIn(vendor) ?? []).filter((module) => isWithin(module.path, path));
    const owner = owners.sort((a, b) => b.path.length - a.path.length)[0];
    return owner && { root: joinPath(vendor, owner.path), path: owner.path, go: this.go ?? owner.go ?? UNSTATED_GO };
  }
}

/** Path of the module that the standard library is: its packages are imported by their directory alone. */
const STD = 'std';

interface ModuleRoot {
  readonly path: string;
  readonly directory: string;
}

/** The main module's own directory for an import path, ahead of the vendor directory. */
function withinRoot(roots: readonly ModuleRoot[], importPath: string, main: string): string[] {
  return roots.filter(({ path }) => path === main).map(({ path, directory }) => joinPath(directory, importPath.slice(path.length + 1)));
}

/** Upper-case letters are `!` and the lower-case one in the module cache (golang.org/x/mod/module, `EscapePath`). */
function escapeUpper(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}
