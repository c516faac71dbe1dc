/** Of the code before a change, what has to be looked at to know whether findings were there: the declarations that they stand in now. */
import { contains, type Range } from '../../base/index.ts';
import type { Finding, ReviewedParts } from '../../review/index.ts';
import type { Affected } from './affected.ts';

/** All that may have had other findings, where the finding may have been in another declaration. Rules aside, see `FileParts.rules`. */
export function askedBefore(findings: readonly Finding[], { before, stood }: Affected): ReviewedParts {
  const asked = new Map<string, Range[]>();
  for (const { path, at } of findings) {
    const declarations = stood.get(path);
    const was = declarations === undefined ? { path, range: at } : declarations.find(({ lines }) => contains(lines, at))?.before;
    if (was === undefined) return before;
    asked.set(was.path, [...(asked.get(was.path) ?? []), was.range]);
  }
  return new Map([...before.keys()].map((path) => [path, { changed: asked.get(path) ?? [], around: [] }]));
}
