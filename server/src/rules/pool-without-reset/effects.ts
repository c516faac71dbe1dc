/**
 * What code does to a value from a pool: starts it afresh, or adds to what is there. Anything that is not understood counts as
 * starting it afresh, so that only what is plainly added to stays dirty. Functions in view are looked into.
 */
import { type Callee, type GoSymbol, isStandardLibrary, type SourceFile, type Type, type Types } from '../../model/index.ts';
import { children, descendants, Field, firstChild, go, isText, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { parameterAt, receiverOf } from '../kit/parameters.ts';

/** A file with its types. */
export interface Scene {
  readonly file: SourceFile;
  readonly types: Types;
}

export interface Effect {
  /** The use of the variable. */
  readonly at: Node;
  /** `extend`: what is in it goes into a longer value, which is not put back into it. */
  readonly kind: 'reset' | 'add' | 'extend';
  /** '' for the value itself, else the field; of a reset also `*`, which is everything. */
  readonly part: string;
}

type Change = Omit<Effect, 'at'>;

const EVERYTHING: readonly Change[] = [{ kind: 'reset', part: '*' }];

/** Functions that are looked into, one inside the other. */
const MAX_DEPTH = 3;

export function effectsOn(scene: Scene, variable: GoSymbol, depth: number = MAX_DEPTH): Effect[] {
  const references = scene.types.scopes.references(variable).filter(({ access }) => access !== 'declare');
  return references.flatMap(({ node }) => effectsAt(scene, node, depth).map((change) => ({ ...change, at: node })));
}

function effectsAt(scene: Scene, node: Node, depth: number): readonly Change[] {
  const { tree } = scene.file;
  const value = throughPointers(tree, node);
  const selector = tree.parent[value];
  if (tree.kind[selector] !== Kind.selector_expression) return valueEffects(scene, value, '', depth);
  const selection = scene.types.selectionOf(selector);
  if (selection?.kind === 'method') return methodEffects(scene, selector, '', depth);
  if (selection?.kind !== 'field') return EVERYTHING;
  const field = textOf(tree, go.selectorExpression.field(tree, selector));
  const whole = throughPointers(tree, selector);
  const outer = tree.parent[whole];
  if (tree.kind[outer] !== Kind.selector_expression) return valueEffects(scene, whole, field, depth);
  return scene.types.selectionOf(outer)?.kind === 'method' ? methodEffects(scene, outer, field, depth) : [];
}

/** The expression with the parentheses around it and the `*` before it. */
function throughPointers(tree: Tree, node: Node): Node {
  let at = node;
  for (;;) {
    const parent = tree.parent[at];
    const isDereference = tree.kind[parent] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, parent)] === Kind['*'];
    if (tree.kind[parent] !== Kind.parenthesized_expression && !isDereference) return at;
    at = parent;
  }
}

/** Places that only look at a value. */
const LOOKS: ReadonlySet<number> = new Set([
  Kind.binary_expression,
  Kind.expression_statement,
  Kind.if_statement,
  Kind.for_clause,
  Kind.inc_statement,
  Kind.dec_statement,
]);

function valueEffects(scene: Scene, value: Node, part: string, depth: number): readonly Change[] {
  const { tree } = scene.file;
  const parent = tree.parent[value];
  const reset: readonly Change[] = [{ kind: 'reset', part: part === '' ? '*' : part }];
  switch (tree.kind[parent]) {
    case Kind.index_expression:
      return indexed(scene, value, parent, part);
    case Kind.argument_list:
      return tree.kind[tree.parent[parent]] === Kind.call_expression
        ? argumentEffects(scene, value, tree.parent[parent], part, depth)
        : reset;
    case Kind.variadic_argument:
      return [];
    case Kind.range_clause:
      return tree.field[value] === Field.left || deletesFrom(tree, parent, value) ? reset : [];
    case Kind.expression_list:
      return listed(scene, value, parent, part);
    default:
      return LOOKS.has(tree.kind[parent]) ? [] : reset;
  }
}

