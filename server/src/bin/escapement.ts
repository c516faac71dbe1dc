/**
 * Entry of the command line. It only starts the compile cache of newer Nodes and loads the rest, because a file that is loaded
 * before the cache is there is compiled anew by every run.
 */
import module from 'node:module';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

startCompileCache(module);
require('./cli.js');

/** From Node 22.1 on; NODE_COMPILE_CACHE chooses another directory, NODE_DISABLE_COMPILE_CACHE=1 none. */
function startCompileCache(api: object): void {
  const { XDG_CACHE_HOME, LOCALAPPDATA, NODE_COMPILE_CACHE } = process.env;
  if (!('enableCompileCache' in api) || typeof api.enableCompileCache !== 'function' || NODE_COMPILE_CACHE !== undefined) return;
  try {
    const directory = join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), '.cache'), 'escapement');
    // What lies in the cache is run, so it is the user's own directory: neither Node's default, which is in the one that all
    // users share for temporary files, nor a relative one, which would lie in the code under review.
    if (isAbsolute(directory)) api.enableCompileCache(directory);
  } catch {
    // A user without a home starts a little slower.
  }
}
