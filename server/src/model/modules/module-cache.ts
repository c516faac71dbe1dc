/**
 * The go command's module cache on disk (go help module cache; golang.org/x/mod/module): extracted modules, and beside them
 * under `cache/download` their go.mod files, which are there for more versions than were ever extracted. Nothing in it
 * changes once it is there.
 */
import { joinPath } from '../../base/index.ts';
import { type GoMod, type ModuleVersion, parseGoMod } from './go-mod.ts';

/** Reads the bytes of a file, or undefined. */
export type Read = (path: string) => Uint8Array | undefined;

const decoder = new TextDecoder();

export class ModuleCache {
  private readonly mods = new Map<string, GoMod | undefined>();

  /** `root` is GOMODCACHE. */
  constructor(
    readonly root: string,
    private readonly read: Read,
    private readonly isDirectory: (path: string) => boolean,
  ) {}

  /** Whether it was extracted, and wholly (cmd/go/internal/modfetch marks one that is being extracted). */
  has(module: ModuleVersion): boolean {
    const directory = this.directoryOf(module);
    return directory !== undefined && this.isDirectory(directory) && this.read(`${this.downloadOf(module)}.partial`) === undefined;
  }

  /** Where the module is, if it is; undefined for what no module can be called. */
  directoryOf({ path, version }: ModuleVersion): string | undefined {
    return isPath(path) && isVersion(version) ? joinPath(this.root, `${escapeUpper(path)}@${escapeUpper(version)}`) : undefined;
  }

  /** Undefined when it was never downloaded. */
  goModOf(module: ModuleVersion): GoMod | undefined {
    const directory = this.directoryOf(module);
    if (directory === undefined) return undefined;
    if (this.mods.has(directory)) return this.mods.get(directory);
    const bytes = this.read(`${this.downloadOf(module)}.mod`) ?? this.read(joinPath(directory, 'go.mod'));
    const file = bytes && parseGoMod(decoder.decode(bytes));
    this.mods.set(directory, file);
    return file;
  }

  /** The files about a module, without their extension. */
  private downloadOf({ path, version }: ModuleVersion): string {
    return joinPath(this.root, `cache/download/${escapeUpper(path)}/@v/${escapeUpper(version)}`);
  }
}

/** Upper-case letters are `!` and the lower-case one (`EscapePath`), because not all disks tell them apart. */
function escapeUpper(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`);
}

/** A go.mod is anybody's text: nothing in it leads out of the cache. */
function isPath(path: string): boolean {
  return /^[\w~-][\w.~-]*(\/[\w~-][\w.~-]*)*$/.test(path);
}

function isVersion(version: string): boolean {
  return /^v[\w.+-]+$/.test(version);
}
