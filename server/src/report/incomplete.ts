/**
 * A review that was stopped, for formats that know nothing but problems of files: one problem in a file that was not reviewed, so that
 * nobody takes the report for a whole one.
 */
import type { Review } from '../review/index.ts';
import type { Places } from './places.ts';

/** At most one; the file is relative, `.` where none is known. */
export function incompleteIn({ incomplete }: Review, places: Places): readonly { readonly file: string; readonly message: string }[] {
  if (incomplete === undefined) return [];
  const [path] = incomplete.unreviewed;
  return [{ file: path === undefined ? '.' : places.relative(path), message: `incomplete: ${incomplete.why}` }];
}
