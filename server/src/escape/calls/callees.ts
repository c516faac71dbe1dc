/**
 * What a call calls, as far as escape analysis cares: a function of the batch, one with a summary, one that only run time knows
 * (gc then assumes the worst), or one out of view, of which nothing is assumed.
 */
import type { Callee, FunctionDeclaration, GoSymbol, Selection } from '../../model/index.ts';
import { children, childrenOf, Field, go, Kind, NONE, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import type { Batch } from '../flows/batch.ts';
import type { Answer, Rests } from '../flows/fragment.ts';
import { StandIn } from '../flows/stand-ins.ts';
import type { Home } from '../homes.ts';
import { bodyOf, type FactsOf, type FileFacts, isLocalVariable, type Routine } from '../program.ts';
import { bodilessSummary, isTakenToKeep } from '../summaries/bodiless.ts';
import type { DeclaredCallee, FunctionSummary } from '../summaries/summaries.ts';
import { CallAnswers } from './call-answers.ts';
import { type Devirtualized, devirtualized } from './devirtualize.ts';

export type CallTarget =
  | { readonly kind: 'batch'; readonly routine: Routine; readonly behind?: Devirtualized }
  | (Summarised & { readonly kind: 'summary'; readonly behind?: Devirtualized })
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'conversion' }
  | { readonly kind: 'dynamic' }
  | { readonly kind: 'unknown' };

/** What is known of a called function, worked out where it is not known yet. */
export interface Summarised {
  readonly summary: FunctionSummary;
  /** Nodes of the inliner's budget that a call of it costs; undefined where it is not inlined. */
  cost(): number | undefined;
  /** The summary with all that can be asked about the function. */
  whole(): FunctionSummary | undefined;
}

/** A function that the analysis can look into. */
export interface KnownFunction {
  readonly facts: FileFacts;
  readonly node: Node;
}

type MethodSelection = Extract<Selection, { kind: 'method' }>;

export interface CalleeSources {
  readonly factsOf: FactsOf;
  /** Of a function whose body is not in the package; undefined when nothing is known of it. */
  imported(callee: DeclaredCallee): Summarised | undefined;
  /** See `Summarised`. */
  costOf(home: Home): number | undefined;
  /** The function of the package that is, or stands around, a known one. */
  homeOf(fn: KnownFunction): Home | undefined;
  /** What is to be known of it now. */
  answerOf(home: Home): Answer;
}

/** Longest chain of calls that is asked for what it gives. */
const CHAIN_LIMIT = 100;

export class Callees implements Rests {
  readonly answers = new Map<Home, Answer>();
  readonly costs = new Map<Home, number | undefined>();
  readonly imported = new Set<StandIn>();
  readonly read = new Map<Home, number>();
  private readonly inlined = new Map<FileFacts, CallAnswers>();

  constructor(
    private readonly sources: CalleeSources,
    private readonly batch: Batch,
  ) {}

  /** `depth` counts calls on what calls give, so that no chain of them is followed too far. */
  resolve(facts: FileFacts, call: Node, depth = 0): CallTarget {
    const callee = facts.types.calleeOf(call);
    const known = knownFunction(this.sources.factsOf, facts, call, callee);
    if (known !== undefined) return this.ofKnown(known);
    if (isSetLater(facts, call)) return { kind: 'dynamic' };
    const held = heldMethod(facts, call);
    if (held !== undefined) return this.ofMethodValue(held);
    switch (callee.kind) {
      case 'builtin':
        return { kind: 'builtin', name: callee.name };
      case 'conversion':
        return { kind: 'conversion' };
      case 'dynamic':
        return this.ofDynamic(facts, call, depth);
      case 'function':
      case 'method':
        return this.ofOutOfView(callee);
      case 'literal':
      case 'unknown':
        return { kind: 'unknown' };
    }
  }

  /** The method whose value is made, or held. */
  ofMethodValue({ declaration, receiver, name }: MethodSelection): CallTarget {
    if (declaration === undefined) return { kind: 'dynamic' };
    if (receiver.kind !== 'named' || receiver.arguments.length > 0) return { kind: 'unknown' };
    const known = withBody(this.sources.factsOf, declaration);
    if (known !== undefined) return this.ofKnown(known);
    return this.ofOutOfView({ kind: 'method', path: receiver.path, name: `${receiver.name}.${name}`, declaration });
  }

  /** The called function where its body is in view. */
  bodyOf(facts: FileFacts, call: Node): KnownFunction | undefined {
    const known = knownFunction(this.sources.factsOf, facts, call, facts.types.calleeOf(call));
    const home = known && this.sources.homeOf(known);
    if (home !== undefined) this.read.set(home, home.version);
    return known;
  }

