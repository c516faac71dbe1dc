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
  const { folder, dispose } = copyModule(pin);
  try {
    return use(folder);
  } finally {
    dispose();
  }
}

/** A copy of the module that may be changed. Throws when it cannot be downloaded. */
export function copyModule(pin: Pick<ModulePin, 'path' | 'version'>): { readonly folder: string; dispose(): void } {
  const source = download(pin);
  const folder = mkdtempSync(join(tmpdir(), 'escapement-module-'));
  cpSync(source, folder, { recursive: true });
  run('chmod', ['-R', 'u+w', folder], folder);
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Why one of the modules cannot be had, in a line; empty where all can. */
export function troubleWith(pins: readonly Pick<ModulePin, 'path' | 'version'>[]): string {
  try {
    for (const pin of pins) download(pin);
    return '';
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).split('\n')[0];
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
