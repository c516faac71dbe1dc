/**
 * Writes every generated file, or with `--check` says which are stale and exits 1. One list, so that nothing generated can
 * be forgotten: `npm run generate`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { generateGrammars } from './grammars.ts';
import { generateRegistry } from './rules.ts';
import { generateSyntax } from './syntax.ts';

interface Generated {
  readonly path: string;
  readonly text: string | Uint8Array;
}

const generated: readonly Generated[] = [...generateSyntax(), ...generateGrammars(), ...generateRegistry()];
const stale = generated.filter((file) => !isCurrent(file));

if (process.argv.includes('--check')) {
  for (const file of stale) console.error(`${file.path} is stale: run \`npm run generate\` and commit the result`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const file of stale) {
    mkdirSync(dirname(file.path), { recursive: true });
    writeFileSync(file.path, file.text);
    console.log(`wrote ${file.path}`);
  }
}

function isCurrent(file: Generated): boolean {
  try {
    return readFileSync(file.path).equals(Buffer.from(file.text));
  } catch {
    return false;
  }
}
