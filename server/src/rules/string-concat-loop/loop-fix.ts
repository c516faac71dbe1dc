/**
 * A strings.Builder beside the variable, for the time of the loop: parameters and results have to stay strings, and others may be set anew or be
 * captured once the loop is done. Between its first iteration and its end nobody may look at the variable but the loop itself: where it goes on
 * elsewhere, the variable gets its value first.
 */
import { type GoSymbol, isStandardLibrary, type Reference } from '../../model/index.ts';
import {
  ancestor,
  children,
  descendants,
  encloses,
  enclosingFunction,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textOf,
} from '../../syntax/index.ts';
import { insertAfter, insertBefore, unusedName } from '../kit/edits.ts';
import { importEdits, packageNameAt } from '../kit/imports.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import { concatenationsOf, editsFor, lengthQuestion, readsBeside } from './builder-edits.ts';
import { growingLoop } from './concatenations.ts';

/** Undefined where somebody else may see the variable while the loop runs, or the loop is left for elsewhere. */
export function loopFix<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, loop: Node): RuleFix | undefined {
  const { tree, file, scopes } = context;
  const place = statementOf(tree, loop);
  const references = scopes.references(symbol);
  const inside = references.filter(({ node }) => encloses(tree, loop, node));
  const concatenations = concatenationsOf(context, symbol, inside);
  const isHandled = ({ node, access }: Reference): boolean => access === 'read' || concatenations.some(({ target }) => target === node);
  if (place === NONE || isEndless(tree, loop) || leavesFar(tree, loop)) return undefined;
  if (!inside.every(isHandled) || !isAlone(tree, symbol, references, loop)) return undefined;
  const strings = packageNameAt(file, scopes, 'strings', loop);
  const imports = importEdits(file, { add: strings?.add ?? [] });
  const building = {
    symbol,
    name: unusedName(tree, scopes, `${symbol.name}Builder`, loop, loopsBefore(context, symbol, references, loop)),
  };
  const reads = readsBeside(concatenations, inside);
  const edits = editsFor(context, building, concatenations, reads);
  if (strings === undefined || imports === undefined || edits === undefined) return undefined;
  const before = [`var ${building.name} ${strings.name}.Builder`];
  if (reads.length > 0) before.push(`${building.name}.WriteString(${symbol.name})`);
  const taken = `${symbol.name} ${reads.length > 0 ? '=' : '+='} ${building.name}.String()`;
  const returns = symbol.role === 'result' ? bareReturns(tree, loop) : [];
  const all = [...imports, insertBefore(tree, place, before), ...edits, ...takingEdits(tree, loop, returns, taken)];
  return { edits: all, ...standing(context, symbol, loop, reads) };
}

/** Earlier loops that build the variable: each gets a name of its own, so that one run can mend all. */
function loopsBefore<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, references: readonly Reference[], loop: Node): number {
  const grown = concatenationsOf(context, symbol, references).map((each) => growingLoop(context, each));
  return new Set(grown.filter((each) => each !== NONE && each < loop)).size;
}

/** The statement of a list that is the loop, with its label; NONE where there is none. */
function statementOf(tree: Tree, loop: Node): Node {
  const statement = tree.kind[tree.parent[loop]] === Kind.labeled_statement ? tree.parent[loop] : loop;
  return tree.kind[tree.parent[statement]] === Kind.statement_list ? statement : NONE;
}

/** Whether only a jump ends the loop: then nothing may stand behind it. */
function isEndless(tree: Tree, loop: Node): boolean {
  const clause = firstChild(tree, loop);
  if (tree.kind[clause] === Kind.for_clause) return go.forClause.condition(tree, clause) === NONE;
  return clause === go.forStatement.body(tree, loop);
}

/** Whether closures and pointers to the variable, if there are any, come after the loop for good. */
function isAlone(tree: Tree, symbol: GoSymbol, references: readonly Reference[], loop: Node): boolean {
  const shared = references.filter(({ access, within }) => access === 'address' || within !== symbol.owner);
  if (shared.length === 0) return true;
  const around = ancestor(tree, loop, Kind.for_statement, Kind.func_literal, Kind.function_declaration, Kind.method_declaration);
  return tree.kind[around] !== Kind.for_statement && shared.every(({ node }) => node >= tree.next[loop]);
}

/** Whether control may leave the loop for another place than the statement behind it, other than by a return; or jump in the function at all. */
function leavesFar(tree: Tree, loop: Node): boolean {
  const fn = enclosingFunction(tree, loop);
  if (descendants(tree, fn, Kind.goto_statement).length > 0) return true;
  return [Kind.break_statement, Kind.continue_statement]
    .flatMap((kind) => descendants(tree, loop, kind))
    .some((jump) => {
      const [label] = children(tree, jump);
      return label !== undefined && !isLabelWithin(tree, loop, jump, textOf(tree, label));
    });
}

function isLabelWithin(tree: Tree, loop: Node, jump: Node, label: string): boolean {
  for (let up = tree.parent[jump]; up !== tree.parent[tree.parent[loop]] && up !== NONE; up = tree.parent[up]) {
    if (tree.kind[up] === Kind.labeled_statement && textOf(tree, children(tree, up)[0]) === label) return true;
  }
  return false;
}

/** Returns of the loop's own function that give back the results as they are. */
function bareReturns(tree: Tree, loop: Node): Node[] {
  const fn = enclosingFunction(tree, loop);
  return descendants(tree, loop, Kind.return_statement).filter(
    (node) => children(tree, node).length === 0 && enclosingFunction(tree, node) === fn,
  );
}

function takingEdits(tree: Tree, loop: Node, returns: readonly Node[], taken: string): readonly FileEdit[] {
  return [...returns.map((node) => insertBefore(tree, node, [taken])), insertAfter(tree, loop, [taken])];
}

/** Title and safety: a person should look where the loop reads the text, or where a panic in it may be caught, and the result be seen half built. */
function standing<O extends Options>(
  context: RuleContext<O>,
  symbol: GoSymbol,
  loop: Node,
  reads: readonly Reference[],
): Pick<RuleFix, 'title' | 'safety'> {
  const title = `Build ${symbol.name} in a strings.Builder while the loop runs`;
  if (symbol.role === 'result' && mayRecover(context, loop))
    return { title: `${title}; a panic that is recovered would leave it as it was before`, safety: 'suggestion' };
  const isRead = reads.some(({ node }) => lengthQuestion(context, node) === NONE);
  return isRead ? { title: `${title}, which reads it too`, safety: 'suggestion' } : { title, safety: 'safe' };
}

/** Whether the function defers anything but functions of the standard library, which recover from nothing. */
function mayRecover<O extends Options>({ tree, types }: RuleContext<O>, loop: Node): boolean {
  const fn = enclosingFunction(tree, loop);
  return descendants(tree, fn, Kind.defer_statement)
    .filter((node) => enclosingFunction(tree, node) === fn)
    .some((node) => {
      const callee = types.calleeOf(firstChild(tree, node));
      return !(callee.kind === 'function' || callee.kind === 'method') || !isStandardLibrary(callee.path);
    });
}
