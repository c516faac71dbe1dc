/** `npm run demo`: plays the demonstration with the built command line and writes it into docs/ci.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGE, withDemo } from './page.ts';
import { buildReviewdog } from './reviewdog.ts';
import { transcript } from './transcript.ts';

const root = join(import.meta.dirname, '../..');
const reviewdog = buildReviewdog(root);
if ('trouble' in reviewdog) throw new Error(`reviewdog could not be built: ${reviewdog.trouble}`);
const page = join(root, PAGE);
writeFileSync(page, withDemo(readFileSync(page, 'utf8'), transcript(join(root, 'dist/escapement.js'), reviewdog.path)));