  private ofOutOfView(callee: Extract<Callee, { kind: 'function' | 'method' }>): CallTarget {
    if (callee.path === 'unsafe') return { kind: 'builtin', name: callee.name };
    const known = withoutBody(this.sources.factsOf, callee) ?? this.sources.imported(callee);
    if (known !== undefined && isTakenToKeep(known.summary)) return { kind: 'dynamic' };
    if (known?.summary instanceof StandIn) this.imported.add(known.summary);
    return known === undefined ? { kind: 'unknown' } : { kind: 'summary', ...known };
  }

  /** A method behind an interface, or a function that a variable holds or a call gives. */
  private ofDynamic(facts: FileFacts, call: Node, depth: number): CallTarget {
    const { tree } = facts;
    const called = unparenthesized(tree, calledExpression(facts, call));
    if (tree.kind[called] === Kind.call_expression)
      return this.mayBeInlined(facts, called, depth) ? { kind: 'unknown' } : { kind: 'dynamic' };
    if (tree.kind[called] !== Kind.selector_expression)
      return this.mayBeKnown(facts, called, depth) ? { kind: 'unknown' } : { kind: 'dynamic' };
    if (facts.types.selectionOf(called)?.kind !== 'method') return { kind: 'dynamic' };
    const behind = devirtualized(facts, call, (maker) => this.mayBeInlined(facts, maker, depth));
    if (behind === 'unknown') return { kind: 'unknown' };
    if (behind === 'various' || behind.callee.kind !== 'method') return { kind: 'dynamic' };
    const known = knownFunction(this.sources.factsOf, facts, call, behind.callee);
    const target = known === undefined ? this.ofOutOfView(behind.callee) : this.ofKnown(known);
    return target.kind === 'batch' || target.kind === 'summary' ? { ...target, behind } : target;
  }

  /** Whether the compiler may see which function a variable holds: one that is set where it is declared, to what an inlined call gives or another such variable. */
  private mayBeKnown(facts: FileFacts, called: Node, depth: number): boolean {
    const { tree, scopes } = facts;
    const symbol = tree.kind[called] === Kind.identifier ? scopes.symbolOf(called) : undefined;
    if (symbol === undefined || !isSetOnce(facts, symbol)) return false;
    const value = unparenthesized(tree, initialValue(facts, symbol.declaration));
    if (tree.kind[value] === Kind.call_expression) return this.mayBeInlined(facts, value, depth);
    return tree.kind[value] === Kind.identifier || tree.kind[value] === Kind.func_literal;
  }

  private mayBeInlined(facts: FileFacts, call: Node, depth: number): boolean {
    const answers = this.inlined.get(facts) ?? new CallAnswers(CHAIN_LIMIT);
    this.inlined.set(facts, answers);
    return answers.of(call, depth, () => {
      const target = this.resolve(facts, call, depth + 1);
      return target.kind === 'summary' ? target.cost() !== undefined : target.kind === 'unknown' || target.kind === 'conversion';
    });
  }

  private ofKnown(known: KnownFunction): CallTarget {
    const routine = this.batch.routineAt(known.facts, known.node);
    if (routine !== undefined) return { kind: 'batch', routine };
    const home = this.sources.homeOf(known);
    if (home === undefined || home.node !== known.node) return { kind: 'unknown' };
    const answer = this.sources.answerOf(home);
    this.answers.set(home, answer);
    if (answer === 'same component') return { kind: 'batch', routine: this.batch.foreignRoutine(home) };
    if (answer === undefined) return { kind: 'unknown' };
    return { kind: 'summary', summary: answer, cost: () => this.costOf(home), whole: () => answer };
  }

  private costOf(home: Home): number | undefined {
    const cost = this.sources.costOf(home);
    this.costs.set(home, cost);
    return cost;
  }
}

/** A function of the package that assembly or the linker brings. */
function withoutBody(factsOf: FactsOf, { declaration }: DeclaredCallee): Summarised | undefined {
  const tree = declaration && factsOf(declaration.file)?.tree;
  const summary = declaration && tree && bodilessSummary(tree, declaration.node);
  return summary && summarised(summary);
}

/** A function that is not inlined, of which all is known. */
export function summarised(summary: FunctionSummary): Summarised {
  return { summary, cost: () => undefined, whole: () => summary };
}

/** The called function where its body is in view; a variable that only ever holds one literal counts as that literal. */
export function knownFunction(factsOf: FactsOf, facts: FileFacts, call: Node, callee: Callee): KnownFunction | undefined {
  if (callee.kind === 'function' || callee.kind === 'method' || callee.kind === 'literal') {
    if (isSetLater(facts, call)) return undefined;
    return callee.declaration && withBody(factsOf, callee.declaration);
  }
  return callee.kind === 'dynamic' || callee.kind === 'unknown' ? heldLiteral(facts, call) : undefined;
}

