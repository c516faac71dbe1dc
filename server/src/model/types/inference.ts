/** Type arguments of a call that does not write them all (Go spec, "Type inference"): from the arguments' types, then from the core types of constraints, then from untyped constants. */
import { Kind, type Node } from '../../syntax/index.ts';
import { defaultType, UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Type } from '../shapes.ts';
import type { TypeContext } from './context.ts';
import { bindingsOf } from './nodes.ts';
import { substitute } from './substitution.ts';
import { unify } from './unify.ts';

type Signature = Extract<Type, { kind: 'function' }>;
type Parameter = Extract<Type, { kind: 'type-parameter' }>;

/** Argument for each type parameter of the signature; `unknown` where it cannot be told. */
export function inferArguments(
  c: TypeContext,
  signature: Signature,
  explicit: readonly Type[],
  args: readonly Node[],
): Map<GoSymbol, Type> {
  const parameters = (signature.typeParameters ?? []).filter((each): each is Parameter => each.kind === 'type-parameter');
  const found = bindingsOf(parameters.slice(0, explicit.length), explicit);
  const wanted = new Set(parameters.flatMap((each) => each.symbol ?? []));
  const underlying = (type: Type): Type => c.world.underlying(type);
  const pairs = found.size === wanted.size ? [] : pairArguments(c, signature, args);
  for (const [pattern, actual] of pairs) if (!isUntyped(actual)) unify(pattern, actual, wanted, found, underlying);
  for (let round = 0; round < parameters.length; round++) {
    if (found.size === wanted.size || !inferFromConstraints(c, parameters, wanted, found)) break;
  }
  inferFromConstants(pairs, wanted, found);
  inferFromConstraints(c, parameters, wanted, found);
  for (const symbol of wanted) if (!found.has(symbol)) found.set(symbol, UNKNOWN);
  return found;
}

function pairArguments(c: TypeContext, signature: Signature, args: readonly Node[]): (readonly [Type, Type])[] {
  const { parameters, isVariadic } = signature;
  const last = parameters.length - 1;
  const types = args.map((arg) => c.typeOf(arg));
  const [only] = types;
  const actual = types.length === 1 && only.kind === 'tuple' ? only.elements : types;
  const isSpread = args.length > 0 && c.tree.kind[args[args.length - 1]] === Kind.variadic_argument;
  return actual.flatMap((type, i): (readonly [Type, Type])[] => {
    if (!isVariadic || isSpread || i < last) return i < parameters.length ? [[parameters[i], type]] : [];
    const rest = parameters[last];
    return rest.kind === 'slice' ? [[rest.element, type]] : [];
  });
}

/** Whether anything new was found. */
function inferFromConstraints(
  c: TypeContext,
  parameters: readonly Parameter[],
  wanted: ReadonlySet<GoSymbol>,
  found: Map<GoSymbol, Type>,
): boolean {
  const before = found.size;
  for (const { symbol, constraint } of parameters) {
    const set = c.world.underlying(constraint);
    if (symbol === undefined || set.kind !== 'interface' || !set.isComplete || set.terms?.length !== 1) continue;
    const [{ type: core, hasTilde }] = set.terms;
    const bound = found.get(symbol);
    if (bound !== undefined) unify(c.world.underlying(core), c.world.underlying(bound), wanted, found, (type) => c.world.underlying(type));
    else if (!hasTilde || core.kind !== 'type-parameter') bindCore(symbol, core, wanted, found);
  }
  return found.size > before;
}

/** A parameter without argument takes its constraint's core type, once that is free of unknown parameters. */
function bindCore(symbol: GoSymbol, core: Type, wanted: ReadonlySet<GoSymbol>, found: Map<GoSymbol, Type>): void {
  let isOpen = false;
  const closed = substitute(core, {
    size: 1,
    get: (parameter: GoSymbol) => {
      if (wanted.has(parameter) && !found.has(parameter)) isOpen = true;
      return found.get(parameter);
    },
  });
  if (!isOpen) found.set(symbol, closed);
}

const NUMERIC_ORDER: readonly string[] = ['int', 'rune', 'float64', 'complex128'];

function inferFromConstants(pairs: readonly (readonly [Type, Type])[], wanted: ReadonlySet<GoSymbol>, found: Map<GoSymbol, Type>): void {
  const defaults = new Map<GoSymbol, Type>();
  for (const [pattern, actual] of pairs) {
    if (!isUntyped(actual) || pattern.kind !== 'type-parameter' || pattern.symbol === undefined) continue;
    if (!wanted.has(pattern.symbol) || found.has(pattern.symbol)) continue;
    const known = defaults.get(pattern.symbol);
    if (known === undefined || rankOf(actual) > rankOf(known)) defaults.set(pattern.symbol, actual);
  }
  for (const [symbol, type] of defaults) found.set(symbol, defaultType(type));
}

function rankOf(type: Type): number {
  return type.kind === 'basic' ? NUMERIC_ORDER.indexOf(type.name) : -1;
}

function isUntyped(type: Type): boolean {
  return type.kind === 'basic' && type.untyped === true;
}
