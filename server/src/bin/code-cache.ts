/**
 * Bundles in the form that V8 compiled them to. A review of one small package spends a tenth of a second on compiling us, and
 * Node 20 keeps no compiled code from run to run. So the build leaves some beside each bundle, taken after a review, when all
 * that a review needs is compiled (`scripts/code-cache.mjs`). V8 itself refuses what another version, other flags or another
 * text made, and compiles then as ever.
 */
import { readFileSync } from 'node:fs';
import { wrap } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** Where the compiled form of a bundle (absolute path) lies: V8 knows its version, but not its processor. */
function codeCacheOf(bundle: string): string {
  return `${bundle}.${process.arch}.cache`;
}

/** Runs a bundle (absolute path) as `load`, the entry's `require`, would. Throws what that throws. */
export function loadBundle(bundle: string, load: NodeJS.Require): void {
  const cachedData = readIfThere(codeCacheOf(bundle));
  if (cachedData === undefined) {
    load(bundle);
    return;
  }
  // The bundler writes ASCII only, and V8 reads such a text without decoding it.
  const script = new Script(wrap(readFileSync(bundle, 'latin1')), { filename: bundle, cachedData });
  const self = { exports: {} };
  script.runInThisContext().call(self.exports, self.exports, load, self, bundle, dirname(bundle));
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