/** Whether the loop over a map deletes from it: what older code writes for `clear`. */
function deletesFrom(tree: Tree, clause: Node, value: Node): boolean {
  const calls = descendants(tree, tree.parent[clause], Kind.call_expression);
  return calls.some((call) => isText(tree, go.callExpression.function(tree, call), 'delete') && isGivenFirst(tree, call, value));
}

/** A map that is looked up before it is stored into may be meant to remember. */
function indexed({ file: { tree }, types }: Scene, value: Node, index: Node, part: string): readonly Change[] {
  if (go.indexExpression.operand(tree, index) !== value || types.underlying(types.typeOf(value)).kind !== 'map') return [];
  const list = tree.parent[index];
  if (tree.kind[list] === Kind.inc_statement) return [];
  const isTarget = tree.kind[list] === Kind.expression_list && tree.field[list] === Field.left;
  return [{ kind: isTarget ? 'add' : 'reset', part: isTarget || part !== '' ? part : '*' }];
}

/** Element of a list: the target of an assignment, or a value that is assigned, returned or ranged over. */
function listed({ file: { tree }, types }: Scene, value: Node, list: Node, part: string): readonly Change[] {
  const statement = tree.parent[list];
  const reset: readonly Change[] = [{ kind: 'reset', part: part === '' ? '*' : part }];
  if (tree.kind[statement] === Kind.range_clause) return tree.field[list] === Field.left ? reset : [];
  if (tree.kind[statement] !== Kind.assignment_statement || tree.field[list] !== Field.left) {
    return part !== '' && types.underlying(types.typeOf(value)).kind === 'basic' ? [] : reset;
  }
  const operator = textOf(tree, go.assignmentStatement.operator(tree, statement));
  const under = types.underlying(types.typeOf(value));
  if (operator === '+=') return under.kind === 'basic' && under.name === 'string' ? [{ kind: 'add', part }] : [];
  const given = children(tree, go.assignmentStatement.right(tree, statement));
  const source = given[children(tree, list).indexOf(value)];
  return source !== undefined && isGivenFirst(tree, source, value) ? [] : reset;
}

/** Whether the node is a call with the value, or with what such a call makes of it, as its first argument, which then says what becomes of it. */
function isGivenFirst(tree: Tree, node: Node, value: Node): boolean {
  const text = textOf(tree, value);
  for (let at = node; tree.kind[at] === Kind.call_expression; ) {
    at = firstChild(tree, go.callExpression.arguments(tree, at));
    if (textOf(tree, at) === text) return true;
  }
  return false;
}

function argumentEffects(scene: Scene, value: Node, call: Node, part: string, depth: number): readonly Change[] {
  const { tree } = scene.file;
  const { types } = scene;
  const given = children(tree, go.callExpression.arguments(tree, call));
  const index = given.indexOf(value);
  const callee = types.calleeOf(call);
  const reset: readonly Change[] = [{ kind: 'reset', part: part === '' ? '*' : part }];
  const kind = isGivenBack(tree, call, value) ? 'add' : 'extend';
  if (callee.kind === 'builtin') return builtinEffects(callee.name, index, { kind, part });
  if (callee.kind === 'method' && callee.path === 'sync' && callee.name === 'Pool.Put') return [];
  const isNamed = callee.kind === 'function' || callee.kind === 'method';
  const type = types.typeOf(value);
  if (isCopied(types, type)) return index === 0 && isNamed && APPENDS.test(callee.name) ? [{ kind, part }] : [];
  if (!isNamed) return reset;
  if (isStandardLibrary(callee.path)) return isTextBuffer(type) && index === 0 ? [{ kind: 'add', part }] : reset;
  return part === '' ? calleeEffects(scene, callee, index, depth) : reset;
}

/** Functions that return their first argument with more behind it. */
const APPENDS = /^append|[.]?Append/;

/** Whether a function that is given the value cannot change how much the caller's variable holds. */
function isCopied(types: Types, type: Type): boolean {
  const { kind } = types.underlying(type);
  return kind === 'basic' || kind === 'slice';
}

