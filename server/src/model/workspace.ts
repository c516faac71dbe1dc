/**
 * The code under review: open documents over the files on disk, found as modules, packages and files when asked for and
 * kept until they change. A package is one object as long as nothing it rests on changed, so that others can hang what
 * they worked out about it on that object; after a change there is a new one, and the old one's answers go with it.
 */
import { baseName, directoryOf, type FileSystem, type Store } from '../base/index.ts';
import { ContentKeys, type PackageContent } from './modules/content-key.ts';
import { type Directory, directoryKey, isExternalTest, packagesIn, sameFiles } from './modules/directory.ts';
import type { GoEnvironment } from './modules/go-environment.ts';
import { allFilesOf, groupFiles, importableGroup, tagsForFile } from './modules/grouping.ts';
import { ImportResolver } from './modules/import-resolver.ts';
import { type FileHost, type FileText, LoadedFile, LoadedPackage, MAX_FILE_BYTES, MAX_NESTING } from './modules/packages.ts';
import { type BuildTarget, type TagSet, tagSetOf } from './modules/target.ts';
import { Texts } from './modules/texts.ts';
import { compilerFor, NEWEST_GO } from './modules/version.ts';
import { type CachedModule, importPathIn, ModuleMap } from './modules/workspace-modules.ts';
import type { GoMinor, Module, Package, SourceFile } from './shapes.ts';
import type { StdFacts } from './types/std.ts';

export interface WorkspaceOptions {
  /** What the go command would go by; without it only vendored and local dependencies are found. Asked for when first needed. */
  readonly environment?: () => GoEnvironment;
  /** Keeps what is worked out about packages that do not change. */
  readonly store?: Store;
  /** Bytes of trees beyond which what is loaded is let go between two packages. Default 256 MiB: types and scopes take twice as much again. */
  readonly treeBytes?: number;
}

const DEFAULT_TREE_BYTES = 256 << 20;
/** Directories that must have been asked for since the last time before letting go pays: fewer are in use all the time. */
const MIN_DIRECTORIES = 16;
const MODULE_FILES: ReadonlySet<string> = new Set(['go.mod', 'go.work', 'modules.txt']);

export class Workspace {
  /** See `compilerFor`. */
  readonly compiler: GoMinor;
  private readonly tags: TagSet;
  private readonly modules: ModuleMap;
  private readonly texts: Texts;
  private readonly directories = new Map<string, Directory>();
  /** Bytes of trees that may be held. */
  private treeLimit: number;
  /** Directories that `packageOf` was asked about since trees were last let go. */
  private readonly visited = new Set<string>();
  /** Directory that `packageOf` was asked about last, and the packages it gave there. */
  private directory = '';
  private readonly given = new Set<LoadedPackage>();
  private readonly host: FileHost;
  private readonly imports: ImportResolver;
  private readonly contents: ContentKeys;
  readonly store: Store | undefined;
  readonly goarch: string;

  constructor(
    private readonly fs: FileSystem,
    private readonly target: BuildTarget,
    private readonly facts?: StdFacts,
    options: WorkspaceOptions = {},
  ) {
    this.compiler = compilerFor(target.go);
    this.tags = tagSetOf(target);
    this.texts = new Texts(fs);
    this.modules = new ModuleMap(
      (path) => this.texts.read(path),
      target.go,
      options.environment,
      (path) => fs.list(path).length > 0,
    );
    this.store = options.store;
    this.goarch = target.goarch;
    this.treeLimit = options.treeBytes ?? DEFAULT_TREE_BYTES;
    this.imports = new ImportResolver({
      tags: this.tags,
      modules: this.modules,
      facts,
      texts: this.texts,
      list: (path) => fs.list(path),
      directoryAt: (path, cached) => this.directoryAt(path, cached),
      packagesOf: (directory, tags) => this.packagesOf(directory, tags),
    });
    this.contents = new ContentKeys({
      texts: this.texts,
      store: options.store,
      build: `language ${target.go ?? 'as stated'}, sizes of ${target.goarch}`,
      filesIn: (pkg) => [...this.directoryAt(pkg.directory, pkg.home.cached).files.values()],
      meantBy: (importPath, pkg) => this.imports.meantBy(importPath, pkg),
    });
    this.host = {
      parse: (text) => this.texts.parse(text),
      read: (text) => this.texts.sourceOf(text),
      packageName: (importPath, file) => this.imports.nameFrom(importPath, file),
    };
  }

