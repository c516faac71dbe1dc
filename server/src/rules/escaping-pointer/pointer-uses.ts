/**
 * What may stay of a pointer's uses when the variable, or the result of a call, becomes the value it points at. Allowed is what
 * means the same for a value that nobody else holds: its fields and elements, `*p`, calls of its methods, and functions that only
 * look at what they get. Whatever would copy the pointer, compare it or keep it is refused.
 */
import type { Selection, SourceFile, Types } from '../../model/index.ts';
import { children, Field, go, Kind, type Node } from '../../syntax/index.ts';
import type { FileEdit, RuleContext } from '../rule.ts';

type Method = Extract<Selection, { readonly kind: 'method' }>;

/** One use: the identifier, or the call that gives the pointer. */
export interface Use {
  readonly file: SourceFile;
  readonly types: Types;
  readonly node: Node;
  /** `pointer`: the use speaks of a pointer that is to become a value. `value`: of a variable that is one already. */
  readonly form: 'pointer' | 'value';
  /** Whether the value will have an address: a variable has, a call's result has not. */
  readonly isAddressable: boolean;
  /** Whether it was nil sometimes, which a method or function may ask about. */
  readonly mayBeNil: boolean;
  readonly escape: RuleContext['escape'];
}

/** Edits that keep the use as it was; undefined where it cannot be kept, `whole` where the pointer itself is used. */
export function keptUse(use: Use): readonly FileEdit[] | 'whole' | undefined {
  const { file, types, node, form } = use;
  const { tree } = file;
  const parent = tree.parent[node];
  if (form === 'pointer' && isUnary(use, parent, Kind['*'])) return stayInside(use, parent, true) ? starEdits(use, parent) : undefined;
  const isPart = tree.kind[parent] === Kind.selector_expression || tree.kind[parent] === Kind.index_expression;
  if (form === 'pointer' && !(isPart && tree.field[node] === Field.operand)) return 'whole';
  if (form === 'value' && isUnary(use, parent, Kind['&'])) return isOnlyRead(use, parent) ? [] : undefined;
  const isArrayPointer = form === 'pointer' && tree.kind[parent] === Kind.index_expression;
  if (isArrayPointer && elementKind(types, node) !== 'array') return undefined;
  return stayInside(use, node, false) ? [] : undefined;
}

/** `*p` without its star, and without the parentheses that only the star needs. */
function starEdits({ file, node }: Use, star: Node): readonly FileEdit[] {
  const { tree, path } = file;
  const parent = tree.parent[star];
  const isWrapped = tree.kind[parent] === Kind.parenthesized_expression && tree.field[parent] === Field.operand;
  const outer = isWrapped ? parent : star;
  const edits = [{ path, range: { start: tree.start[outer], end: tree.start[node] }, newText: '' }];
  return isWrapped ? [...edits, { path, range: { start: tree.end[node], end: tree.end[outer] }, newText: '' }] : edits;
}

/**
 * Follows the expression outward while it names a part of the value's own memory: nothing may take that part's address but a
 * method that lets go of it, and only a variable may be written.
 */
function stayInside(use: Use, from: Node, isValueAlready: boolean): boolean {
  const { tree } = use.file;
  let at = from;
  let isPointer = use.form === 'pointer' && !isValueAlready;
  for (;;) {
    const parent = tree.parent[at];
    const kind = tree.kind[parent];
    const isOperand = tree.field[at] === Field.operand;
    if (kind === Kind.parenthesized_expression) {
      at = parent;
      continue;
    }
    if (isUnary(use, parent, Kind['&'])) return false;
    if (!isOperand) return use.isAddressable || !isAssigned(use, at);
    const under = isPointer ? 'value' : use.types.underlying(use.types.typeOf(at)).kind;
    if (under === 'unknown') return false;
    if (kind === Kind.slice_expression || (kind === Kind.index_expression && !isPointer && under !== 'array')) return under !== 'array';
    if (kind === Kind.selector_expression) {
      if (under === 'pointer' || under === 'interface') return true;
      const selection = use.types.selectionOf(parent);
      if (selection?.kind === 'method') return isHarmlessMethod(use, parent, selection);
      if (selection?.kind !== 'field') return false;
      if (isElsewhere(use.types, selection)) return true;
    }
    at = parent;
    isPointer = false;
  }
}