/** Whether what a call makes of its first argument becomes the argument itself, be it after more such calls. */
function isGivenBack(tree: Tree, call: Node, value: Node): boolean {
  let at = call;
  while (tree.kind[tree.parent[at]] === Kind.argument_list && firstChild(tree, tree.parent[at]) === at) at = tree.parent[tree.parent[at]];
  const list = tree.parent[at];
  const statement = tree.parent[list];
  if (tree.kind[list] !== Kind.expression_list || tree.kind[statement] !== Kind.assignment_statement) return false;
  const target = children(tree, go.assignmentStatement.left(tree, statement))[children(tree, list).indexOf(at)];
  return target !== undefined && textOf(tree, target) === textOf(tree, value);
}

function builtinEffects(name: string, index: number, added: Change): readonly Change[] {
  const { part } = added;
  if (name === 'append' && index === 0) return [added];
  return name === 'clear' || name === 'delete' ? [{ kind: 'reset', part: part === '' ? '*' : part }] : [];
}

/** Methods and functions that, by their names, leave nothing behind of what was. */
const RESETS =
  /reset|clear|clean|init|truncate|free|release|recycle|drain|close|empty|zero|setup|wipe|dispose|return|restore|^put|^start|^begin/i;
/** Methods of buffers, writers and hashes that add to what they hold. */
const ADDS = /^(?:Write(?!To$)|ReadFrom$|Append)/;
/** Methods of these that leave what they hold as it is. */
const LEAVES = /^(?:String|Bytes|Len|Cap|Grow|Available|AvailableBuffer|Size|BlockSize|Buffered)$|^Sum/;

function methodEffects(scene: Scene, selector: Node, part: string, depth: number): readonly Change[] {
  const { tree } = scene.file;
  const { types } = scene;
  const call = tree.parent[selector];
  const reset: readonly Change[] = [{ kind: 'reset', part: part === '' ? '*' : part }];
  if (tree.kind[call] !== Kind.call_expression || tree.field[selector] !== Field.function) return reset;
  const name = textOf(tree, go.selectorExpression.field(tree, selector));
  const type = types.typeOf(go.selectorExpression.operand(tree, selector));
  const callee = types.calleeOf(call);
  if (part === '' && callee.kind === 'method' && !isStandardLibrary(callee.path)) return calleeEffects(scene, callee, -1, depth);
  if (RESETS.test(name)) return reset;
  if (types.lookupFieldOrMethod(type, 'Reset')?.kind !== 'method') return part === '' ? reset : [];
  if (ADDS.test(name)) return [{ kind: 'add', part }];
  return LEAVES.test(name) ? [] : reset;
}

/** What a function in view does to its parameter (-1: its receiver), as if it were done where it is called. */
function calleeEffects(scene: Scene, callee: Callee, index: number, depth: number): readonly Change[] {
  const declaration = callee.kind === 'method' || callee.kind === 'function' ? callee.declaration : undefined;
  const types = declaration === undefined ? undefined : scene.types.typesIn(declaration.file);
  if (declaration === undefined || types === undefined || depth === 0) return EVERYTHING;
  if (go.functionDeclaration.body(declaration.file.tree, declaration.node) === NONE) return EVERYTHING;
  const parameter = index < 0 ? receiverOf(types, declaration) : parameterAt(types, declaration, index);
  if (parameter === undefined) return EVERYTHING;
  const effects = effectsOn({ file: declaration.file, types }, parameter, depth - 1);
  const resets = effects.filter(({ kind }) => kind === 'reset');
  const adds = effects.filter(({ kind, part }) => kind !== 'reset' && !resets.some((each) => each.part === part || each.part === '*'));
  return [...resets, ...adds].map(({ kind, part }) => ({ kind, part }));
}

function isTextBuffer(type: Type): boolean {
  const inner = type.kind === 'pointer' ? type.element : type;
  if (inner.kind !== 'named') return false;
  return `${inner.path}.${inner.name}` === 'bytes.Buffer' || `${inner.path}.${inner.name}` === 'strings.Builder';
}
