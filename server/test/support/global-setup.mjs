/**
 * Bundles the product once for all test files, from the present sources: a process and a thread of Node 20 run no TypeScript.
 * Beside it lie the tiny worker, the service that drives it, and the module that a test kills in the middle of a write.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleServer } from '../../../scripts/bundles.mjs';
import { makeCodeCache } from '../../../scripts/code-cache.mjs';

const directory = mkdtempSync(join(tmpdir(), 'escapement-dist-'));

/** Before the first test file. */
export async function setup(project) {
  await bundleServer(directory, {
    'bug-worker': 'server/test/support/bug-worker.ts',
    'bug-service': 'server/test/support/bug-service.ts',
    'write-file': 'server/src/cli/files/write-file.ts',
  });
  makeCodeCache(directory);
  project.provide('distribution', directory);
}

/** After the last one. */
export function teardown() {
  rmSync(directory, { recursive: true, force: true });
}
