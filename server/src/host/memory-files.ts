/**
 * Files that somebody else reads and that lie here in memory, because the analysis asks at once and a browser answers later.
 * What is asked for and not here counts as absent and is noted as wanted; when it is provided, whoever asked is told which paths
 * read differently now. A directory that nobody has listed yet holds one Go file that cannot be read: so the analysis knows that it
 * does not know the package.
 */
import { baseName, type DirectoryEntry, directoryOf, type FileSystem, isWithin } from '../base/index.ts';
import { type ProvidedFiles, UNREAD, type WantedFiles } from '../lsp/index.ts';

const NOTHING_WANTED: WantedFiles = { packages: [], directories: [], files: [] };

/** Bytes, or the size of a file that is too large to be read, or nothing for an absent one. */
type Content = Uint8Array | number | undefined;

export interface MemoryFilesOptions {
  /** Whether whoever lists a directory will read the Go files in it. */
  readonly readsPackages: boolean;
  /** Called when something is wanted after nothing was. */
  readonly onWanted?: () => void;
}

export class MemoryFiles implements FileSystem {
  private readonly contents = new Map<string, Content>();
  private readonly listings = new Map<string, readonly DirectoryEntry[]>();
  private readonly wantedFiles = new Set<string>();
  private readonly wantedDirectories = new Set<string>();
  /** Asked for, and not answered yet. */
  private readonly awaited = new Set<string>();

  constructor(private readonly options: MemoryFilesOptions) {}

  readFile(path: string): Uint8Array | undefined {
    const content = this.contentOf(path);
    return typeof content === 'object' ? content : undefined;
  }

  size(path: string): number | undefined {
    const content = this.contentOf(path);
    return typeof content === 'object' ? content.length : content;
  }

  list(directory: string): readonly DirectoryEntry[] {
    const known = this.listings.get(directory);
    if (known !== undefined) return known;
    if (this.isListedWithout(directory)) return [];
    this.want(this.wantedDirectories, directory);
    return UNREAD;
  }

  /** Whether anything was asked for of which nobody has said yet what it holds, or that it is not there. */
  get isWaiting(): boolean {
    return this.awaited.size + this.wantedFiles.size + this.wantedDirectories.size > 0;
  }

  /** Whether it is known what the file holds, or that there is none. */
  isKnown(path: string): boolean {
    return this.contents.has(path) || this.isListedWithout(path);
  }

  /** What is wanted since the last time; it is not named again until it is provided. */
  takeWanted(): WantedFiles | undefined {
    const [directories, files] = [this.wantedDirectories, this.wantedFiles].map((paths) => [...paths].sort());
    if (directories.length + files.length === 0) return undefined;
    for (const path of [...directories, ...files]) this.awaited.add(path);
    this.wantedDirectories.clear();
    this.wantedFiles.clear();
    return { ...NOTHING_WANTED, [this.options.readsPackages ? 'packages' : 'directories']: directories, files };
  }

  /** Wants again what is known of the paths and of the directories that they lie in; until it comes, what is known holds. */
  reconsider(paths: readonly string[]): void {
    for (const path of paths) {
      const [directory, isKnown] = [directoryOf(path), this.contents.get(path) !== undefined];
      if (this.listings.has(path)) this.want(this.wantedDirectories, path);
      if (this.contents.has(path)) this.want(this.wantedFiles, path);
      if (!isKnown && this.listings.has(directory)) this.want(this.wantedDirectories, directory);
    }
  }

  /** Paths of files that read differently now, sorted. */
  provide({ directories, files }: ProvidedFiles): readonly string[] {
    const changed = new Set<string>();
    for (const { path, entries } of directories) this.putListing(path, entries, changed);
    for (const { path, bytes, size } of files) {
      this.awaited.delete(path);
      const before = this.contents.get(path);
      const now = bytes ?? size;
      this.contents.set(path, now);
      if (now === undefined) this.unlist(path);
      if (!isSame(before, now)) changed.add(path);
    }
    return [...changed].sort();
  }

  /** For a bug report: numbers, no paths. */
  describe(): string {
    const bytes = [...this.contents.values()].reduce<number>((sum, content) => sum + (typeof content === 'object' ? content.length : 0), 0);
    return `files ${this.contents.size}, directories ${this.listings.size}, ${Math.round(bytes / 1024)} KiB`;
  }

  /** All that was provided, for another that is to know the same. */
  snapshot(): ProvidedFiles {
    return {
      directories: [...this.listings].map(([path, entries]) => ({ path, entries })),
      files: [...this.contents].map(([path, content]) => ({
        path,
        ...(typeof content === 'object' ? { bytes: content } : { size: content }),
      })),
    };
  }

  private contentOf(path: string): Content {
    if (this.contents.has(path)) return this.contents.get(path);
    if (!this.isListedWithout(path) && baseName(path) !== UNREAD[0].name) this.want(this.wantedFiles, path);
    return undefined;
  }

  private want(wanted: Set<string>, path: string): void {
    if (this.awaited.has(path)) return;
    const isFirst = this.wantedFiles.size + this.wantedDirectories.size === 0;
    wanted.add(path);
    if (isFirst) this.options.onWanted?.();
  }

  private isListedWithout(path: string): boolean {
    return this.listings.get(directoryOf(path))?.every(({ name }) => name !== baseName(path)) === true && directoryOf(path) !== path;
  }

  private putListing(directory: string, entries: readonly DirectoryEntry[], changed: Set<string>): void {
    this.awaited.delete(directory);
    const before = this.listings.get(directory);
    this.listings.set(directory, entries);
    const names = new Set(entries.map(({ name }) => name));
    const prefix = directory.endsWith('/') ? directory : `${directory}/`;
    for (const { name } of before ?? []) if (!names.has(name)) this.remove(prefix + name, changed);
    const known = new Set((before ?? UNREAD).map(({ name }) => name));
    const added = entries.filter(({ name, kind }) => kind === 'file' && name.endsWith('.go') && !known.has(name));
    for (const { name } of added) changed.add(prefix + name);
    // A package that has only now come to be known whole reads differently, even when all of it is open in the editor.
    if (before === undefined && added.length === 0) changed.add(`${prefix}${UNREAD[0].name}`);
  }

  /** A file that is gone is in its directory no more. */
  private unlist(path: string): void {
    const listed = this.listings.get(directoryOf(path));
    if (listed !== undefined)
      this.listings.set(
        directoryOf(path),
        listed.filter(({ name }) => name !== baseName(path)),
      );
  }

  private remove(path: string, changed: Set<string>): void {
    for (const each of [...this.contents.keys()].filter((known) => isWithin(path, known))) {
      if (this.contents.get(each) !== undefined) changed.add(each);
      this.contents.delete(each);
    }
    for (const each of [...this.listings.keys()].filter((known) => isWithin(path, known))) this.listings.delete(each);
  }
}

function isSame(a: Content, b: Content): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
