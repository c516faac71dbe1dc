/** Finds type arguments by matching a parameter's type with an argument's (Go spec, "Type unification", in its inexact form). */

import { UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import { isIdentical } from './identity.ts';

const DEPTH_LIMIT = 100;

interface Unification {
  readonly parameters: ReadonlySet<GoSymbol>;
  readonly found: Map<GoSymbol, Type>;
  readonly underlying: (type: Type) => Type;
}

/**
 * Finds arguments for `parameters` that make `pattern` the type `actual`, into `found`. What already has an argument stays as
 * it is; where shapes differ nothing is found. `underlying` lets a named type match a type literal, as assignment does.
 */
export function unify(
  pattern: Type,
  actual: Type,
  parameters: ReadonlySet<GoSymbol>,
  found: Map<GoSymbol, Type>,
  underlying: (type: Type) => Type,
): void {
  step({ parameters, found, underlying }, pattern, actual, DEPTH_LIMIT);
}

function step(u: Unification, pattern: Type, actual: Type, depth: number): void {
  if (depth === 0 || actual.kind === 'unknown' || actual.kind === 'nil' || actual.kind === 'tuple') return;
  if (pattern.kind === 'type-parameter' && pattern.symbol !== undefined && u.parameters.has(pattern.symbol)) {
    const known = u.found.get(pattern.symbol);
    if (known === undefined || isMoreExact(actual, known)) u.found.set(pattern.symbol, actual);
    return;
  }
  if (pattern.kind === 'named' && actual.kind === 'named') unifyArguments(u, pattern, actual, depth - 1);
  else if (pattern.kind !== 'named') unifyLiterals(u, pattern, actual.kind === 'named' ? u.underlying(actual) : actual, depth - 1);
  else if (!isDefined(actual)) step(u, u.underlying(pattern), actual, depth - 1);
}

type NamedType = Extract<Type, { kind: 'named' }>;

function unifyArguments(u: Unification, pattern: NamedType, actual: NamedType, depth: number): void {
  if (!isIdentical({ ...pattern, arguments: [] }, { ...actual, arguments: [] })) return;
  stepEach(u, pattern.arguments, actual.arguments, depth);
}

function unifyLiterals(u: Unification, pattern: Type, actual: Type, depth: number): void {
  if (pattern.kind === 'map' && actual.kind === 'map') step(u, pattern.key, actual.key, depth);
  if (hasElement(pattern) && hasElement(actual) && pattern.kind === actual.kind) step(u, pattern.element, actual.element, depth);
  if (pattern.kind !== 'function' || actual.kind !== 'function' || actual.typeParameters !== undefined) return;
  if (pattern.parameters.length !== actual.parameters.length || pattern.results.length !== actual.results.length) return;
  stepEach(u, pattern.parameters, actual.parameters, depth);
  stepEach(u, pattern.results, actual.results, depth);
}

function stepEach(u: Unification, patterns: readonly Type[], actuals: readonly Type[], depth: number): void {
  for (const [i, pattern] of patterns.entries()) step(u, pattern, actuals[i] ?? UNKNOWN, depth);
}

/** Of two types that were found, a channel without direction and a type with a name say more. */
function isMoreExact(actual: Type, known: Type): boolean {
  if (known.kind === 'channel') return known.direction !== 'both' && actual.kind === 'channel' && actual.direction === 'both';
  return !isDefined(known) && isDefined(actual);
}

function isDefined(type: Type): boolean {
  return type.kind === 'named' || type.kind === 'basic' || type.kind === 'type-parameter';
}

function hasElement(type: Type): type is Extract<Type, { element: Type }> {
  return type.kind === 'pointer' || type.kind === 'slice' || type.kind === 'array' || type.kind === 'map' || type.kind === 'channel';
}
