/**
 * Bundles in the form that V8 compiled them to. A review of one small package spends a tenth of a second on compiling us, and so
 * does an editor that waits for the first findings. Newer Nodes keep compiled code themselves. For Node 20, which does not, the
 * build leaves some beside each bundle, taken after a review, when all that a review needs is compiled
 * (`scripts/code-cache.mjs`). V8 itself refuses what another version, other flags or another text made, and compiles then as ever.
 */
import { readFileSync } from 'node:fs';
import module, { wrap } from 'node:module';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';

/**
 * Runs a bundle (absolute path) as `load`, the entry's `require`, would. It has to be the first that loads anything of ours: a
 * file that is loaded before the cache is there is compiled anew by every run. Throws what the bundle throws.
 */
export function loadBundle(bundle: string, load: NodeJS.Require): void {
  const cachedData = startCompileCache(module) ? undefined : readIfThere(codeCacheOf(bundle));
  if (cachedData === undefined) {
    load(bundle);
    return;
  }
  // The bundler writes ASCII only, and V8 reads such a text without decoding it.
  const script = new Script(wrap(readFileSync(bundle, 'latin1')), { filename: bundle, cachedData });
  const self = { exports: {} };
  script.runInThisContext().call(self.exports, self.exports, load, self, bundle, dirname(bundle));
}

/** From Node 22.1 on; NODE_COMPILE_CACHE chooses another directory, NODE_DISABLE_COMPILE_CACHE=1 none. Answers whether it runs. */
function startCompileCache(api: object): boolean {
  const { XDG_CACHE_HOME, LOCALAPPDATA, NODE_COMPILE_CACHE } = process.env;
  if (!('enableCompileCache' in api) || typeof api.enableCompileCache !== 'function' || NODE_COMPILE_CACHE !== undefined) return false;
  try {
    const directory = join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'escapement');
    // What lies in the cache is run, so it is the user's own directory: neither Node's default, which is in the one that all
    // users share for temporary files, nor a relative one, which would lie in the code under review.
    if (!isAbsolute(directory)) return false;
    api.enableCompileCache(directory);
    return true;
  } catch {
    // A user without a home starts a little slower.
    return false;
  }
}

/** Where the compiled form of a bundle (absolute path) lies: V8 knows its version, but not its processor. */
function codeCacheOf(bundle: string): string {
  return `${bundle}.${process.arch}.cache`;
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
