/** Entry of the language server that an editor starts. It only prepares V8 and loads the rest. */
import { join } from 'node:path';
import { loadBundle } from './code-cache.ts';
import { prepareFirstSeconds, relaxForHours } from './first-seconds.ts';

prepareFirstSeconds();
relaxForHours();
loadBundle(join(__dirname, 'language-server.js'), require);
