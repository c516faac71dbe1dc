/**
 * Entry of the command line. It only prepares V8 and loads the rest: with the compile cache of newer Nodes, because a file that
 * is loaded before the cache is there is compiled anew by every run, or else with what the build compiled, which V8 takes only
 * under the flags it was compiled under.
 */
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { loadBundle } from './code-cache.ts';
import { prepareShortRun } from './short-run.ts';

if (process.argv[2] !== 'lsp') prepareShortRun();
if (!startCompileCache(module)) loadBundle(join(__dirname, 'cli.js'), require);
else require('./cli.js');

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
