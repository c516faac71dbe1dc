/** Bundles entries as the product's build does, because a thread of Node 20 runs no TypeScript. */
import { cpSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const SERVER = join(import.meta.dirname, '../..');

async function bundle(entryPoints: Readonly<Record<string, string>>, directory: string): Promise<void> {
  await build({
    entryPoints: { ...entryPoints },
    outdir: directory,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
    define: { ESCAPEMENT_VERSION: '"0.0.0-test"' },
    logLevel: 'error',
  });
}

/** Gives the bundle's path; `directory` is a temporary one. */
export async function bundleWorker(entry: string, directory: string): Promise<string> {
  await bundle({ worker: entry }, directory);
  return join(directory, 'worker.js');
}

/** The language server and its worker as they ship. Gives the server's path. */
export async function bundleServer(directory: string): Promise<string> {
  await bundle({ server: join(SERVER, 'src/bin/language-server.ts'), worker: join(SERVER, 'src/bin/worker.ts') }, directory);
  cpSync(join(SERVER, '../grammars'), join(directory, 'grammars'), { recursive: true });
  cpSync(join(SERVER, 'facts'), join(directory, 'facts'), { recursive: true });
  return join(directory, 'server.js');
}
