/**
 * Leaves beside the bundles what V8 compiled of them in a review, for `server/src/bin/code-cache.ts`: code that ran once is
 * worth keeping, code that no review runs is not. The entry runs as it ships, because V8 ties compiled code to its flags.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Go code that most rules have something to say about. */
const SAMPLE = join(ROOT, 'test-fixtures/rules');

/** Makes the compiled form of the command line and of the analysis in `directory`, for this Node and this processor. */
export function makeCodeCache(directory) {
  dropCodeCache(directory);
  // What an earlier build worked out and kept would be looked up, and nothing of the analysis run.
  const answers = mkdtempSync(join(tmpdir(), 'escapement-code-'));
  const recorder = join(import.meta.dirname, 'record-code.cjs');
  const review = ['review', '--no-config', '--rules', 'all', '--jobs', '1', '-q', SAMPLE];
  const { status, stderr } = spawnSync(process.execPath, ['--require', recorder, join(directory, 'escapement.js'), ...review], {
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    // The cache of newer Nodes would compile for its own run, and in the user's folder.
    env: { ...process.env, NODE_OPTIONS: '', NODE_COMPILE_CACHE: undefined, ESCAPEMENT_CACHE: answers, ESCAPEMENT_RECORD_CODE: directory },
  });
  rmSync(answers, { recursive: true, force: true });
  if (status !== 0 && status !== 1) throw new Error(`cannot record compiled code: ${stderr}`);
  for (const name of readdirSync(directory)) if (name.endsWith('.cache.new')) rmSync(join(directory, name));
}

/** Before a bundle changes: V8 tells texts apart by their length only. */
export function dropCodeCache(directory) {
  if (!existsSync(directory)) return;
  for (const name of readdirSync(directory)) if (name.endsWith('.cache')) rmSync(join(directory, name));
}
