/** The language server as a process: what `server.js` loads. Over Node's own channel where there is one, else on standard streams. */
import { serveProcess } from '../node/index.ts';

declare const ESCAPEMENT_VERSION: string;

const isIpc = process.send !== undefined && process.argv.includes('--node-ipc');

serveProcess(
  ESCAPEMENT_VERSION,
  isIpc ? { kind: 'ipc' } : { kind: 'streams', input: process.stdin, output: process.stdout },
  (code, reason) => {
    if (code !== 0) process.stderr.write(`escapement: ${reason}\n`);
    process.exit(code);
  },
);
