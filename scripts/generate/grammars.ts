/**
 * Puts the grammar into `grammars/`: tree-sitter-go's published wasm as it is, the tables that the parser reads, made of it, and
 * PROVENANCE.json, which says of both where they come from, with their SHA-256. Nothing is downloaded and nothing compiled.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { generateTables } from './tables.ts';

const PACKAGE = 'tree-sitter-go';
const WASM = 'tree-sitter-go.wasm';

export function generateGrammars(): { readonly path: string; readonly text: string | Uint8Array }[] {
  const folder = packageFolder(createRequire(import.meta.url), PACKAGE);
  const { version, license }: { version: string; license: string } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const wasm = readFileSync(join(folder, WASM));
  const { tables, tokens } = generateTables(wasm);
  const entry = (file: string, bytes: Uint8Array, made: string): object => ({
    file,
    package: PACKAGE,
    version,
    license,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    made,
  });
  const provenance = [
    entry(WASM, wasm, 'copied unchanged from the published package'),
    entry('go-tables.bin', tables, `npm run generate: scripts/generate/tables.ts out of ${WASM}`),
  ];
  return [
    { path: `grammars/${WASM}`, text: wasm },
    { path: 'grammars/go-tables.bin', text: tables },
    { path: `grammars/LICENSE.${PACKAGE}`, text: readFileSync(join(folder, 'LICENSE')) },
    { path: 'grammars/PROVENANCE.json', text: `${JSON.stringify(provenance, null, 2)}\n` },
    tokens,
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
