/**
 * Which package an import means: the directories where its module may be, in the order of the go command, and the one package
 * there that can be imported. Whoever asks is noted in every directory that was looked into, found or not, so that it can be
 * told when that changes.
 */
import { type DirectoryEntry, joinPath } from '../../base/index.ts';
import type { StdFacts } from '../types/std.ts';
import type { Directory } from './directory.ts';
import { importableGroup } from './grouping.ts';
import type { LoadedFile, LoadedPackage } from './packages.ts';
import { includes, type TagSet } from './target.ts';
import type { Texts } from './texts.ts';
import type { CachedModule, Importer, ModuleMap } from './workspace-modules.ts';

export interface ImportHost {
  /** Of the build target. */
  readonly tags: TagSet;
  readonly modules: ModuleMap;
  readonly facts: StdFacts | undefined;
  readonly texts: Texts;
  readonly list: (path: string) => readonly DirectoryEntry[];
  readonly directoryAt: (path: string, cached?: CachedModule) => Directory;
  readonly packagesOf: (directory: Directory, tags: TagSet) => ReadonlyMap<string, LoadedPackage>;
}

export class ImportResolver {
  /** Of packages in the module cache, where nothing changes: names by directory, and by who imports them and import path. */
  private readonly cachedNames = new Map<string, string>();
  private readonly namesFrom = new WeakMap<Importer, Map<string, string>>();

  constructor(private readonly host: ImportHost) {}

  /** As seen from a directory, on behalf of a package; undefined where no source is at hand. */
  packageFor(importPath: string, from: Importer, asker: LoadedPackage): LoadedPackage | undefined {
    return this.locate(importPath, from, asker.tags, ({ importers }) => asker.watch(importers));
  }

  /** Packages and modules where an import may be found, best first. Of what never changes its fingerprint stands for it. */
  *meantBy(importPath: string, from: LoadedPackage): Generator<LoadedPackage | string> {
    if (this.host.facts?.has(importPath) === true && !this.host.modules.isStandardLibrary(from.directory)) return;
    for (const { directory, cached } of this.host.modules.candidates(importPath, from.home)) {
      const fingerprint = cached && this.host.modules.fingerprintOf(cached);
      if (fingerprint !== undefined) {
        yield `${directory}\n${fingerprint}`;
        continue;
      }
      const found = this.importableIn(directory, cached, from.tags, ({ importers }) => from.watch(importers));
      if (found !== undefined) yield found;
    }
  }

  private locate(importPath: string, from: Importer, tags: TagSet, visit: (directory: Directory) => void): LoadedPackage | undefined {
    if (this.host.facts?.has(importPath) === true && !this.host.modules.isStandardLibrary(from.path)) return undefined;
    for (const { directory, cached } of this.host.modules.candidates(importPath, from)) {
      const found = this.importableIn(directory, cached, tags, visit);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private importableIn(
    path: string,
    cached: CachedModule | undefined,
    tags: TagSet,
    visit: (directory: Directory) => void,
  ): LoadedPackage | undefined {
    const directory = this.host.directoryAt(path, cached);
    visit(directory);
    const packages = this.host.packagesOf(directory, tags);
    const name = importableGroup(new Map([...packages].map(([key, { files }]) => [key, files])));
    return name === undefined ? undefined : packages.get(name);
  }

  /** What the standard library's packages are called never changes, so that even its own files do not look there. */
  nameFrom(importPath: string, file: LoadedFile): string | undefined {
    const known = this.host.facts?.packageName(importPath) ?? this.cachedNameFrom(importPath, file.home);
    return known ?? this.locate(importPath, file.home, this.host.tags, ({ namedBy }) => namedBy.add(file.path))?.name;
  }

  private cachedNameFrom(importPath: string, home: Importer): string | undefined {
    const names = this.namesFrom.get(home) ?? new Map<string, string>();
    this.namesFrom.set(home, names);
    const known = names.get(importPath);
    if (known !== undefined) return known;
    for (const { directory, cached } of this.host.modules.candidates(importPath, home)) {
      const name = cached === undefined ? undefined : this.cachedName(directory);
      if (name === undefined) continue;
      names.set(importPath, name);
      return name;
    }
    return undefined;
  }

  private cachedName(directory: string): string | undefined {
    const name = this.cachedNames.get(directory) ?? this.readName(directory);
    if (name !== undefined) this.cachedNames.set(directory, name);
    return name;
  }

  /** One file that is built says it, so that a package about which nobody asks more is not read. */
  private readName(directory: string): string | undefined {
    for (const { name, kind } of this.host.list(directory)) {
      if (kind !== 'file' || !/^[^_.].*(?<!_test)\.go$/.test(name)) continue;
      const text = this.host.texts.at(joinPath(directory, name));
      const isBuilt = text !== undefined && includes(this.host.tags, text.constraint);
      if (isBuilt && text.header.packageName !== 'documentation') return text.header.packageName;
    }
    return undefined;
  }
}
