/**
 * Files that change while somebody works on them, told in bursts: an editor that saves all, a branch that is checked out and a file that
 * is replaced by another of its name are one burst each. Each folder is watched by itself and listed again when anything happens in it,
 * because what events say differs by platform, and Node's own recursive watching misses what is in new folders on Linux.
 */
import { type FSWatcher, readdirSync, statSync, watch } from 'node:fs';
import { baseName, directoryOf, errorMessage, isWithin, joinPath } from '../../base/index.ts';
import { CONFIGURATION_NAMES } from '../../config/index.ts';
import { nativePath } from '../files/paths.ts';

export type Change = 'created' | 'changed' | 'deleted';

/** By absolute path. */
export type Burst = ReadonlyMap<string, Change>;

export interface Watcher {
  /** Resolves with what changed since the last call, as soon as there is something and a moment of quiet behind it. */
  next(): Promise<Burst>;
  close(): void;
}

/** `directories` are watched with all below them, `files` alone; absolute paths. Changes count from the return on. */
export function startWatcher(directories: readonly string[], files: readonly string[], onProblem: (message: string) => void): Watcher {
  const watched = new WatchedFolders(files, onProblem);
  for (const directory of directories) watched.add(directory, true);
  for (const file of files) watched.add(directoryOf(file), false);
  watched.begin();
  return watched;
}

/** A burst is over when nothing has happened for this long, or when it has gone on for longer than anybody waits. */
const QUIET_MS = 100;
const LONGEST_MS = 2000;

interface Folder {
  readonly watcher: FSWatcher | undefined;
  /** Folders below are watched too. */
  readonly isWhole: boolean;
  /** What was known of each file when the folder was last listed, by path. */
  files: ReadonlyMap<string, string>;
}

class WatchedFolders implements Watcher {
  private readonly folders = new Map<string, Folder>();
  private readonly stirred = new Set<string>();
  private burst = new Map<string, Change>();
  private isBegun = false;
  private isOver = false;
  private since = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private wake: () => void = () => {};

  constructor(
    private readonly single: readonly string[],
    private readonly onProblem: (message: string) => void,
  ) {}

  /** Watched first and listed then, so that nothing falls between. */
  add(directory: string, isWhole: boolean): void {
    const open = [directory];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (this.folders.has(at)) continue;
      const folder: Folder = { watcher: this.watch(at), isWhole, files: new Map() };
      this.folders.set(at, folder);
      open.push(...this.list(at, folder));
    }
  }

  begin(): void {
    this.isBegun = true;
  }

  async next(): Promise<Burst> {
    while (!this.isOver) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const { burst } = this;
    this.burst = new Map();
    this.isOver = false;
    return burst;
  }

  close(): void {
    clearTimeout(this.timer);
    for (const { watcher } of this.folders.values()) watcher?.close();
    this.folders.clear();
  }

  private watch(directory: string): FSWatcher | undefined {
    try {
      const watcher = watch(nativePath(directory), { persistent: true }, () => this.stir(directory));
      // A folder that goes takes its watcher along; the one around it tells.
      watcher.on('error', () => this.stir(directory));
      return watcher;
    } catch (error) {
      const message = errorMessage(error);
      if (/ENOSPC|EMFILE/.test(message)) this.onProblem(`${message}; raise fs.inotify.max_user_watches`);
      return undefined;
    }
  }

  private stir(directory: string): void {
    if (this.stirred.size === 0) this.since = performance.now();
    this.stirred.add(directory);
    clearTimeout(this.timer);
    const left = this.since + LONGEST_MS - performance.now();
    this.timer = setTimeout(() => this.look(), Math.max(0, Math.min(QUIET_MS, left)));
  }

  private look(): void {
    const stirred = [...this.stirred];
    this.stirred.clear();
    for (const directory of stirred) {
      const folder = this.folders.get(directory);
      if (folder === undefined) continue;
      for (const below of this.list(directory, folder)) this.add(below, true);
      for (const known of [...this.folders.keys()]) if (isWithin(directory, known) && !isFolder(known)) this.forget(known);
    }
    if (this.burst.size === 0) return;
    this.isOver = true;
    this.wake();
  }

  private forget(directory: string): void {
    const folder = this.folders.get(directory);
    folder?.watcher?.close();
    for (const path of folder?.files.keys() ?? []) this.tell(path, 'deleted');
    this.folders.delete(directory);
  }

  /** Compares a folder with what was known of it; answers the folders in it that are watched too. */
  private list(directory: string, folder: Folder): readonly string[] {
    const entries = entriesOf(directory);
    const files = new Map<string, string>();
    for (const { path, isFile } of entries) {
      const stamp = isFile && this.counts(path, folder) ? stampOf(path) : undefined;
      if (stamp === undefined) continue;
      files.set(path, stamp);
      const before = folder.files.get(path);
      if (before !== stamp) this.tell(path, before === undefined ? 'created' : 'changed');
    }
    for (const path of folder.files.keys()) if (!files.has(path)) this.tell(path, 'deleted');
    folder.files = files;
    return folder.isWhole ? entries.flatMap(({ path, isFile }) => (isFile || isLeftOut(baseName(path)) ? [] : [path])) : [];
  }

  private counts(path: string, { isWhole }: Folder): boolean {
    return this.single.includes(path) || (isWhole && (path.endsWith('.go') || MODULE_FILES.has(baseName(path))));
  }

  /** What was deleted and made again before anybody asked has changed. */
  private tell(path: string, change: Change): void {
    if (!this.isBegun) return;
    this.burst.set(path, change === 'created' && this.burst.get(path) === 'deleted' ? 'changed' : change);
  }
}

const MODULE_FILES: ReadonlySet<string> = new Set(['go.mod', 'go.work', ...CONFIGURATION_NAMES]);

/** Folders that no walk enters. */
function isLeftOut(name: string): boolean {
  return /^[._]/.test(name) || name === 'node_modules' || name === 'vendor';
}

/** Regular files and folders; links are not followed, as by the walk. */
function entriesOf(directory: string): readonly { readonly path: string; readonly isFile: boolean }[] {
  try {
    const entries = readdirSync(nativePath(directory), { withFileTypes: true });
    return entries.flatMap((entry) =>
      entry.isFile() || entry.isDirectory() ? [{ path: joinPath(directory, entry.name), isFile: entry.isFile() }] : [],
    );
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statSync(nativePath(path), { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Another one for another content or another file of the name. */
function stampOf(path: string): string | undefined {
  const stat = statSync(nativePath(path), { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
