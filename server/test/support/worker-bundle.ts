/** Bundles a worker's entry as the product's build does, because a thread of Node 20 runs no TypeScript. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);

/** Gives the bundle's path; `directory` is a temporary one. */
export async function bundleWorker(entry: string, directory: string): Promise<string> {
  const outfile = join(directory, 'worker.js');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
    logLevel: 'error',
  });
  return outfile;
}
