/**
 * Copies the grammar and the runtime it needs out of their packages into `grammars/`, with PROVENANCE.json: what each file
 * is, from which package and version, and its SHA-256. Nothing is downloaded and nothing compiled.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const SHIPPED = [
  { file: 'tree-sitter-go.wasm', package: 'tree-sitter-go' },
  { file: 'web-tree-sitter.wasm', package: 'web-tree-sitter' },
] as const;

export function generateGrammars(): { readonly path: string; readonly text: string | Uint8Array }[] {
  const require = createRequire(import.meta.url);
  const files = SHIPPED.map(({ file, package: name }) => {
    const folder = packageFolder(require, name);
    const manifest: { version: string; license: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const bytes = readFileSync(join(folder, file));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const entry = {
      file,
      package: name,
      version: manifest.version,
      license: manifest.license,
      sha256,
      made: 'copied unchanged from the published package',
    };
    return { entry, bytes, licence: readFileSync(join(folder, 'LICENSE'), 'utf8') };
  });
  return [
    ...files.map(({ entry, bytes }) => ({ path: `grammars/${entry.file}`, text: bytes })),
    ...files.map(({ entry, licence }) => ({ path: `grammars/LICENSE.${entry.package}`, text: licence })),
    {
      path: 'grammars/PROVENANCE.json',
      text: `${JSON.stringify(
        files.map((f) => f.entry),
        null,
        2,
      )}\n`,
    },
  ];
}

function packageFolder(require: NodeJS.Require, name: string): string {
  const folder = require.resolve
    .paths(name)
    ?.map((root) => join(root, name))
    .find((candidate) => isPackage(candidate));
  if (folder === undefined) throw new Error(`package ${name} is not installed: run npm ci`);
  return folder;
}

function isPackage(folder: string): boolean {
  try {
    readFileSync(join(folder, 'package.json'));
    return dirname(folder) !== '';
  } catch {
    return false;
  }
}
