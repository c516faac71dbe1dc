/** Files whose absence is an answer, not an error. */
import { readFileSync } from 'node:fs';
import { nativePath } from './paths.ts';

/** Undefined when the file cannot be read. */
export function readIfThere(path: string): Uint8Array | undefined {
  try {
    return new Uint8Array(readFileSync(nativePath(path)));
  } catch {
    return undefined;
  }
}
