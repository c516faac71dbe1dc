/** What a literal's captures cost, and whether they need to: one report for each variable that it need not share, one for the rest. */
import { type CapturedVariable, type EscapeSite, isLoopVariable } from '../../escape/index.ts';
import { type GoSymbol, Since } from '../../model/index.ts';
import { ancestor, encloses, enclosingFunction, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { isHot } from '../kit/hot-code.ts';
import { noteAt } from '../kit/places.ts';
import type { RelatedPlace, Report, RuleContext } from '../rule.ts';
import { copyFixes, fieldFixes, scratchFixes } from './fix.ts';
import {
  changeOutside,
  fieldsUsed,
  isPointedTo,
  isReadOnlyInside,
  isScratch,
  isShared,
  mayAwaitChange,
  type Uses,
  usesOf,
} from './uses.ts';

/** Bytes of the largest variable that closures copy. */
const COPY_LIMIT = 128;

/** A captured variable that is on the heap because the closure holds it by reference. */
interface Held extends CapturedVariable {
  readonly cause: NonNullable<CapturedVariable['cause']>;
  readonly isCertain: boolean;
}

/** `isLittle`: whether a variable is not worth a word unless its sharing is a mistake. */
export function captureReports(
  context: RuleContext,
  literal: Node,
  closure: EscapeSite,
  captures: readonly CapturedVariable[],
  isLittle: (symbol: GoSymbol) => boolean,
): Report[] {
  const reports: Report[] = [];
  const shared: Held[] = [];
  for (const captured of captures) {
    const held = heldOnHeap(context, literal, closure, captured);
    const decision = held === undefined ? 'none' : decide(context, literal, closure, held);
    if (held === undefined || decision === 'none') continue;
    if (isLittle(held.symbol) && (decision === 'shared' || decision.message !== 'scratch')) continue;
    if (decision !== 'shared') reports.push(reportOf(context, literal, closure, held, decision));
    else if (isWorthAWord(context, literal, held)) shared.push(held);
  }
  return shared.length === 0 ? reports : [...reports, sharedReport(context, literal, closure, shared)];
}

function heldOnHeap(context: RuleContext, literal: Node, closure: EscapeSite, { symbol, cause }: CapturedVariable): Held | undefined {
  const { tree, file } = context;
  if (cause === undefined || symbol.owner !== enclosingFunction(tree, literal)) return undefined;
  // Older loops share their variables; loop-variable-capture speaks of them.
  if (isLoopVariable(tree, symbol.declaration) && file.go < Since.iterationVariables) return undefined;
  const variable = context.escape.siteAt(file, symbol.declaration);
  if (variable?.gcSays !== 'heap' || variable.begins !== 'capture-reference') return undefined;
  const isCertain = closure.certainty === 'certain' && variable.certainty === 'certain' && cause.reason !== 'address-perhaps';
  return { symbol, cause, isCertain };
}

type Decision = Pick<Report, 'message' | 'data' | 'fixes'>;

/** `shared`: someone changes the variable while the closure has it. */
function decide(context: RuleContext, literal: Node, closure: EscapeSite, held: Held): Decision | 'shared' | 'none' {
  const { types, tree } = context;
  const { symbol, cause } = held;
  const type = types.typeOfSymbol(symbol);
  const uses = usesOf(context, symbol);
  if (isShared(types, type) || isForwardDeclared(context, symbol)) return 'none';
  if (isScratch(context, symbol, literal, uses)) return { message: 'scratch', fixes: scratchFixes(context, literal, symbol, uses) };
  if (!isReadOnlyInside(uses) || isPointedTo(tree, uses)) return isDeferred(tree, literal) ? 'none' : 'shared';
  const change = changeOutside(context, symbol, literal, uses);
  const size = types.sizeOf(type) ?? 0;
  if (size > COPY_LIMIT) return change === 'never' ? decideLarge(context, literal, uses, size) : 'shared';
  if (change === 'later' && (isDeferred(tree, literal) || isNeededToAssign(context, closure, symbol))) return 'none';
  if (change === 'later' && isSpawned(tree, literal) && mayAwaitChange(tree, literal, uses)) return 'shared';
  if (change === 'later' && !isSpawned(tree, literal)) return { message: 'later', fixes: copyFixes(context, literal, symbol, 'unsafe') };
  const isWritten = cause.reason === 'written';
  const isSafe = isWritten && change === 'never' && uses.outside.every((use) => use.access !== 'address');
  return { message: isWritten ? 'assigned' : 'address', fixes: copyFixes(context, literal, symbol, isSafe ? 'safe' : 'suggestion') };
}

/** Copies of more fields than this are more trouble than the variable is. */
const FEW_FIELDS = 3;

/** Closures that use most of a large variable, or share it among them, have no cheaper way to hold it. */
function decideLarge(context: RuleContext, literal: Node, uses: Uses, size: number): Decision | 'none' {
  const { tree } = context;
  const fields = fieldsUsed(tree, uses);
  const isAlone = uses.inside.every((use) => encloses(tree, literal, use.node));
  const few = new Set(fields?.map((field) => textOf(tree, field))).size <= FEW_FIELDS;
  return fields === undefined || !isAlone || !few
    ? 'none'
    : { message: 'large', data: { size }, fixes: fieldFixes(context, literal, fields) };
}

/** `var f func()`, to which a literal is assigned later that calls itself or the others: they need the variable. */
function isForwardDeclared({ tree, scopes, types }: RuleContext, symbol: GoSymbol): boolean {
  if (types.underlying(types.typeOfSymbol(symbol)).kind !== 'function') return false;
  return scopes.references(symbol).some((reference) => {
    const statement = reference.access === 'write' ? ancestor(tree, reference.node, Kind.assignment_statement) : NONE;
    return statement !== NONE && tree.kind[firstChild(tree, go.assignmentStatement.right(tree, statement))] === Kind.func_literal;
  });
}

/** `v = start(options)` where the options hold the literal: the closure is there before the value can be. */
function isNeededToAssign({ tree, scopes, file }: RuleContext, closure: EscapeSite, symbol: GoSymbol): boolean {
  return scopes.references(symbol).some(({ node, access }) => {
    const statement = access === 'read' ? NONE : ancestor(tree, node, Kind.assignment_statement, Kind.short_var_declaration);
    const { start, end } = { start: tree.start[statement], end: tree.end[statement] };
    return statement !== NONE && closure.steps.some(({ at }) => at.path === file.path && start <= at.range.start && at.range.start < end);
  });
}

/** What a deferred literal looks at is what the function has come to by then. */
function isDeferred(tree: Tree, literal: Node): boolean {
  return tree.kind[tree.parent[tree.parent[literal]]] === Kind.defer_statement;
}

export function isSpawned(tree: Tree, literal: Node): boolean {
  return tree.kind[tree.parent[tree.parent[literal]]] === Kind.go_statement;
}

/**
 * A literal that is handed to a call and fills in what the call finds is how Go asks such functions for a result: worth a word
 * only where it is paid for again and again.
 */
function isWorthAWord(context: RuleContext, literal: Node, held: Held): boolean {
  const isHandedOver =
    context.escape.siteAt(context.file, literal)?.begins === 'argument' ||
    context.tree.kind[context.tree.parent[literal]] === Kind.argument_list;
  if (isHandedOver && !isHot(context, held.symbol.declaration)) return false;
  return isFirstToShare(context, literal, held);
}

/** Whether no literal before this one already keeps the variable on the heap. */
function isFirstToShare(context: RuleContext, literal: Node, { symbol }: Held): boolean {
  const { tree, scopes, file } = context;
  return scopes.references(symbol).every((reference) => {
    let outermost = NONE;
    for (let at = reference.within; at !== symbol.owner && at !== NONE; at = enclosingFunction(tree, at)) outermost = at;
    return outermost === NONE || outermost >= literal || context.escape.siteAt(file, outermost)?.gcSays !== 'heap';
  });
}

function reportOf(context: RuleContext, literal: Node, closure: EscapeSite, held: Held, decision: Decision): Report {
  return {
    ...baseReport(context, literal, closure, [held]),
    ...decision,
    data: { ...decision.data, name: held.symbol.name, sink: closure.sink?.text ?? '' },
  };
}

function sharedReport(context: RuleContext, literal: Node, closure: EscapeSite, shared: readonly Held[]): Report {
  const names = shared.map((held) => held.symbol.name);
  const isOne = names.length === 1;
  return {
    ...baseReport(context, literal, closure, shared),
    message: 'shared',
    data: {
      sink: closure.sink?.text ?? '',
      name: isOne ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`,
      count: isOne ? 'it is allocated' : `${names.length} variables are allocated one by one`,
      advice: adviceFor(context, literal, names.length),
    },
  };
}

function adviceFor({ tree }: RuleContext, literal: Node, count: number): string {
  if (count > 1) return ' Fields of one struct would be one allocation.';
  return isSpawned(tree, literal) ? '' : ' A struct with a method holds such state in one allocation.';
}

function causeOf({ symbol, cause }: Held): string {
  switch (cause.reason) {
    case 'written':
      return `${symbol.name} is assigned here`;
    case 'address':
      return `the address of ${symbol.name} is taken here`;
    case 'address-perhaps':
      return `the address of ${symbol.name} may be taken here`;
    case 'size':
      return `${symbol.name} is declared here`;
  }
}

function baseReport(context: RuleContext, literal: Node, closure: EscapeSite, variables: readonly Held[]): Omit<Report, 'message'> {
  const start = context.tree.start[literal];
  const causes = variables.map((held): RelatedPlace => noteAt(context.file, held.cause.at, causeOf(held)));
  const isEveryIteration = variables.some(({ symbol }) => isHot(context, symbol.declaration));
  return {
    at: { start, end: start + 'func'.length },
    related: [...causes, ...closure.steps],
    certainty: variables.every(({ isCertain }) => isCertain) ? 'certain' : 'possible',
    ...(isEveryIteration && { severity: 'information' }),
  };
}
