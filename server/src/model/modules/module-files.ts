/** The files that say what modules there are, read when asked for and kept: go.mod, go.work and vendor/modules.txt. */
import { directoryOf, joinPath } from '../../base/index.ts';
import type { GoMinor, Module } from '../shapes.ts';
import { type GoMod, parseGoMod } from './go-mod.ts';
import { parseVendorModules, type VendoredModule } from './go-mod-vendor.ts';
import { type GoWork, parseGoWork } from './go-work.ts';
import type { Read } from './module-cache.ts';
import { UNSTATED_GO } from './version.ts';

const decoder = new TextDecoder();

export interface KnownModule {
  readonly module: Module;
  readonly file: GoMod;
}

export interface KnownWork {
  readonly root: string;
  readonly file: GoWork;
}

export class ModuleFiles {
  private readonly mods = new Map<string, KnownModule | undefined>();
  private readonly works = new Map<string, KnownWork | undefined>();
  private readonly vendors = new Map<string, readonly VendoredModule[] | undefined>();

  /** `go` stands in for what every go.mod says. `workFile` answers what GOWORK says: a file, `off`, or nothing. */
  constructor(
    private readonly read: Read,
    private readonly go: GoMinor | undefined,
    private readonly workFile: () => string | undefined,
  ) {}

  /** Forgets everything read. */
  clear(): void {
    for (const known of [this.mods, this.works, this.vendors]) known.clear();
  }

  modAt(root: string): KnownModule | undefined {
    if (this.mods.has(root)) return this.mods.get(root);
    const bytes = this.read(joinPath(root, 'go.mod'));
    const file = bytes && parseGoMod(decoder.decode(bytes));
    const known = file && { module: { root, path: file.path ?? '', go: this.languageOf(file.go) }, file };
    this.mods.set(root, known);
    return known;
  }

  /** Language version of a module that states `stated`. */
  languageOf(stated: GoMinor | undefined): GoMinor {
    return this.go ?? stated ?? UNSTATED_GO;
  }

  /** Module with the nearest go.mod at or above a directory. */
  enclosing(directory: string): KnownModule | undefined {
    for (let at = directory; ; at = directoryOf(at)) {
      const known = this.modAt(at);
      if (known !== undefined || at === directoryOf(at)) return known;
    }
  }

  /** The go.work that holds for a module: GOWORK's or the nearest at or above it, when it uses that module. */
  workOf(root: string): KnownWork | undefined {
    if (this.works.has(root)) return this.works.get(root);
    const found = this.findWork(root);
    const work = found?.file.uses.some((use) => joinPath(found.root, use) === root) ? found : undefined;
    this.works.set(root, work);
    return work;
  }

  private findWork(root: string): KnownWork | undefined {
    const stated = this.workFile();
    if (stated === 'off') return undefined;
    if (stated !== undefined) return this.readWork(stated);
    for (let at = root; ; at = directoryOf(at)) {
      const found = this.readWork(joinPath(at, 'go.work'));
      if (found !== undefined || at === directoryOf(at)) return found;
    }
  }

  private readWork(path: string): KnownWork | undefined {
    const bytes = this.read(path);
    return bytes && { root: directoryOf(path), file: parseGoWork(decoder.decode(bytes)) };
  }

  /** What a vendor directory holds; undefined when it is none. */
  vendoredIn(vendor: string): readonly VendoredModule[] | undefined {
    if (this.vendors.has(vendor)) return this.vendors.get(vendor);
    const bytes = this.read(joinPath(vendor, 'modules.txt'));
    const modules = bytes && parseVendorModules(decoder.decode(bytes));
    this.vendors.set(vendor, modules);
    return modules;
  }
}