function elementKind(types: Types, node: Node): string {
  const under = types.underlying(types.typeOf(node));
  return under.kind === 'pointer' ? types.underlying(under.element).kind : under.kind;
}

/** Whether the way to the field or method leads out of the value's own memory. */
function isElsewhere(types: Types, { through }: Pick<Method, 'through'>): boolean {
  return through.some((field) => ['pointer', 'interface'].includes(types.underlying(field.type).kind));
}

/** A call of a method on the value, or of one that gives back the receiver's address no further than its own frame. */
function isHarmlessMethod(use: Use, selector: Node, selection: Method): boolean {
  const { tree } = use.file;
  const call = tree.parent[selector];
  if (tree.kind[call] !== Kind.call_expression || go.callExpression.function(tree, call) !== selector) return false;
  if (!selection.hasPointerReceiver || isElsewhere(use.types, selection)) return true;
  if (!use.isAddressable || use.mayBeNil || isSpawned(use, call) || selection.declaration === undefined) return false;
  return isLetGo(use, selection.declaration, 0);
}

/** Whether the expression, a pointer, is an argument that the called function of the package only looks at. */
export function isOnlyRead(use: Use, argument: Node): boolean {
  const { tree } = use.file;
  const list = tree.parent[argument];
  const call = tree.parent[list];
  if (tree.kind[list] !== Kind.argument_list || tree.kind[call] !== Kind.call_expression || isSpawned(use, call)) return false;
  if (use.mayBeNil || !use.isAddressable) return false;
  const callee = use.types.calleeOf(call);
  if ((callee.kind !== 'function' && callee.kind !== 'method') || callee.declaration === undefined) return false;
  const index = children(tree, list).indexOf(argument);
  const type = use.types.typeOf(go.callExpression.function(tree, call));
  if (type.kind !== 'function' || type.typeParameters !== undefined) return false;
  const isLast = index >= type.parameters.length - 1;
  if ((type.isVariadic && isLast) || type.parameters[index]?.kind !== 'pointer') return false;
  return isLetGo(use, callee.declaration, callee.kind === 'method' ? index + 1 : index);
}

/** Whether the parameter's value is gone when the function returns, also in the worst case of what it calls. */
function isLetGo(use: Use, { file, node }: { readonly file: SourceFile; readonly node: Node }, slot: number): boolean {
  const leaks = use.escape.leaksOf(file, node, slot)?.possible;
  return leaks !== undefined && leaks.heap !== 0 && leaks.results.every((derefs) => derefs !== 0);
}

function isSpawned({ file: { tree } }: Use, call: Node): boolean {
  const kind = tree.kind[tree.parent[call]];
  return kind === Kind.go_statement || kind === Kind.defer_statement;
}

function isAssigned({ file: { tree } }: Use, node: Node): boolean {
  const parent = tree.parent[node];
  const kind = tree.kind[parent];
  if (kind === Kind.inc_statement || kind === Kind.dec_statement) return true;
  return kind === Kind.expression_list && tree.field[parent] === Field.left;
}

/** Whether the use only writes over what is there, which is no use to the compiler once the star is gone. */
export function isOverwritten(use: Use): boolean {
  const { tree } = use.file;
  const star = tree.parent[use.node];
  return isUnary(use, star, Kind['*']) && isAssigned(use, star);
}

function isUnary({ file: { tree } }: Use, node: Node, operator: number): boolean {
  return tree.kind[node] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, node)] === operator;
}
