/** The product as it ships, bundled by the global set-up, and its command line run as a process. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    distribution: string;
  }
}

export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;
/** Directory of the bundles. */
export const DISTRIBUTION = inject('distribution');

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly stdin?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Closes our end of standard output at once. */
  readonly closeStdout?: boolean;
}

/** Runs `escapement` with these arguments to its end. */
export function escapement(args: readonly string[], options: RunOptions = {}): Promise<Run> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const script = join(DISTRIBUTION, 'escapement.js');
  const child = spawn(process.execPath, [script, ...args], { cwd: options.cwd, env: { ...env, ...options.env } });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin);
  if (options.closeStdout === true) child.stdout.destroy();
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
