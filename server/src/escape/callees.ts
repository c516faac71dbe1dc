/**
 * What a call calls, as far as escape analysis cares: a function of the batch, one with a summary, one that only run time knows
 * (gc then assumes the worst), or one out of view, of which nothing is assumed.
 */
import type { Callee } from '../model/index.ts';
import { childOf, children, childrenOf, Field, go, Kind, NONE, type Node, textBetween, textOf, unparenthesized } from '../syntax/index.ts';
import type { Batch } from './batch.ts';
import { bodyOf, type FactsOf, type FileFacts, isLocalVariable, type Routine } from './program.ts';
import type { FunctionSummary, ImportedSummaries } from './summaries.ts';

export type CallTarget =
  | { readonly kind: 'batch'; readonly routine: Routine }
  | { readonly kind: 'summary'; readonly summary: FunctionSummary }
  | { readonly kind: 'builtin'; readonly name: string }
  | { readonly kind: 'conversion' }
  | { readonly kind: 'dynamic' }
  | { readonly kind: 'unknown' };

/** A function that the analysis can look into. */
export interface KnownFunction {
  readonly facts: FileFacts;
  readonly node: Node;
}

export interface CalleeSources {
  readonly factsOf: FactsOf;
  readonly imported: ImportedSummaries;
  /** Summary of a function whose batch is done. */
  summaryOf(fn: KnownFunction): FunctionSummary | undefined;
}

/** Longest chain of calls that is asked for what it gives. */
const CHAIN_LIMIT = 20;

export class Callees {
  constructor(
    private readonly sources: CalleeSources,
    private readonly batch: Batch,
  ) {}

  /** `depth` counts calls on what calls give, so that no chain of them is followed too far. */
  resolve(facts: FileFacts, call: Node, depth = 0): CallTarget {
    const callee = facts.types.calleeOf(call);
    const known = knownFunction(this.sources.factsOf, facts, call, callee);
    if (known !== undefined) return this.ofKnown(known);
    switch (callee.kind) {
      case 'builtin':
        return { kind: 'builtin', name: callee.name };
      case 'conversion':
        return { kind: 'conversion' };
      case 'dynamic':
        return this.mayBeDevirtualized(facts, call, depth) ? { kind: 'unknown' } : { kind: 'dynamic' };
      case 'function':
      case 'method': {
        if (callee.path === 'unsafe') return { kind: 'builtin', name: callee.name };
        if (isAssembly(this.sources.factsOf, callee)) return { kind: 'dynamic' };
        const summary = this.sources.imported(callee);
        return summary === undefined ? { kind: 'unknown' } : { kind: 'summary', summary };
      }
      case 'literal':
      case 'unknown':
        return { kind: 'unknown' };
    }
  }

  /** The called function where its body is in view. */
  bodyOf(facts: FileFacts, call: Node): KnownFunction | undefined {
    return knownFunction(this.sources.factsOf, facts, call, facts.types.calleeOf(call));
  }

  /**
   * gc finds the concrete method behind an interface that holds one known value: a local that is never reassigned, or what an
   * inlined call gives. Where that may be so the answer is not known here.
   */
  private mayBeDevirtualized(facts: FileFacts, call: Node, depth: number): boolean {
    const { tree, scopes } = facts;
    const called = unparenthesized(tree, calledExpression(facts, call));
    if (tree.kind[called] === Kind.call_expression) return this.mayBeInlined(facts, called, depth);
    if (tree.kind[called] !== Kind.selector_expression) return isInitializedOnce(facts, called);
    const operand = unparenthesized(tree, go.selectorExpression.operand(tree, called));
    switch (tree.kind[operand]) {
      case Kind.call_expression:
        return this.mayBeInlined(facts, operand, depth);
      case Kind.type_conversion_expression:
        return true;
      case Kind.identifier: {
        const symbol = scopes.symbolOf(operand);
        if (symbol?.role !== 'local' || !isInitializedOnce(facts, operand)) return false;
        const maker = callGiving(facts, symbol.declaration);
        return maker === NONE || this.mayBeInlined(facts, maker, depth);
      }
      default:
        return false;
    }
  }

  private mayBeInlined(facts: FileFacts, call: Node, depth: number): boolean {
    if (depth === CHAIN_LIMIT) return true;
    const target = this.resolve(facts, call, depth + 1);
    return target.kind === 'summary' ? target.summary.cost !== undefined : target.kind === 'unknown' || target.kind === 'conversion';
  }

