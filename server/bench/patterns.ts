/**
 * Ten patterns that our arrays, a tree-sitter query and an ast-grep rule can all express, so that the peers of a benchmark
 * can be shown to have found the same before their costs are compared.
 */
import { childOf, Field, Kind, type Node, type Tree, textOf } from '../src/syntax/index.ts';

export interface Pattern {
  readonly name: string;
  /** Kind of the node that is found. */
  readonly kind: number;
  readonly holds?: (tree: Tree, node: Node) => boolean;
  /** tree-sitter query with one capture. */
  readonly query: string;
  /** ast-grep rule, as YAML below `rule:`. */
  readonly rule: readonly string[];
}

const calls = (name: string) => (tree: Tree, node: Node) => {
  const callee = childOf(tree, node, Field.function);
  return tree.kind[callee] === Kind.identifier && textOf(tree, callee) === name;
};

const callOf = (name: string): Pattern => ({
  name: `call of ${name}`,
  kind: Kind.call_expression,
  holds: calls(name),
  query: `((call_expression function: (identifier) @callee) @hit (#eq? @callee "${name}"))`,
  rule: ['kind: call_expression', `has: { field: function, kind: identifier, regex: "^${name}$" }`],
});

const kindOnly = (name: string, kind: keyof typeof Kind): Pattern => ({
  name,
  kind: Kind[kind],
  query: `(${kind}) @hit`,
  rule: [`kind: ${kind}`],
});

export const PATTERNS: readonly Pattern[] = [
  kindOnly('closure', 'func_literal'),
  kindOnly('defer', 'defer_statement'),
  kindOnly('go', 'go_statement'),
  kindOnly('range loop', 'range_clause'),
  kindOnly('select', 'select_statement'),
  kindOnly('type assertion', 'type_assertion_expression'),
  kindOnly('slice expression', 'slice_expression'),
  callOf('append'),
  callOf('len'),
  {
    name: 'address of a literal',
    kind: Kind.unary_expression,
    holds: (tree, node) => tree.kind[childOf(tree, node, Field.operand)] === Kind.composite_literal && isAddress(tree, node),
    query: '(unary_expression operator: "&" operand: (composite_literal)) @hit',
    rule: ['kind: unary_expression', 'has: { field: operand, kind: composite_literal }', 'regex: "^&"'],
  },
];

function isAddress(tree: Tree, node: Node): boolean {
  return tree.kind[childOf(tree, node, Field.operator)] === Kind['&'];
}

/** How often each pattern is found in a tree, added to `hits`. */
export function countHits(tree: Tree, hits: Uint32Array): void {
  for (let row = 1; row < tree.length; row++) {
    const interested = PATTERNS_BY_KIND[tree.kind[row]];
    if (interested === undefined) continue;
    for (const i of interested) if (PATTERNS[i].holds?.(tree, row) ?? true) hits[i]++;
  }
}

const PATTERNS_BY_KIND: (readonly number[] | undefined)[] = [];
for (const [i, { kind }] of PATTERNS.entries()) PATTERNS_BY_KIND[kind] = [...(PATTERNS_BY_KIND[kind] ?? []), i];
