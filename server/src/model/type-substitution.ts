/** Type arguments for type parameters: putting them in, and finding them from a call's arguments (Go spec, "Type inference", its simple cases). */
import type { GoSymbol, Type } from './shapes.ts';
import { isIdentical } from './type-identity.ts';
import { UNKNOWN } from './universe.ts';

export type TypeBindings = Pick<ReadonlyMap<GoSymbol, Type>, 'get' | 'size'>;

const DEPTH_LIMIT = 100;

/** The type with its parameters replaced; those without an argument stay. */
export function substitute(type: Type, bindings: TypeBindings): Type {
  return bindings.size === 0 ? type : replace(type, (parameter) => bindings.get(parameter), DEPTH_LIMIT);
}

/** The type with each of these parameters unknown. */
export function forget(type: Type, parameters: readonly GoSymbol[]): Type {
  return parameters.length === 0 ? type : replace(type, (parameter) => (parameters.includes(parameter) ? UNKNOWN : undefined), DEPTH_LIMIT);
}

/** Whether a type parameter occurs in the type. */
export function isParameterized(type: Type): boolean {
  let found = false;
  replace(
    type,
    () => {
      found = true;
      return undefined;
    },
    DEPTH_LIMIT,
  );
  return found;
}

function replace(type: Type, argumentOf: (parameter: GoSymbol) => Type | undefined, depth: number): Type {
  if (depth === 0) return UNKNOWN;
  const inner = (t: Type): Type => replace(t, argumentOf, depth - 1);
  switch (type.kind) {
    case 'unknown':
    case 'basic':
    case 'nil':
      return type;
    case 'type-parameter':
      return (type.symbol === undefined ? undefined : argumentOf(type.symbol)) ?? type;
    case 'named':
      return mapped(type.arguments, inner, type, (list) => ({ ...type, arguments: list }));
    case 'pointer':
    case 'slice':
    case 'array':
    case 'channel': {
      const element = inner(type.element);
      return element === type.element ? type : { ...type, element };
    }
    case 'map': {
      const key = inner(type.key);
      const element = inner(type.element);
      return key === type.key && element === type.element ? type : { ...type, key, element };
    }
    case 'function': {
      const parameters = type.parameters.map(inner);
      const results = type.results.map(inner);
      const isSame = parameters.every((t, i) => t === type.parameters[i]) && results.every((t, i) => t === type.results[i]);
      return isSame ? type : { ...type, parameters, results };
    }
    case 'struct':
      return mapped(
        type.fields.map((field) => field.type),
        inner,
        type,
        (list) => ({ ...type, fields: type.fields.map((field, i) => ({ ...field, type: list[i] })) }),
      );
    case 'interface':
      return replaceInInterface(type, inner);
    case 'tuple':
      return mapped(type.elements, inner, type, (list) => ({ ...type, elements: list }));
  }
}

function mapped(types: readonly Type[], inner: (t: Type) => Type, same: Type, changed: (types: readonly Type[]) => Type): Type {
  const list = types.map(inner);
  return list.every((t, i) => t === types[i]) ? same : changed(list);
}

function replaceInInterface(type: Extract<Type, { kind: 'interface' }>, inner: (t: Type) => Type): Type {
  const methods = type.methods.map((method) => ({ ...method, type: inner(method.type) }));
  const terms = type.terms?.map((term) => ({ ...term, type: inner(term.type) }));
  const isSame =
    methods.every((method, i) => method.type === type.methods[i].type) &&
    (terms ?? []).every((term, i) => term.type === type.terms?.[i]?.type);
  return isSame ? type : { ...type, methods, terms };
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
  const step = (p: Type, a: Type, depth: number): void => {
    if (depth === 0 || a.kind === 'unknown' || a.kind === 'nil' || a.kind === 'tuple') return;
    if (p.kind === 'type-parameter' && p.symbol !== undefined && parameters.has(p.symbol)) {
      const known = found.get(p.symbol);
      const isMoreExact =
        known?.kind === 'channel' ? isDirectional(known) && !isDirectional(a) : known !== undefined && !isDefined(known) && isDefined(a);
      if (known === undefined || isMoreExact) found.set(p.symbol, a);
      return;
    }
    if (p.kind === 'named' && !isDefined(a)) {
      step(underlying(p), a, depth - 1);
      return;
    }
    if (p.kind === 'named') {
      if (a.kind !== 'named' || !isIdentical({ ...p, arguments: [] }, { ...a, arguments: [] })) return;
      p.arguments.forEach((argument, i) => step(argument, a.arguments[i] ?? UNKNOWN, depth - 1));
      return;
    }
    const b = a.kind === 'named' ? underlying(a) : a;
    if (p.kind === 'map' && b.kind === 'map') step(p.key, b.key, depth - 1);
    if (hasElement(p) && hasElement(b) && p.kind === b.kind) step(p.element, b.element, depth - 1);
    if (p.kind === 'function' && b.kind === 'function' && b.typeParameters === undefined && p.parameters.length === b.parameters.length) {
      p.parameters.forEach((parameter, i) => step(parameter, b.parameters[i], depth - 1));
      if (p.results.length === b.results.length) p.results.forEach((result, i) => step(result, b.results[i], depth - 1));
    }
  };
  step(pattern, actual, DEPTH_LIMIT);
}

function isDefined(type: Type): boolean {
  return type.kind === 'named' || type.kind === 'basic' || type.kind === 'type-parameter';
}

function isDirectional(type: Type): boolean {
  return type.kind === 'channel' && type.direction !== 'both';
}

function hasElement(type: Type): type is Extract<Type, { element: Type }> {
  return type.kind === 'pointer' || type.kind === 'slice' || type.kind === 'array' || type.kind === 'map' || type.kind === 'channel';
}
