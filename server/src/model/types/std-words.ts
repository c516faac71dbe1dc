/**
 * What the standard library's facts say of a function beyond its signature: words in the comment behind its declaration, which
 * `scripts/std-facts/leaks.go` writes. First one for each parameter, receiver first, unless nothing leaks; then `@cost` of
 * inlining it, `!kind.where` for each allocation that an inlined call makes, and `never` where it does not return.
 */
import { Kind, type Node, textOf } from '../../syntax/index.ts';
import type { SourceFile } from '../shapes.ts';

/** Directory of stubs; files of users have absolute paths. */
export const STUBS = 'std/';

/** Empty for functions of other files. */
export function wordsBehind({ path, tree }: SourceFile, fn: Node): readonly string[] {
  if (!path.startsWith(STUBS)) return [];
  const comment = tree.next[fn];
  const isBehind = comment < tree.length && tree.kind[comment] === Kind.comment && tree.start[comment] === tree.end[fn] + 1;
  return isBehind ? textOf(tree, comment).slice('//'.length).trim().split(' ') : [];
}
