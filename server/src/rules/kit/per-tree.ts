/** What rules read from whole trees, once for each tree: of a package that is typed into, all but one stay from key to key. */
import type { Tree } from '../../syntax/index.ts';

/** The reader, which remembers what it read for as long as the tree lives. */
export function perTree<T>(read: (tree: Tree) => T): (tree: Tree) => T {
  const known = new WeakMap<Tree, { readonly value: T }>();
  return (tree) => {
    const found = known.get(tree) ?? { value: read(tree) };
    known.set(tree, found);
    return found.value;
  };
}

/** The same of what is asked by name. */
export function perTreeAndName<T>(read: (tree: Tree, name: string) => T): (tree: Tree, name: string) => T {
  const ofTree = perTree(() => new Map<string, { readonly value: T }>());
  return (tree, name) => {
    const known = ofTree(tree);
    const found = known.get(name) ?? { value: read(tree, name) };
    known.set(name, found);
    return found.value;
  };
}
