/**
 * Builds everything that ships: extension, language server, worker and command line, as CommonJS bundles in `dist/`.
 * `--watch` rebuilds on change, `--production` minifies for packaging.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { copyAssets, serverBundles, shared, webBundles } from './scripts/bundles.mjs';
import { dropCodeCache, makeCodeCache } from './scripts/code-cache.mjs';
import { NOTICES, noticesOf } from './scripts/notices.mjs';

const DIST = join(import.meta.dirname, 'dist');
const isProduction = process.argv.includes('--production');
const isWatch = process.argv.includes('--watch');

const desktopBundles = [...serverBundles, { entryPoints: { extension: 'extension/src/extension.ts' }, external: ['vscode'] }];
const bundles = [
  ...desktopBundles.map((bundle) => ({ ...shared, ...bundle, outdir: DIST })),
  ...webBundles.map((bundle) => ({ ...bundle, outdir: join(DIST, 'web') })),
].map((bundle) => ({
  ...bundle,
  minify: isProduction,
  sourcemap: isProduction ? false : 'linked',
}));

if (!isWatch) rmSync(DIST, { recursive: true, force: true });
copyAssets(DIST);

if (isWatch) {
  dropCodeCache(DIST);
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context({ ...bundle, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  const built = await Promise.all(bundles.map((bundle) => esbuild.build({ ...bundle, metafile: true })));
  writeFileSync(join(DIST, NOTICES), noticesOf(built.map(({ metafile }) => metafile)));
  makeCodeCache(DIST);
  writeFileSync(join(DIST, '.built'), '');
}