  private ofKnown(known: KnownFunction): CallTarget {
    const routine = this.batch.routineAt(known.facts, known.node);
    if (routine !== undefined) return { kind: 'batch', routine };
    const summary = this.sources.summaryOf(known);
    return summary === undefined ? { kind: 'unknown' } : { kind: 'summary', summary };
  }
}

/** A function of the package without a body, written in assembly: gc assumes the worst unless told otherwise. */
function isAssembly(factsOf: FactsOf, callee: Extract<Callee, { kind: 'function' | 'method' }>): boolean {
  const { declaration } = callee;
  const home = declaration === undefined ? undefined : factsOf(declaration.file);
  if (home === undefined || declaration === undefined || bodyOf(home.tree, declaration.node) !== NONE) return false;
  const before = home.tree.start[declaration.node];
  return !/\/\/go:(noescape|linkname)[^\n]*\n(\s|\/\/[^\n]*\n)*$/.test(textBetween(home.tree, Math.max(0, before - PRAGMA_WITHIN), before));
}

/** Bytes before a declaration among which its pragmas are. */
const PRAGMA_WITHIN = 400;

/** The called function where its body is in view; a variable that only ever holds one literal counts as that literal. */
export function knownFunction(factsOf: FactsOf, facts: FileFacts, call: Node, callee: Callee): KnownFunction | undefined {
  if (callee.kind === 'function' || callee.kind === 'method' || callee.kind === 'literal') {
    const { declaration } = callee;
    const home = declaration === undefined ? undefined : factsOf(declaration.file);
    if (home === undefined || declaration === undefined || bodyOf(home.tree, declaration.node) === NONE) return undefined;
    return { facts: home, node: declaration.node };
  }
  return callee.kind === 'dynamic' || callee.kind === 'unknown' ? heldLiteral(facts, call) : undefined;
}

function heldLiteral(facts: FileFacts, call: Node): KnownFunction | undefined {
  const { tree, scopes } = facts;
  const name = unparenthesized(tree, calledExpression(facts, call));
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  if (!isLocalVariable(symbol) || symbol.role !== 'local') return undefined;
  const isConstant = scopes.references(symbol).every((reference) => reference.access === 'declare' || reference.access === 'read');
  const value = isConstant ? initialValue(facts, symbol.declaration) : NONE;
  return tree.kind[value] === Kind.func_literal ? { facts, node: value } : undefined;
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

/** What stands before the parentheses of a call. */
export function calledExpression({ tree }: FileFacts, call: Node): Node {
  return tree.kind[call] === Kind.call_expression ? go.callExpression.function(tree, call) : go.typeConversionExpression.type(tree, call);
}

/** The call that gives the variable, alone or among others, its first value; NONE where something else does. */
function callGiving({ tree }: FileFacts, identifier: Node): Node {
  const list = tree.parent[identifier];
  const holder = tree.kind[list] === Kind.var_spec ? list : tree.parent[list];
  const values = childOf(tree, holder, tree.kind[holder] === Kind.var_spec ? Field.value : Field.right);
  const all = tree.kind[values] === Kind.expression_list ? children(tree, values) : [];
  const names = tree.kind[list] === Kind.var_spec ? childrenOf(tree, list, Field.name) : children(tree, list);
  const value = unparenthesized(tree, all.length === 1 ? all[0] : (all[names.indexOf(identifier)] ?? NONE));
  return tree.kind[value] === Kind.call_expression ? value : NONE;
}

function isInitializedOnce(facts: FileFacts, name: Node): boolean {
  const { tree, scopes } = facts;
  const symbol = tree.kind[name] === Kind.identifier ? scopes.symbolOf(name) : undefined;
  if (!isLocalVariable(symbol) || symbol.role !== 'local') return false;
  const changes = scopes.references(symbol).filter((reference) => reference.access === 'write' || reference.access === 'address');
  const holder = tree.parent[symbol.declaration];
  const isDeclaredWithout = tree.kind[holder] === Kind.var_spec && go.varSpec.value(tree, holder) === NONE;
  return changes.length <= (isDeclaredWithout ? 1 : 0);
}

/** Name of the called function as written, for messages. */
export function calleeName(facts: FileFacts, call: Node): string {
  const { tree } = facts;
  const called = calledExpression(facts, call);
  const text = textOf(tree, called);
  return tree.kind[called] === Kind.func_literal || text.length > 60 || text.includes('\n') ? 'the function' : text;
}
