/**
 * What was found out once, as files outside the repository, each under the digest of all that it depends on: a proof that was
 * stopped goes on where it was, and another version of the product pays only for fixes that are other ones than before.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The folder where a machine keeps what can be made again: `XDG_CACHE_HOME` or its like, else the one for temporary files. */
export function defaultFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  const mac = process.platform === 'darwin' ? join(homedir(), 'Library/Caches') : undefined;
  return join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? mac ?? tmpdir(), 'escapement-ecosystem');
}

/** Takes the folder for this process until it ends. Throws while another one that still runs has it. */
export function occupy(folder: string): void {
  const file = join(folder, 'occupied');
  const owner = readJson<number>(file);
  if (owner !== undefined && isRunning(owner))
    throw new Error(`${folder} is used by process ${owner}; wait for it, or take another --folder`);
  writeJson(file, process.pid);
  process.on('exit', () => rmSync(file, { force: true }));
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}

/** What `make` gave when it was last called for the same name and the same `on`; a rejection is not kept. */
export async function remembered<T>(folder: string, name: string, on: readonly unknown[], make: () => Promise<T>): Promise<T> {
  const file = join(folder, `${name}-${digestOf(on)}.json`);
  const known = readJson<T>(file);
  if (known !== undefined) return known;
  const made = await make();
  writeJson(file, made);
  return made;
}

/** The first 16 digits of a SHA-256. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify(value));
  renameSync(unfinished, file);
}

function readJson<T>(file: string): T | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
