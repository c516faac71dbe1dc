/**
 * How everything that ships is bundled, in one place, so that the build and the tests run the same code: CommonJS, one file
 * per entry, and of each package only what is used, because every process and every thread pays for what it loads.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import esbuild from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/**
 * No package we use does anything but export. Few of them say so themselves, and without that word a worker loads the
 * language server, because a layer's index names both.
 *
 * @type {esbuild.Plugin}
 */
const packagesOnlyExport = {
  name: 'packages-only-export',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === packagesOnlyExport || rest.kind === 'entry-point') return undefined;
      const resolved = await build.resolve(path, { ...rest, pluginData: packagesOnlyExport });
      return resolved.errors.length > 0 ? resolved : { ...resolved, sideEffects: false };
    });
  },
};

/** @type {esbuild.BuildOptions} */
export const shared = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  mainFields: ['module', 'main'],
  define: { ESCAPEMENT_VERSION: JSON.stringify(version) },
  plugins: [packagesOnlyExport],
  legalComments: 'none',
  logLevel: 'warning',
  absWorkingDir: ROOT,
};

/**
 * What runs in a browser. It is bundled for one, so that whoever imports a module of Node there, in our code or in a package's,
 * breaks the build. A worker of the older kind runs the server, because VS Code's web host starts no other.
 *
 * @type {esbuild.BuildOptions[]}
 */
export const webBundles = [
  { entryPoints: { server: 'server/src/bin/web-server.ts' }, format: 'iife' },
  { entryPoints: { extension: 'extension/src/web.ts' }, format: 'cjs', external: ['vscode'] },
].map((bundle) => ({
  ...shared,
  ...bundle,
  platform: 'browser',
  target: 'es2022',
  define: { ...shared.define, ESCAPEMENT_FACTS: JSON.stringify(factsFiles()) },
}));

/** @type {esbuild.BuildOptions[]} */
export const serverBundles = [
  { entryPoints: { escapement: 'server/src/bin/escapement.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    entryPoints: {
      analysis: 'server/src/bin/analysis.ts',
      cli: 'server/src/bin/cli.ts',
      'language-server': 'server/src/bin/language-server.ts',
      server: 'server/src/bin/server.ts',
      worker: 'server/src/bin/worker.ts',
    },
  },
];

/**
 * Copies what the bundles read at run time: they need nothing outside their folder. Facts are compressed as gzip, which browsers
 * inflate as well (`DecompressionStream`); brotli would save a sixth of it, and no browser reads that for a program.
 */
export function copyAssets(directory) {
  mkdirSync(directory, { recursive: true });
  for (const file of ['go-tables.bin', 'LICENSE.tree-sitter-go', 'PROVENANCE.json']) {
    cpSync(join(ROOT, 'grammars', file), join(directory, 'grammars', file));
  }
  mkdirSync(join(directory, 'facts'), { recursive: true });
  for (const file of factsFiles()) {
    const text = readFileSync(join(ROOT, 'server/facts', basename(file, '.gz')));
    writeFileSync(join(directory, 'facts', file), gzipSync(text, { level: 9 }));
  }
}

/** Names in `dist/facts`, which a web extension cannot list. */
function factsFiles() {
  return readdirSync(join(ROOT, 'server/facts')).map((file) => `${file}.gz`);
}

/** Command line, servers and worker as they ship, and further entries of tests beside them, from the present sources. */
export async function bundleServer(directory, entryPoints = {}) {
  copyAssets(directory);
  const bundles = [...serverBundles, { entryPoints }].map((bundle) => ({ ...shared, ...bundle, outdir: directory }));
  const [webServer] = webBundles;
  await Promise.all([...bundles, { ...webServer, outdir: join(directory, 'web') }].map((bundle) => esbuild.build(bundle)));
}
