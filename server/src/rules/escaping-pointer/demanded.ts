/**
 * Pointers and maps that others ask for, so that nothing at hand keeps them off the heap: functions of other modules, whoever
 * implements an interface or gives a function, and places whose nil says that there is no value.
 */
import { isWithin } from '../../base/index.ts';
import { type EscapeSite, isLoopVariable } from '../../escape/index.ts';
import { childOf, children, enclosingFunction, Field, firstChild, go, Kind, type Node, unparenthesized } from '../../syntax/index.ts';
import { repetitionOf } from '../kit/repetition.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'file' | 'package' | 'flow'>;

/** `message`: what is to be said. In a branch the pointer may be asked for, but not on every path; what must not be copied is made to be pointed at. */
export function isDemanded(context: Context, site: EscapeSite, message: string): boolean {
  if (isOptional(context, site)) return true;
  const isAssumed = site.sink?.isAssumed === true;
  if (isPerIteration(context, site))
    return isAssumed && !(site.kind === 'moved' ? isReusable(context, site) : isConstantSlice(context, site));
  return isOfAnotherModule(context, site) || message === 'uncopyable' || (isAssumed && message !== 'branch');
}

/** A variable of an iteration that the function around it alone uses, so that one can serve all iterations unless a call keeps its address. */
export function isReusable(context: Context, { kind, node }: EscapeSite): boolean {
  const { tree, scopes } = context;
  const symbol = kind === 'moved' ? scopes.symbolOf(node) : undefined;
  if (symbol === undefined || isLoopVariable(tree, node) || repetitionOf(context, node)?.per !== 'iteration') return false;
  const home = enclosingFunction(tree, node);
  return scopes.references(symbol).every((reference) => enclosingFunction(tree, reference.node) === home);
}

/** What is paid once per call, or in branches that are seldom taken, does not count. */
function isPerIteration(context: Context, { node }: EscapeSite): boolean {
  return isLoopVariable(context.tree, node) || repetitionOf(context, node)?.per === 'iteration';
}

function isOfAnotherModule(context: Context, { sink }: EscapeSite): boolean {
  const called = sink?.kind === 'argument' || sink?.kind === 'receiver' ? sink.called : undefined;
  return (called?.kind === 'function' || called?.kind === 'method') && !isOwn(context.package, called.path);
}

/** Of the standard library each package stands for itself: what they ask of each other is as settled as for everybody else. */
function isOwn({ importPath, module }: Context['package'], path: string): boolean {
  return path === importPath || (module !== undefined && module.path !== '' && isWithin(module.path, path));
}

/** A literal that says the same on every iteration, so that one could stand before the loop. Others belong to whoever gets them. */
function isConstantSlice({ tree, types }: Context, { kind, node }: EscapeSite): boolean {
  if (kind !== 'composite' || types.underlying(types.typeOf(node)).kind !== 'slice') return false;
  const body = tree.kind[node] === Kind.literal_value ? node : go.compositeLiteral.body(tree, node);
  return children(tree, body).every((element) => types.constantOf(firstChild(tree, element)) !== undefined);
}

/** A number, a text or a bool of which only pointers are kept, in fields and elements: nil is what there is without it. */
function isOptional({ tree, types, scopes }: Context, { kind, node }: EscapeSite): boolean {
  const symbol = kind === 'moved' ? scopes.symbolOf(node) : undefined;
  if (symbol === undefined || types.underlying(types.typeOfSymbol(symbol)).kind !== 'basic') return false;
  const addresses = scopes.references(symbol).filter(({ access }) => access === 'address');
  return addresses.length > 0 && addresses.every((reference) => isKeptInside(tree, tree.parent[reference.node]));
}

function isKeptInside(tree: Context['tree'], address: Node): boolean {
  const list = tree.parent[address];
  if (tree.kind[list] === Kind.literal_element) return true;
  const assignment = tree.parent[list];
  if (tree.kind[assignment] !== Kind.assignment_statement) return false;
  const index = children(tree, childOf(tree, assignment, Field.right)).indexOf(address);
  const place = children(tree, go.assignmentStatement.left(tree, assignment))[index];
  return place !== undefined && INSIDE.has(tree.kind[unparenthesized(tree, place)]);
}

const INSIDE: ReadonlySet<number> = new Set([Kind.selector_expression, Kind.index_expression, Kind.unary_expression]);