  /** From now on the file holds these bytes, whatever is on disk. */
  setDocument(path: string, bytes: Uint8Array): void {
    this.texts.open(path, bytes);
    this.contents.forget();
    this.refresh(path);
  }

  /** The file on disk counts again. */
  removeDocument(path: string): void {
    if (!this.texts.close(path)) return;
    this.contents.forget();
    this.refresh(path);
  }

  /** Files or directories (all below counts) changed on disk, came or went. Open documents keep their text. */
  invalidate(paths: readonly string[]): void {
    this.contents.forget();
    for (const path of paths) {
      if (path.endsWith('.go') || MODULE_FILES.has(baseName(path))) this.refresh(path);
      else this.refreshBelow(path);
    }
  }

  /** The file, parsed; undefined when it is absent or skipped (see `skipReason`). */
  fileAt(path: string): SourceFile | undefined {
    const file = this.directoryAt(directoryOf(path)).files.get(path);
    return file === undefined || file.isTooDeep ? undefined : file;
  }

  /** Why `fileAt` gives nothing for a path, as a phrase; undefined when it gives a file. */
  skipReason(path: string): string | undefined {
    if (!path.endsWith('.go')) return 'not a Go file';
    const file = this.directoryAt(directoryOf(path)).files.get(path);
    if (file !== undefined) return file.isTooDeep ? `nested more than ${MAX_NESTING.toLocaleString('en')} levels deep` : undefined;
    const size = this.texts.sizeOf(path);
    if (size !== undefined) return size > MAX_FILE_BYTES ? 'larger than 1 MiB' : 'not readable';
    const entry = this.fs.list(directoryOf(path)).find(({ name }) => name === baseName(path));
    if (entry === undefined) return 'no such file';
    return entry.kind === 'file' ? 'not readable' : 'not a regular file';
  }

  /** The package a file is compiled into, if need be on another platform than the target; alone where nothing builds it with others. */
  packageOf(path: string): Package | undefined {
    this.makeRoom(directoryOf(path));
    const directory = this.directoryAt(directoryOf(path));
    const file = directory.files.get(path);
    if (file === undefined) return undefined;
    const tags = tagsForFile(file, this.tags);
    const found = tags === undefined ? undefined : this.packagesOf(directory, tags).get(file.packageName);
    const pkg = found ?? this.singlePackage(directory, file);
    this.given.add(pkg);
    return pkg;
  }

  /** The package that an import in `from` means, with the tests in its directory where it is under review; undefined when its source is not at hand. */
  importPackage(importPath: string, from: Package): Package | undefined {
    if (!(from instanceof LoadedPackage)) return this.facts?.importPackage(importPath);
    const known = from.resolved.get(importPath);
    if (known !== undefined && !(known instanceof LoadedPackage && known.isStale)) return known;
    if (known === undefined && from.resolved.has(importPath)) return undefined;
    const found = this.imports.packageFor(importPath, from.home, from) ?? this.facts?.importPackage(importPath);
    from.resolved.set(importPath, found);
    return found;
  }

  packageHolding(file: SourceFile, importPath: string, from: Package): Package | undefined {
    if (!(file instanceof LoadedFile) || !(from instanceof LoadedPackage)) return this.importPackage(importPath, from);
    return file.home.cached === undefined ? this.importPackage(importPath, from) : this.imports.packageFor(importPath, file.home, from);
  }

  /** Of packages in the module cache: what decides what they mean, as text. Undefined for what may change. */
  keyOf(pkg: Package): string | undefined {
    const cached = pkg instanceof LoadedPackage ? pkg.home.cached : undefined;
    const fingerprint = cached && this.modules.fingerprintOf(cached);
    if (!(pkg instanceof LoadedPackage) || fingerprint === undefined) return undefined;
    return [pkg.importPath, pkg.tags.key, `language ${this.target.go ?? 'as stated'}`, `sizes of ${this.goarch}`, fingerprint].join('\n');
  }

  contentOf(pkg: Package): PackageContent | undefined {
    return pkg instanceof LoadedPackage ? this.contents.of(pkg) : undefined;
  }

  lineageOf(pkg: Package): object | undefined {
    if (!(pkg instanceof LoadedPackage) || !pkg.files.some(({ path }) => this.texts.isOpen(path))) return undefined;
    pkg.lineage ??= this.inheritedLineage(pkg) ?? {};
    pkg.before = undefined;
    return pkg.lineage;
  }

