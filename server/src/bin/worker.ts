/** Entry of a worker thread. It only loads the analysis. */
import { join } from 'node:path';
import { loadBundle } from './code-cache.ts';

loadBundle(join(__dirname, 'analysis.js'), require);
