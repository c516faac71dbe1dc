/** Types with their type parameters replaced by arguments. */

import { UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, Type } from '../shapes.ts';

export type TypeBindings = Pick<ReadonlyMap<GoSymbol, Type>, 'get' | 'size'>;

const DEPTH_LIMIT = 100;

/** The type with its parameters replaced; those without an argument stay. */
export function substitute(type: Type, bindings: TypeBindings): Type {
  return bindings.size === 0 ? type : replace(type, (parameter) => bindings.get(parameter), DEPTH_LIMIT);
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