  /** What the package looked into may have changed when it was no longer told so, hence the comparison. */
  private inheritedLineage(pkg: LoadedPackage): object | undefined {
    const imported = [...(pkg.before?.resolved ?? [])];
    return imported.every(([path, known]) => this.importPackage(path, pkg) === known) ? pkg.before?.lineage : undefined;
  }

  standardPackage(importPath: string): Package | undefined {
    return this.facts?.importPackage(importPath);
  }

  /** Module of a file; undefined outside one. */
  moduleOf(path: string): Module | undefined {
    return this.modules.moduleOf(directoryOf(path));
  }

  /** Called between two packages only: what others worked out hangs on the packages, and goes with all of them or with none. */
  private makeRoom(directory: string): void {
    if (directory !== this.directory) this.release();
    this.directory = directory;
    if (this.texts.bytes > this.treeLimit && !this.visited.has(directory)) {
      if (this.visited.size >= MIN_DIRECTORIES) this.letGo();
      else this.treeLimit *= 2;
    }
    this.visited.add(directory);
  }

  /**
   * Lets go of what was worked out about the packages of the directory that is left, but for those of open documents. Others
   * that import them ask for their declarations again, which costs little; garbage that dies young costs less.
   */
  private release(): void {
    for (const pkg of this.given) if (!pkg.files.some(({ path }) => this.texts.isOpen(path))) pkg.release();
    this.given.clear();
  }

  private letGo(): void {
    this.forgetDirectories();
    this.texts.letGo();
    this.visited.clear();
  }

  /** In the module cache a directory is another one in each build, because its imports are the build's to resolve. */
  private directoryAt(path: string, cached?: CachedModule): Directory {
    const key = directoryKey(path, cached);
    const known = this.directories.get(key);
    if (known !== undefined) return known;
    const module = cached?.module ?? this.modules.moduleOf(path);
    const directory: Directory = {
      path,
      cached,
      module,
      importPath: importPathIn(module, path),
      files: new Map(),
      groupings: new Map(),
      singles: new Map(),
      importers: new Set(),
      namedBy: new Set(),
    };
    directory.files = this.loadFiles(directory);
    this.directories.set(key, directory);
    return directory;
  }

  /** Go files on disk and in documents; those whose text is unchanged stay the same objects. Tests of a dependency are nobody's. */
  private loadFiles(directory: Directory): Map<string, LoadedFile> {
    const prefix = directory.path === '/' ? '/' : `${directory.path}/`;
    const isRead = (name: string): boolean => name.endsWith('.go') && !(directory.cached !== undefined && name.endsWith('_test.go'));
    const listed = this.fs.list(directory.path).filter(({ name, kind }) => kind === 'file' && isRead(name));
    const opened = this.texts.opened().filter((path) => isRead(path) && directoryOf(path) === directory.path);
    const paths = new Set([...listed.map(({ name }) => prefix + name), ...opened]);
    const files = new Map<string, LoadedFile>();
    for (const path of [...paths].sort()) {
      const text = this.texts.at(path);
      if (text === undefined) continue;
      const before = directory.files.get(path);
      files.set(path, before?.text === text ? before : this.makeFile(directory, text));
    }
    return files;
  }

  private makeFile(directory: Directory, text: FileText): LoadedFile {
    return new LoadedFile(text, directory, directory.module?.go ?? this.target.go ?? NEWEST_GO, this.host);
  }

  /** Packages under a tag set. Where the target's own have the same files they are taken, so that there is one object for both. */
  private packagesOf(directory: Directory, tags: TagSet): Map<string, LoadedPackage> {
    const known = directory.groupings.get(tags.key);
    if (known?.isComplete === true && [...known.packages.values()].every((package_) => !package_.isStale)) return known.packages;
    const main = tags.key === this.tags.key ? undefined : this.packagesOf(directory, this.tags);
    const packages = new Map<string, LoadedPackage>();
    for (const [name, files] of groupFiles([...directory.files.values()], tags)) {
      const isReusable = (package_: LoadedPackage | undefined) =>
        package_ !== undefined && !package_.isStale && sameFiles(package_.files, files);
      const reused = [main?.get(name), known?.packages.get(name)].find(isReusable);
      packages.set(name, reused ?? this.makePackage(directory, name, tags, files, known?.packages.get(name)));
    }
    directory.groupings.set(tags.key, { tags, packages, isComplete: true });
    return packages;
  }

