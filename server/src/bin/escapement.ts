/** Entry of the command line. It only prepares V8 and loads the rest. */
import { join } from 'node:path';
import { loadBundle } from './code-cache.ts';
import { prepareFirstSeconds, relaxForHours } from './first-seconds.ts';

prepareFirstSeconds();
if (process.argv[2] === 'lsp') relaxForHours();
loadBundle(join(__dirname, 'cli.js'), require);
