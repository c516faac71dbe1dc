/** The command line as it ships, bundled from the present sources into a temporary folder, and run as a process. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
export const ROOT = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
export const VERSION: string = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version;

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

export interface TestDistribution {
  readonly directory: string;
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  dispose(): void;
}

/** For `beforeAll`. */
export async function bundleDistribution(): Promise<TestDistribution> {
  const directory = mkdtempSync(join(tmpdir(), 'escapement-dist-'));
  await build({
    absWorkingDir: ROOT,
    entryPoints: {
      escapement: 'server/src/bin/escapement.ts',
      server: 'server/src/bin/language-server.ts',
      worker: 'server/src/bin/worker.ts',
    },
    outdir: directory,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
    define: { ESCAPEMENT_VERSION: JSON.stringify(VERSION) },
    logLevel: 'error',
  });
  cpSync(join(ROOT, 'grammars'), join(directory, 'grammars'), { recursive: true });
  cpSync(join(ROOT, 'server/facts'), join(directory, 'facts'), { recursive: true });
  return {
    directory,
    run: (args, options = {}) => run(join(directory, 'escapement.js'), args, options),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

function run(script: string, args: readonly string[], options: RunOptions): Promise<Run> {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
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
