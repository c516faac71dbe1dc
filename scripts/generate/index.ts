/** Writes every generated file, or with `--check` says which are stale and exits 1: `npm run generate`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { filesBeforeRules, filesFromRules, type Generated, orphanedPages, ROOT, staleFiles } from './files.ts';

async function main(): Promise<void> {
  const isCheck = process.argv.includes('--check');
  const finish = isCheck ? complain : write;
  finish(staleFiles(filesBeforeRules()), []);
  const files = await filesFromRules();
  finish(staleFiles(files), orphanedPages(files));
}

function complain(stale: readonly Generated[], orphans: readonly string[]): void {
  const paths = [...stale.map((file) => file.path), ...orphans];
  for (const path of paths) console.error(`${path} is stale: run \`npm run generate\` and commit the result`);
  if (paths.length > 0) process.exitCode = 1;
}

function write(stale: readonly Generated[], orphans: readonly string[]): void {
  for (const { path, text } of stale) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
  for (const path of orphans) {
    rmSync(join(ROOT, path));
    console.log(`removed ${path}`);
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
