/** Entry of a worker thread. It only loads the analysis, from V8's own form of it where the build left one. */
import { join } from 'node:path';
import { loadBundle } from './code-cache.ts';

loadBundle(join(__dirname, 'analysis.js'), require);
