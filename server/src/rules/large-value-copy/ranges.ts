/** What a range loop copies: the whole of an array before its first iteration, and on each iteration the element. */
import { type GoSymbol, placeOf, type Type } from '../../model/index.ts';
import { children, declaresVariables, firstChild, go, isText, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { disturbsComment, insertAtBlockStart, insertion, replacement, unusedName } from '../kit/edits.ts';
import { isRunOnce } from '../kit/hot-code.ts';
import { repetitionOf } from '../kit/repetition.ts';
import { isShort } from '../kit/short-loops.ts';
import type { Report, RuleContext, RuleFix } from '../rule.ts';
import type { Context } from './rule.ts';
import { typeName } from './type-name.ts';
import { isChangedIn, isReadInParts } from './uses.ts';

interface Range {
  readonly statement: Node;
  readonly clause: Node;
  /** NONE where it is left out. */
  readonly index: Node;
  readonly value: Node;
  readonly operand: Node;
}

/** The copy a for_statement makes, if it is a range loop with a value that makes a large one. */
export function rangeCopy(context: Context, statement: Node): Report | undefined {
  const { tree, types } = context;
  const clause = firstChild(tree, statement);
  if (tree.kind[clause] !== Kind.range_clause || isRunOnce(tree, statement)) return undefined;
  const left = go.rangeClause.left(tree, clause);
  const [index, value] = left === NONE ? [] : children(tree, left);
  if (value === undefined || isText(tree, value, '_')) return undefined;
  if (isLeftOut(context, statement)) return undefined;
  const range = { statement, clause, index, value, operand: go.rangeClause.right(tree, clause) };
  const type = types.underlying(types.typeOf(range.operand));
  return type.kind === 'array' ? arrayCopy(context, range) : elementCopy(context, range, type);
}

/** Whether a constant that is false keeps the statement out of what is compiled. */
function isLeftOut({ tree, types }: Context, statement: Node): boolean {
  for (let at = statement; at !== NONE; at = tree.parent[at]) {
    const around = tree.parent[at];
    if (tree.kind[around] !== Kind.if_statement || go.ifStatement.consequence(tree, around) !== at) continue;
    if (types.constantOf(go.ifStatement.condition(tree, around)) === false) return true;
  }
  return false;
}

function arrayCopy(context: Context, range: Range): Report | undefined {
  const { tree, types, options } = context;
  const { operand, statement, value } = range;
  const size = types.sizeOf(types.typeOf(operand));
  const root = rootOfArray(context, operand);
  if (size === undefined || size <= options.bytes || root === undefined || isChangedIn(context, root, statement)) return undefined;
  return {
    at: { start: tree.start[operand], end: tree.end[operand] },
    message: 'array',
    data: { type: typeName(context, operand), size, value: textOf(tree, value), array: textOf(tree, operand) },
    fixes: arrayFixes(context, range),
    ...severityOf(context, statement),
  };
}

/** The variable that an array has its address by: its own, or that of the slice or array it is an element of. */
function rootOfArray(context: Context, operand: Node): GoSymbol | undefined {
  const { tree, types } = context;
  if (tree.kind[operand] !== Kind.index_expression) return placeOf(context, operand)?.root;
  const list = go.indexExpression.operand(tree, operand);
  const place = placeOf(context, list);
  return ADDRESSABLE.has(types.underlying(types.typeOf(list)).kind) ? place?.root : undefined;
}

/** Kinds of what has elements with an address, where it has one itself. */
const ADDRESSABLE: ReadonlySet<Type['kind']> = new Set(['slice', 'array', 'pointer']);

function arrayFixes(context: Context, { operand, clause }: Range): RuleFix[] {
  const { tree } = context;
  if (disturbsComment(tree, clause, [])) return [];
  const array = textOf(tree, operand);
  const edits = [insertion(tree.start[operand], '&')];
  const title = `Range over &${array}`;
  if (isPrivate(context, operand)) return [{ title, safety: 'safe', edits }];
  return [{ title: `${title}; what changes the array during the loop is then seen by it`, safety: 'suggestion', edits }];
}

/** Whether the operand is a local variable that nothing but the statements of its own function can change. */
function isPrivate({ tree, scopes }: Context, operand: Node): boolean {
  const symbol = tree.kind[operand] === Kind.identifier ? scopes.symbolOf(operand) : undefined;
  if (symbol === undefined || symbol.owner === NONE) return false;
  return scopes.references(symbol).every(({ access, within, mayTakeAddress }) => {
    if (access === 'address' || mayTakeAddress === true) return false;
    return access === 'read' || within === symbol.owner;
  });
}

function elementCopy(context: Context, range: Range, type: Type): Report | undefined {
  const { tree, types, scopes, options } = context;
  const { statement, value, operand } = range;
  const element = elementOf(context, type);
  const size = element === undefined ? undefined : types.sizeOf(element);
  if (size === undefined || size <= options.bytes) return undefined;
  const symbol = declaresVariables(tree, range.clause) ? scopes.symbolOf(value) : undefined;
  if (symbol === undefined || !isReadInParts(context, symbol) || isShort(context, statement)) return undefined;
  const root = placeOf(context, operand)?.root;
  if (root !== undefined && isChangedIn(context, root, go.forStatement.body(tree, statement))) return undefined;
  return {
    at: { start: tree.start[value], end: tree.end[value] },
    message: 'element',
    data: { type: typeName(context, value), size, name: textOf(tree, value) },
    fixes: elementFixes(context, range),
    ...severityOf(context, statement),
  };
}

/** Type of the elements that have an address: those of a slice, and of an array behind a pointer. */
function elementOf({ types }: Context, type: Type): Type | undefined {
  if (type.kind === 'slice') return type.element;
  const array = type.kind === 'pointer' ? types.underlying(type.element) : undefined;
  return array?.kind === 'array' ? array.element : undefined;
}

function elementFixes(context: Context, { statement, clause, index, value, operand }: Range): RuleFix[] {
  const { tree, scopes } = context;
  const place = placeOf(context, operand);
  const list = go.rangeClause.left(tree, clause);
  const counter = isText(tree, index, '_') ? undefined : scopes.symbolOf(index);
  const isCounterChanged =
    counter !== undefined && scopes.references(counter).some(({ access }) => access !== 'read' && access !== 'declare');
  if (place === undefined || isCounterChanged || disturbsComment(tree, clause, [])) return [];
  const name = counter === undefined ? unusedName(tree, scopes, 'i', statement) : counter.name;
  if (name === place.root.name) return [];
  const slice = textOf(tree, operand);
  const pointer = `${textOf(tree, value)} := &${slice}[${name}]`;
  const taken = insertAtBlockStart(tree, go.forStatement.body(tree, statement), [pointer]);
  if (taken === undefined) return [];
  const title = `Take a pointer to the element; what changes elements of ${slice} during an iteration is then seen by it`;
  return [{ title, safety: 'suggestion', edits: [replacement(tree, list, name), taken] }];
}

function severityOf(context: Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file' | 'flow'>, statement: Node): Pick<Report, 'severity'> {
  return repetitionOf(context, statement) === undefined ? {} : { severity: 'information' };
}