/** The same, where the method behind an interface counts too: all that the call may bring into the analysis. */
export function analysedFunction(factsOf: FactsOf, facts: FileFacts, call: Node): KnownFunction | undefined {
  const callee = facts.types.calleeOf(call);
  const known = knownFunction(factsOf, facts, call, callee);
  if (known !== undefined || callee.kind !== 'dynamic' || facts.tree.kind[call] !== Kind.call_expression) return known;
  const behind = devirtualized(facts, call, () => true);
  return behind === 'various' || behind === 'unknown' ? undefined : knownFunction(factsOf, facts, call, behind.callee);
}

function withBody(factsOf: FactsOf, { file, node }: FunctionDeclaration): KnownFunction | undefined {
  const facts = factsOf(file);
  return facts === undefined || bodyOf(facts.tree, node) === NONE ? undefined : { facts, node };
}

/** The function or method whose value the name is, where its body is in view. */
export function functionValue(factsOf: FactsOf, { tree, types, scopes }: FileFacts, name: Node): KnownFunction | undefined {
  if (tree.kind[name] === Kind.identifier) {
    const symbol = scopes.symbolOf(name);
    if (symbol?.kind !== 'function' || symbol.file === undefined) return undefined;
    return withBody(factsOf, { file: symbol.file, node: symbol.file.tree.parent[symbol.declaration] });
  }
  const selection = types.selectionOf(name);
  return selection?.kind === 'method' && selection.declaration !== undefined ? withBody(factsOf, selection.declaration) : undefined;
}

/** `var f func(); f = …`: gc follows only what a variable is declared with (ir.StaticValue). */
function isSetLater(facts: FileFacts, call: Node): boolean {
  const { tree, scopes } = facts;
  const name = unparenthesized(tree, calledExpression(facts, call));
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  return isLocalVariable(symbol) && !isSetOnce(facts, symbol);
}

/** A local that keeps what its declaration gives it. */
function isSetOnce({ scopes }: FileFacts, symbol: GoSymbol): boolean {
  return symbol.role === 'local' && scopes.references(symbol).every(({ access }) => access === 'declare' || access === 'read');
}

function heldLiteral(facts: FileFacts, call: Node): KnownFunction | undefined {
  const { tree, scopes } = facts;
  const name = unparenthesized(tree, calledExpression(facts, call));
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  if (!isLocalVariable(symbol) || !isSetOnce(facts, symbol)) return undefined;
  const value = initialValue(facts, symbol.declaration);
  return tree.kind[value] === Kind.func_literal ? { facts, node: value } : undefined;
}

/** The method of `f := T.M`, where a variable only ever holds that; not one that is called through a wrapper. */
function heldMethod(facts: FileFacts, call: Node): MethodSelection | undefined {
  const { tree, scopes, types } = facts;
  const name = unparenthesized(tree, calledExpression(facts, call));
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  if (!isLocalVariable(symbol) || !isSetOnce(facts, symbol)) return undefined;
  const value = unparenthesized(tree, initialValue(facts, symbol.declaration));
  const selection = tree.kind[value] === Kind.selector_expression ? types.selectionOf(value) : undefined;
  if (selection?.kind !== 'method' || !selection.isExpression || selection.through.length > 0) return undefined;
  const isPointer = types.underlying(types.typeOfTypeNode(go.selectorExpression.operand(tree, value))).kind === 'pointer';
  return selection.declaration !== undefined && isPointer === selection.hasPointerReceiver ? selection : undefined;
}

/** Value that the declaration gives to the identifier, or NONE. */
export function initialValue({ tree }: FileFacts, identifier: Node): Node {
  const list = tree.parent[identifier];
  if (tree.kind[list] === Kind.expression_list && tree.kind[tree.parent[list]] === Kind.short_var_declaration) {
    const values = children(tree, go.shortVarDeclaration.right(tree, tree.parent[list]));
    const names = children(tree, list);
    return values.length === names.length ? (values[names.indexOf(identifier)] ?? NONE) : NONE;
  }
  if (tree.kind[list] !== Kind.var_spec) return NONE;
  const value = go.varSpec.value(tree, list);
  const names = childrenOf(tree, list, Field.name);
  const values = value === NONE ? [] : children(tree, value);
  return values.length === names.length ? (values[names.indexOf(identifier)] ?? NONE) : NONE;
}

/** What stands before the parentheses of a call; a method value is called later and stands for its call. */
export function calledExpression({ tree }: FileFacts, call: Node): Node {
  if (tree.kind[call] === Kind.selector_expression) return call;
  return tree.kind[call] === Kind.call_expression ? go.callExpression.function(tree, call) : go.typeConversionExpression.type(tree, call);
}

/** Name of the called function as written, for messages. */
export function calleeName(facts: FileFacts, call: Node): string {
  const { tree } = facts;
  const called = calledExpression(facts, call);
  const text = textOf(tree, called);
  return tree.kind[called] === Kind.func_literal || text.length > 60 || text.includes('\n') ? 'the function' : text;
}
