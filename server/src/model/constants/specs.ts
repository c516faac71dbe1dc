/** Constant declarations: which expression gives a constant its value, when a spec repeats the one before it (Go spec, "Constant declarations"). */
import { children, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';

export interface ConstSpec {
  /** The const_spec whose type and values count: the constant's own, or the last before it that writes values. */
  readonly source: Node;
  /** The expression; NONE when there is none for this name. */
  readonly value: Node;
  readonly iota: number;
}

/** How the constant declared by this identifier gets its value. */
export function constSpecOf(tree: Tree, name: Node): ConstSpec | undefined {
  const spec = tree.parent[name];
  if (tree.kind[spec] !== Kind.const_spec) return undefined;
  const specs = children(tree, tree.parent[spec]).filter((each) => tree.kind[each] === Kind.const_spec);
  const iota = specs.indexOf(spec);
  let at = iota;
  while (at > 0 && go.constSpec.value(tree, specs[at]) === NONE) at--;
  const source = specs[at];
  const index = go.constSpec
    .name(tree, spec)
    .filter((each) => tree.kind[each] !== Kind[','])
    .indexOf(name);
  const list = go.constSpec.value(tree, source);
  return { source, value: list === NONE ? NONE : (children(tree, list)[index] ?? NONE), iota };
}
