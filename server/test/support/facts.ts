/** The standard library's declarations as the product ships them, read once for a test file. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStdFacts, type StdFacts } from '../../src/model/index.ts';

const FACTS = join(import.meta.dirname, '../../facts');
let facts: StdFacts | undefined;

export function loadTestFacts(): StdFacts {
  facts ??= createStdFacts(readFileSync(join(FACTS, newestFile())));
  return facts;
}

function newestFile(): string {
  const name = readdirSync(FACTS)
    .filter((each) => each.startsWith('std.'))
    .sort()
    .at(-1);
  if (name === undefined) throw new Error('server/facts holds no std file');
  return name;
}
