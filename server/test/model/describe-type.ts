/**
 * Types in one line for assertions, as go/types would write them, with import paths for package names. Methods of interfaces
 * by name only, in name order.
 */
import { canonicalBasicName, type Type } from '../../src/model/index.ts';

const UNTYPED_NAMES: Readonly<Record<string, string>> = { float64: 'float', complex128: 'complex' };

/** `byte` and `rune` come out as `uint8` and `int32`, what is unknown as `?`. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case 'unknown':
      return '?';
    case 'nil':
      return 'untyped nil';
    case 'basic':
      return type.untyped === true ? `untyped ${UNTYPED_NAMES[type.name] ?? type.name}` : canonicalBasicName(type.name);
    case 'named':
      return (type.path === '' ? '' : `${type.path}.`) + type.name + (type.arguments.length === 0 ? '' : `[${list(type.arguments)}]`);
    case 'pointer':
      return `*${describeType(type.element)}`;
    case 'slice':
      return `[]${describeType(type.element)}`;
    case 'array':
      return `[${type.length ?? '?'}]${describeType(type.element)}`;
    case 'map':
      return `map[${describeType(type.key)}]${describeType(type.element)}`;
    case 'channel':
      return `${type.direction === 'receive' ? '<-chan ' : type.direction === 'send' ? 'chan<- ' : 'chan '}${describeType(type.element)}`;
    case 'function':
      return `func${signature(type)}`;
    case 'struct':
      return `struct{${type.fields.map((field) => `${field.isEmbedded ? '' : `${field.name} `}${describeType(field.type)}`).join('; ')}}`;
    case 'interface':
      return describeInterface(type);
    case 'tuple':
      return `(${list(type.elements)})`;
    case 'type-parameter':
      return type.name;
  }
}

function list(types: readonly Type[]): string {
  return types.map(describeType).join(', ');
}

function signature(type: Extract<Type, { kind: 'function' }>): string {
  const parameters = type.parameters.map((parameter, i) => {
    const isRest = type.isVariadic && i === type.parameters.length - 1 && parameter.kind === 'slice';
    return isRest ? `...${describeType(parameter.element)}` : describeType(parameter);
  });
  const results = type.results.length === 1 ? ` ${list(type.results)}` : type.results.length === 0 ? '' : ` (${list(type.results)})`;
  return `(${parameters.join(', ')})${results}`;
}

function describeInterface(type: Extract<Type, { kind: 'interface' }>): string {
  const parts = type.methods.map((method) => method.name).sort();
  if (parts.length === 0 && type.isComplete && type.terms === undefined) return 'any';
  return `interface{${[...parts, ...(type.terms === undefined ? [] : ['~'])].join('; ')}}${type.isComplete ? '' : '?'}`;
}
