/** What of a body is said otherwise than before: statements that came, went or moved, and those that speak of what these speak of. */
import { childOf, Field, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { hashAt, hashOf, hashOfText, NAMES } from './names.ts';

/** A function, or a declaration of package variables. */
export interface Place {
  readonly tree: Tree;
  readonly row: Node;
}

/** What holds statements, and headers beside them. */
const HOLDERS: ReadonlySet<number> = new Set([
  Kind.statement_list,
  Kind.if_statement,
  Kind.for_statement,
  Kind.expression_switch_statement,
  Kind.type_switch_statement,
]);

/** The innermost statement or header in the body, or all of it. */
export function statementAround(tree: Tree, node: Node, body: Node): Node {
  let at = node;
  while (at !== body && !HOLDERS.has(tree.kind[tree.parent[at]])) at = tree.parent[at];
  return at;
}

/** A statement or header, with the hashes of the names in it. */
interface Statement {
  /** Of its text, and of what it stands in. */
  readonly hash: number;
  readonly names: Set<number>;
  /** Those that stand for values. */
  readonly values: Set<number>;
}

/** Hashes of the names in statements of the one text that are not in the other, and in all that speak of a value which these name. */
export function namesBetween(before: Place, now: Place): ReadonlySet<number> {
  const [were, are] = [statementsIn(before), statementsIn(now)];
  const values = new Set<number>();
  const found = new Set<number>();
  const take = (statement: Statement): void => {
    for (const name of statement.names) found.add(name);
    for (const value of statement.values) values.add(value);
  };
  let left = [...without(were, are), ...without(are, were)];
  for (const each of left) take(each);
  left = [...were, ...are];
  for (let size = -1; size !== values.size; ) {
    size = values.size;
    const isOpen = (each: Statement): boolean => !hasAny(each.values, values);
    for (const each of left) if (!isOpen(each)) take(each);
    left = left.filter(isOpen);
  }
  return found;
}

function hasAny(some: ReadonlySet<number>, others: ReadonlySet<number>): boolean {
  for (const each of some) if (others.has(each)) return true;
  return false;
}

/** Those of which the others have not as many alike. */
function without(some: readonly Statement[], others: readonly Statement[]): readonly Statement[] {
  const count = new Map<number, number>();
  for (const { hash } of others) count.set(hash, (count.get(hash) ?? 0) + 1);
  return some.filter(({ hash }) => {
    const known = count.get(hash) ?? 0;
    count.set(hash, known - 1);
    return known <= 0;
  });
}

const BLANK = hashOfText('_');

/** What stands now is what stood before the next key. */
const knownBodies = new WeakMap<Tree, Map<Node, readonly Statement[]>>();

function statementsIn({ tree, row }: Place): readonly Statement[] {
  const ofTree = knownBodies.get(tree) ?? new Map<Node, readonly Statement[]>();
  knownBodies.set(tree, ofTree);
  const statements = ofTree.get(row) ?? readStatements({ tree, row });
  ofTree.set(row, statements);
  return statements;
}

function readStatements({ tree, row: body }: Place): readonly Statement[] {
  const found = new Map<Node, Statement>();
  for (let row = body; row < tree.next[body]; row++) {
    if (!NAMES.has(tree.kind[row])) continue;
    const at = statementAround(tree, row, body);
    const statement = found.get(at) ?? {
      hash: ownHash(tree, at, body) + surroundings(tree, at, body),
      names: new Set(),
      values: new Set(),
    };
    found.set(at, statement);
    const name = hashAt(tree, row);
    statement.names.add(name);
    if (tree.kind[row] === Kind.identifier && name !== BLANK) statement.values.add(name);
  }
  return [...found.values()];
}

/** Of a function's signature what is before its block, which changes with every statement. */
function ownHash(tree: Tree, statement: Node, body: Node): number {
  const block = statement === body ? childOf(tree, body, Field.body) : NONE;
  return block === NONE ? hashAt(tree, statement) : hashOf(tree.source, tree.start[body], tree.start[block]);
}

/** Of what it stands in between it and the body, with the headers of loops: how often it runs is part of what it says. */
function surroundings(tree: Tree, statement: Node, body: Node): number {
  let hash = 0;
  for (let at = tree.parent[statement]; at > body; at = tree.parent[at]) {
    const header =
      tree.kind[at] === Kind.for_statement ? hashOf(tree.source, tree.start[at], tree.start[childOf(tree, at, Field.body)]) : 0;
    hash = Math.imul(hash ^ tree.kind[at] ^ header, 31);
  }
  return hash;
}
