/** The standard library's declarations as they are committed, read once for a test file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStdLibrary, NEWEST_GO, type StdFacts, type StdLibrary } from '../../src/model/index.ts';

const FACTS = join(import.meta.dirname, '../../facts');
let library: StdLibrary | undefined;

export function loadTestLibrary(): StdLibrary {
  library ??= createStdLibrary((release) => readFileSync(join(FACTS, `std.go1.${release}.txt`)));
  return library;
}

/** Those of the newest release. */
export function loadTestFacts(): StdFacts {
  return loadTestLibrary().at(NEWEST_GO);
}
