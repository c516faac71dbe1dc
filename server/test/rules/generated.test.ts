/** What is generated from the rules is current; otherwise the test names the command. */
import { expect, it } from 'vitest';
import { filesBeforeRules, filesFromRules, orphanedPages, staleFiles } from '../../../scripts/generate/files.ts';

it('every generated file is what `npm run generate` writes', async () => {
  const files = await filesFromRules();
  const stale = [...staleFiles(filesBeforeRules()), ...staleFiles(files)].map((file) => file.path);
  expect([...stale, ...orphanedPages(files)], 'stale: run `npm run generate` and commit the result').toEqual([]);
});