  private makePackage(
    directory: Directory,
    name: string,
    tags: TagSet,
    files: readonly LoadedFile[],
    known?: LoadedPackage,
  ): LoadedPackage {
    const suffix = isExternalTest(name, files) ? '_test' : '';
    const importPath = directory.importPath === undefined ? undefined : directory.importPath + suffix;
    const identity = { home: directory, importPath, name, module: directory.module, tags };
    const made = new LoadedPackage(identity, files, () => this.allFiles(directory.path));
    made.before = known?.lineage === undefined ? known?.before : known;
    return made;
  }

  private allFiles(path: string): readonly LoadedFile[] | undefined {
    return allFilesOf(this.directoryAt(path).files, this.fs.list(path));
  }

  private singlePackage(directory: Directory, file: LoadedFile): LoadedPackage {
    const known = directory.singles.get(file.path);
    if (known !== undefined && !known.isStale && known.files[0] === file) return known;
    const { path, module } = directory;
    const made = new LoadedPackage(
      { home: directory, importPath: undefined, name: file.packageName, module, tags: this.tags },
      [file],
      () => this.allFiles(path),
    );
    directory.singles.set(file.path, made);
    return made;
  }

  private refresh(path: string): void {
    if (MODULE_FILES.has(baseName(path))) this.forgetModules();
    if (!path.endsWith('.go')) return;
    const { before, now } = this.texts.reread(path);
    if (now !== undefined && before === now) return;
    const directory = this.directories.get(directoryOf(path));
    if (directory === undefined) return;
    const nameBefore = this.importableName(directory);
    if (now !== undefined && directory.files.has(path)) directory.files.set(path, this.makeFile(directory, now));
    else directory.files = this.loadFiles(directory);
    this.regroup(directory);
    if (this.importableName(directory) !== nameBefore) this.renameImports(directory);
  }

  /** What is below may be a module, so everything but texts from elsewhere is found anew. A path that is no directory changes nothing. */
  private refreshBelow(path: string): void {
    if (!this.texts.forgetBelow(path) && this.fs.list(path).length === 0) return;
    this.forgetModules();
  }

  /** Module files decide everything but the texts, so everything but these is found anew. */
  private forgetModules(): void {
    this.modules.clear();
    this.forgetDirectories();
  }

  private forgetDirectories(): void {
    for (const directory of this.directories.values()) for (const package_ of packagesIn(directory)) this.retire(package_);
    this.directories.clear();
  }

  /** Files of the directory changed: packages that keep their files stay, others and whoever rests on them do not. */
  private regroup(directory: Directory): void {
    const stale = [...directory.singles.values()].filter(({ files: [file] }) => directory.files.get(file.path) !== file);
    let isChanged = false;
    for (const grouping of directory.groupings.values()) {
      const groups = groupFiles([...directory.files.values()], grouping.tags);
      for (const name of new Set([...groups.keys(), ...grouping.packages.keys()])) {
        const known = grouping.packages.get(name);
        const files = groups.get(name) ?? [];
        if (known !== undefined && sameFiles(known.files, files)) continue;
        if (known?.tags.key === grouping.tags.key) stale.push(known);
        isChanged ||= !isExternalTest(name, files);
      }
      grouping.isComplete = false;
    }
    this.makeStale(isChanged ? [...stale, ...directory.importers] : stale);
  }

  /** What an import of the directory is called, under the target itself. */
  private importableName(directory: Directory): string | undefined {
    return importableGroup(groupFiles([...directory.files.values()], this.tags));
  }

  /** Files that import the directory name it by its package clause, which changed. */
  private renameImports(directory: Directory): void {
    const paths = [...directory.namedBy];
    directory.namedBy.clear();
    for (const path of paths) {
      const importer = this.directories.get(directoryOf(path));
      const file = importer?.files.get(path);
      if (importer === undefined || file?.isNamingStale() !== true) continue;
      importer.files.set(path, this.makeFile(importer, file.text));
      this.regroup(importer);
    }
  }

  private makeStale(packages: readonly LoadedPackage[]): void {
    const queue = [...packages];
    for (let package_ = queue.pop(); package_ !== undefined; package_ = queue.pop()) {
      if (package_.isStale) continue;
      this.retire(package_);
      const directory = this.directories.get(directoryKey(package_.directory, package_.home.cached));
      const isImportable = package_.importPath !== undefined && package_.importPath === directory?.importPath;
      if (directory !== undefined && isImportable) queue.push(...directory.importers);
    }
  }

  private retire(package_: LoadedPackage): void {
    package_.retire();
    this.given.delete(package_);
  }
}
