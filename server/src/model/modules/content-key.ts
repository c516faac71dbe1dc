/**
 * What decides all that can be said about a package, as text: its files, the files beside them, and the same of every package
 * that it reaches through imports. Equal keys mean equal answers, from one run to the next; made from headers and digests,
 * so that nothing is parsed for it. Tests count as part of their package, hence packages may reach themselves; what the tests of
 * another directory import says nothing about this package, because no code outside of that directory can name it.
 */
import type { Store } from '../../base/index.ts';
import type { LoadedFile, LoadedPackage } from './packages.ts';
import type { Texts } from './texts.ts';

export interface ContentKeysOptions {
  readonly texts: Texts;
  /** Gives the digests; without one there are no keys. */
  readonly store: Store | undefined;
  /** What all packages are built for. */
  readonly build: string;
  /** All Go files of a package's directory, those that other targets build included. */
  readonly filesIn: (pkg: LoadedPackage) => readonly LoadedFile[];
  /** What an import may mean: packages that can change, and texts that stand for those that cannot. */
  readonly meantBy: (importPath: string, pkg: LoadedPackage) => Iterable<LoadedPackage | string>;
}

/** What has a part in all that can be said about a package. Each is worked out when it is asked for. */
export interface PackageContent {
  /** Undefined where nothing is kept. */
  readonly key: string | undefined;
  /** Of the packages that it reaches through imports, its own aside; not of those that never change. */
  readonly directories: readonly string[];
}

/** A package without what it imports, and what it imports. */
interface Part {
  readonly text: string;
  readonly imports: readonly LoadedPackage[];
}

export class ContentKeys {
  private parts = new WeakMap<LoadedPackage, Part>();
  private keys = new WeakMap<LoadedPackage, string>();
  private directories = new WeakMap<LoadedPackage, readonly string[]>();
  /** Without those of tests. */
  private imports = new WeakMap<LoadedPackage, Part>();
  private readonly digests = new WeakMap<object, string>();

  constructor(private readonly options: ContentKeysOptions) {}

  of(pkg: LoadedPackage): PackageContent {
    const { keyOf, directoriesOf } = this;
    return {
      get key() {
        return keyOf(pkg);
      },
      get directories() {
        return directoriesOf(pkg);
      },
    };
  }

  private readonly keyOf = (pkg: LoadedPackage): string | undefined => {
    const { store } = this.options;
    if (store === undefined) return undefined;
    const key = this.keys.get(pkg) ?? this.makeKey(pkg, store);
    this.keys.set(pkg, key);
    return key;
  };

  private readonly directoriesOf = (pkg: LoadedPackage): readonly string[] => {
    const known = this.directories.get(pkg) ?? this.findDirectories(pkg);
    this.directories.set(pkg, known);
    return known;
  };

  private findDirectories(pkg: LoadedPackage): readonly string[] {
    const reached = new Set([pkg]);
    for (const each of reached) {
      const areTestsToo = each.directory === pkg.directory;
      for (const imported of this.ownImportsOf(each).imports) reached.add(imported);
      for (const imported of areTestsToo ? this.importsOf(each, true).imports : []) reached.add(imported);
    }
    return [...new Set([...reached].map(({ directory }) => directory))].filter((directory) => directory !== pkg.directory);
  }

  /** Texts changed: digests of those that did not are all that is left. */
  forget(): void {
    this.parts = new WeakMap();
    this.keys = new WeakMap();
    this.directories = new WeakMap();
    this.imports = new WeakMap();
  }

  private makeKey(pkg: LoadedPackage, store: Store): string {
    const own = this.partOf(pkg, store);
    const reached = new Map([[pkg, own]]);
    const tests: string[] = [];
    const reach = (imports: readonly LoadedPackage[]): void => {
      for (const imported of imports) if (!reached.has(imported)) reached.set(imported, this.partOf(imported, store));
    };
    for (const [each, { imports }] of reached) {
      reach(imports);
      if (each.directory !== pkg.directory) continue;
      const ofTests = this.importsOf(each, true);
      tests.push(ofTests.text);
      reach(ofTests.imports);
    }
    const others = [...reached.values()].filter((part) => part !== own).map(({ text }) => text);
    const lines = [this.options.build, own.text, ...tests, ...others.sort()];
    return store.digest(new TextEncoder().encode(lines.join('\n')));
  }

  private partOf(pkg: LoadedPackage, store: Store): Part {
    const known = this.parts.get(pkg) ?? this.makePart(pkg, store);
    this.parts.set(pkg, known);
    return known;
  }

  private makePart(pkg: LoadedPackage, store: Store): Part {
    const { text, imports } = this.ownImportsOf(pkg);
    const lines = [`package ${pkg.name} ${pkg.importPath ?? ''} ${pkg.directory}`, pkg.tags.key, text];
    for (const file of this.options.filesIn(pkg))
      lines.push(`${pkg.files.includes(file) ? 'file' : 'beside'} ${file.path} ${file.go} ${this.digestOf(file, store)}`);
    return { text: store.digest(new TextEncoder().encode(lines.join('\n'))), imports };
  }

  private ownImportsOf(pkg: LoadedPackage): Part {
    const known = this.imports.get(pkg) ?? this.importsOf(pkg, false);
    this.imports.set(pkg, known);
    return known;
  }

  /** What the imports of the tests mean, or of all other files. */
  private importsOf(pkg: LoadedPackage, areTests: boolean): Part {
    const lines: string[] = [];
    const imports = new Set<LoadedPackage>();
    const files = pkg.files.filter(({ isTest }) => isTest === areTests);
    for (const path of new Set(files.flatMap(({ text }) => text.header.importPaths))) {
      lines.push(`import ${path}`);
      for (const meant of this.options.meantBy(path, pkg)) {
        lines.push(typeof meant === 'string' ? meant : `${meant.name} ${meant.directory}`);
        if (typeof meant !== 'string') imports.add(meant);
      }
    }
    return { text: lines.join('\n'), imports: [...imports] };
  }

  private digestOf({ text }: LoadedFile, store: Store): string {
    const known = this.digests.get(text) ?? store.digest(this.options.texts.bytesOf(text));
    this.digests.set(text, known);
    return known;
  }
}
