/** `npm start -- PATH…`: sets the clone up and reviews the paths, which are relative to where npm was called. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, install } from './setup.mjs';

install();
build();
const cli = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist/escapement.js');
const { status } = spawnSync(process.execPath, [cli, 'review', ...process.argv.slice(2)], {
  cwd: process.env.INIT_CWD ?? process.cwd(),
  stdio: 'inherit',
});
process.exit(status ?? 2);
