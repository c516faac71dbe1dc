/**
 * Builds everything that ships: extension, language server, worker and command line, as CommonJS bundles in `dist/`.
 * `--watch` rebuilds on change, `--production` minifies for packaging.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import esbuild from 'esbuild';

const require = createRequire(import.meta.url);
const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');
const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {esbuild.BuildOptions} */
const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  // web-tree-sitter's ES module build dies inside a CommonJS bundle: it asks for import.meta.url.
  alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
  define: { ESCAPEMENT_VERSION: JSON.stringify(version) },
  minify: isProduction,
  sourcemap: isProduction ? false : 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: import.meta.dirname,
};

/** @type {esbuild.BuildOptions[]} */
const bundles = [
  { entryPoints: { escapement: 'server/src/bin/escapement.ts' }, banner: { js: '#!/usr/bin/env node' } },
  { entryPoints: { server: 'server/src/bin/language-server.ts', worker: 'server/src/bin/worker.ts' } },
  { entryPoints: { extension: 'extension/src/extension.ts' }, external: ['vscode'] },
].map((bundle) => ({ ...shared, ...bundle, outdir: 'dist' }));

if (!isWatch) rmSync('dist', { recursive: true, force: true });
mkdirSync('dist', { recursive: true });
cpSync('grammars', 'dist/grammars', { recursive: true });
cpSync('server/facts', 'dist/facts', { recursive: true });

if (isWatch) {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context({ ...bundle, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  writeFileSync('dist/.built', '');
}
