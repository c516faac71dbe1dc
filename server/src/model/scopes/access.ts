/**
 * What one occurrence of a variable does to it. `x.f = 1` and `x[0] = 1` change x only where the steps from x stay inside its
 * own memory, which types decide; where they are unknown a write counts as one, and an address as a mere possibility.
 */
import { childOf, declaresVariables, enclosingFunction, Field, go, Kind, type Node, type Tree } from '../../syntax/index.ts';
import type { Access, GoSymbol, Reference, Type } from '../shapes.ts';

/** What the access of a variable hangs on. */
export interface ScopeTypes {
  typeOf(node: Node): Type;
  underlying(type: Type): Type;
  /** What a selector names; undefined when unknown. `isIndirect`: a pointer is followed on the way. */
  selectionOf(
    node: Node,
  ): { readonly kind: 'field' | 'method' | 'member'; readonly isIndirect: boolean; readonly hasPointerReceiver: boolean } | undefined;
}

/** How far the steps from a variable stay in its memory. */
type Reach = 'inside' | 'perhaps' | 'outside';

export function accessOf(tree: Tree, symbol: GoSymbol, node: Node, types: ScopeTypes | undefined): Reference {
  const within = tree.kind[node] === Kind.label_name ? symbol.owner : enclosingFunction(tree, node);
  if (node === symbol.declaration) return { node, access: 'declare', within };
  if (symbol.kind !== 'variable') return { node, access: 'read', within };
  const { access, mayTakeAddress } = useOf(tree, node, types);
  return mayTakeAddress ? { node, access, within, mayTakeAddress } : { node, access, within };
}

interface Use {
  readonly access: Access;
  readonly mayTakeAddress: boolean;
}

const READ: Use = { access: 'read', mayTakeAddress: false };

function useOf(tree: Tree, node: Node, types: ScopeTypes | undefined): Use {
  let part = node;
  let reach: Reach = 'inside';
  for (;;) {
    const parent = tree.parent[part];
    const kind = tree.kind[parent];
    if (kind === Kind.parenthesized_expression) {
      part = parent;
      continue;
    }
    const isOperand = tree.field[part] === Field.operand;
    if (kind === Kind.slice_expression && isOperand) return address(reachOf(reach, arrayReach(part, types)));
    if (kind === Kind.unary_expression) {
      return tree.kind[go.unaryExpression.operator(tree, parent)] === Kind['&'] ? address(reach) : READ;
    }
    if (kind === Kind.index_expression && isOperand) reach = reachOf(reach, arrayReach(part, types));
    else if (kind === Kind.selector_expression) {
      const selection = types?.selectionOf(parent);
      if (selection?.kind === 'method') return selection.hasPointerReceiver && !selection.isIndirect ? address(reach) : READ;
      if (selection?.kind === 'member') return READ;
      if (selection === undefined && isReadOnly(tree, parent)) return { access: 'read', mayTakeAddress: true };
      reach = reachOf(reach, selection === undefined ? 'perhaps' : selection.isIndirect ? 'outside' : 'inside');
    } else return assigned(tree, part, part === node || isParenthesesOnly(tree, node, part), reach);
    if (reach === 'outside') return READ;
    part = parent;
  }
}

function isParenthesesOnly(tree: Tree, inner: Node, outer: Node): boolean {
  for (let up = inner; up !== outer; up = tree.parent[up]) {
    if (tree.kind[tree.parent[up]] !== Kind.parenthesized_expression) return false;
  }
  return true;
}

/** Whether nothing is stored through the selector, so that it may be a method value or call. */
function isReadOnly(tree: Tree, selector: Node): boolean {
  const parent = tree.kind[tree.parent[selector]];
  return parent === Kind.call_expression && tree.field[selector] === Field.function;
}

function address(reach: Reach): Use {
  if (reach === 'outside') return READ;
  return reach === 'inside' ? { access: 'address', mayTakeAddress: false } : { access: 'read', mayTakeAddress: true };
}

function assigned(tree: Tree, part: Node, isWhole: boolean, reach: Reach): Use {
  if (reach === 'outside') return READ;
  const access = assignmentAccess(tree, part);
  if (access === undefined) return READ;
  return { access: access === 'write' && !isWhole ? 'update' : access, mayTakeAddress: false };
}

function assignmentAccess(tree: Tree, part: Node): Access | undefined {
  const parent = tree.parent[part];
  const kind = tree.kind[parent];
  if (kind === Kind.inc_statement || kind === Kind.dec_statement) return 'update';
  if (kind !== Kind.expression_list || tree.field[parent] !== Field.left) return undefined;
  const statement = tree.parent[parent];
  switch (tree.kind[statement]) {
    case Kind.assignment_statement:
      return tree.kind[childOf(tree, statement, Field.operator)] === Kind['='] ? 'write' : 'update';
    case Kind.short_var_declaration:
      return 'write';
    case Kind.range_clause:
    case Kind.receive_statement:
      return declaresVariables(tree, statement) ? undefined : 'write';
    default:
      return undefined;
  }
}

function arrayReach(operand: Node, types: ScopeTypes | undefined): Reach {
  const kind = types?.underlying(types.typeOf(operand)).kind ?? 'unknown';
  if (kind === 'array') return 'inside';
  return kind === 'unknown' ? 'perhaps' : 'outside';
}

function reachOf(before: Reach, step: Reach): Reach {
  if (before === 'outside' || step === 'outside') return 'outside';
  return before === 'perhaps' ? before : step;
}
