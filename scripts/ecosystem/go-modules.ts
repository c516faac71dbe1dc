/** Pinned Go modules as writable copies, and commands run in them. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `std` is the library of the installed toolchain. */
export interface ModulePin {
  readonly path: string;
  readonly version: string;
  /** In the slice that CI proves fixes on. */
  readonly isSmall?: boolean;
  /** Among those that the oracles of escapes and types are asked about in CI. */
  readonly isSample?: boolean;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  /** Both streams. */
  readonly output: string;
}

export function pinnedModules(): readonly ModulePin[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, 'modules.json'), 'utf8'));
}

/** Few and of different kinds, for what takes long on each. */
export function sampleModules(): readonly ModulePin[] {
  return pinnedModules().filter(({ isSample }) => isSample === true);
}

/** Calls `use` with the folder of a copy of the module, which is removed afterwards. Throws when it cannot be downloaded. */
export function withModuleCopy<T>(pin: Pick<ModulePin, 'path' | 'version'>, use: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-module-'));
  try {
    cpSync(download(pin), folder, { recursive: true });
    run('chmod', ['-R', 'u+w', folder], folder);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Throws only when the command cannot be started. */
export function run(command: string, args: readonly string[], cwd: string): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (error) throw new Error(`cannot run ${command}: ${error.message}`);
  return { code: status ?? 1, stdout, output: stdout + stderr };
}

function download({ path, version }: Pick<ModulePin, 'path' | 'version'>): string {
  const { stdout, output } = run('go', ['mod', 'download', '-json', `${path}@${version}`], tmpdir());
  const { Dir: folder } = JSON.parse(stdout || '{}');
  if (typeof folder !== 'string') throw new Error(`cannot download ${path}@${version}: ${output}`);
  return folder;
}
