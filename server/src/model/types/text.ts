/** Types as source of a particular file: with its names for packages, and only where every name means what it should. */
import type { Node } from '../../syntax/index.ts';
import { NONE } from '../../syntax/index.ts';
import { Since } from '../language.ts';
import { universe } from '../scopes/universe.ts';
import type { GoSymbol, Method, StructField, Type } from '../shapes.ts';
import { pathOf, type TypeContext } from './context.ts';
import { isExported } from './names.ts';

const DEPTH_LIMIT = 50;

interface Writer {
  readonly c: TypeContext;
  /** Where the text shall stand; NONE means outside functions. */
  readonly at: Node;
}

/**
 * The type as it would be written at a node (or at package level): undefined when a part is unknown, a package is not
 * imported, a name is another package's own, or something local hides it there.
 */
export function typeText(c: TypeContext, type: Type, at: Node = NONE): string | undefined {
  return textOf({ c, at }, type, DEPTH_LIMIT);
}

function textOf(w: Writer, type: Type, depth: number): string | undefined {
  if (depth === 0) return undefined;
  const prefixed = (prefix: string, element: Type): string | undefined => {
    const text = textOf(w, element, depth - 1);
    return text === undefined ? undefined : prefix + text;
  };
  switch (type.kind) {
    case 'basic':
      return basicText(w, type);
    case 'named':
      return namedText(w, type, depth);
    case 'pointer':
      return prefixed('*', type.element);
    case 'slice':
      return prefixed('[]', type.element);
    case 'array':
      return type.length === undefined ? undefined : prefixed(`[${type.length}]`, type.element);
    case 'map': {
      const key = textOf(w, type.key, depth - 1);
      return key === undefined ? undefined : prefixed(`map[${key}]`, type.element);
    }
    case 'channel':
      return channelText(w, type, depth);
    case 'function': {
      const signature = signatureText(w, type, depth);
      return signature === undefined ? undefined : `func${signature}`;
    }
    case 'struct':
      return structText(w, type.fields, depth);
    case 'interface':
      return interfaceText(w, type, depth);
    case 'type-parameter':
      return type.symbol !== undefined && means(w, type.name, type.symbol) ? type.name : undefined;
    case 'unknown':
    case 'tuple':
    case 'nil':
      return undefined;
  }
}

function means(w: Writer, name: string, symbol: GoSymbol | undefined): boolean {
  return symbol !== undefined && w.c.scopes.lookup(name, w.at) === symbol;
}

function basicText(w: Writer, type: Extract<Type, { kind: 'basic' }>): string | undefined {
  if (type.untyped === true) return undefined;
  if (type.name === 'unsafe.Pointer') return imported(w, 'unsafe', 'Pointer', undefined);
  return means(w, type.name, universe.get(type.name)) ? type.name : undefined;
}

function namedText(w: Writer, type: Extract<Type, { kind: 'named' }>, depth: number): string | undefined {
  const isOwn = type.path === pathOf(w.c.package) || type.symbol?.file === undefined;
  const name = isOwn ? (means(w, type.name, type.symbol) ? type.name : undefined) : imported(w, type.path, type.name, type.symbol);
  if (name === undefined || type.arguments.length === 0) return name;
  const list = listText(w, type.arguments, depth);
  return list === undefined ? undefined : `${name}[${list}]`;
}

/** `pkg.Name` with the file's own name for the package. */
function imported(w: Writer, path: string, name: string, symbol: GoSymbol | undefined): string | undefined {
  if (!isExported(name)) return undefined;
  for (const each of w.c.file.imports) {
    if (each.path !== path || each.kind === 'blank') continue;
    if (each.kind === 'dot') return means(w, name, symbol) ? name : undefined;
    const meant = w.c.scopes.lookup(each.name, w.at);
    if (meant?.kind === 'import' && w.c.scopes.importOf(meant) === each) return `${each.name}.${name}`;
  }
  return undefined;
}

function listText(w: Writer, types: readonly Type[], depth: number): string | undefined {
  const texts = types.map((type) => textOf(w, type, depth - 1));
  return texts.includes(undefined) ? undefined : texts.join(', ');
}

function channelText(w: Writer, type: Extract<Type, { kind: 'channel' }>, depth: number): string | undefined {
  const element = textOf(w, type.element, depth - 1);
  if (element === undefined) return undefined;
  const prefix = type.direction === 'receive' ? '<-chan ' : type.direction === 'send' ? 'chan<- ' : 'chan ';
  const isAmbiguous = type.direction !== 'receive' && element.startsWith('<-');
  return prefix + (isAmbiguous ? `(${element})` : element);
}

function signatureText(w: Writer, type: Extract<Type, { kind: 'function' }>, depth: number): string | undefined {
  if (type.typeParameters !== undefined) return undefined;
  const texts = type.parameters.map((parameter, i) => {
    const isRest = type.isVariadic && i === type.parameters.length - 1 && parameter.kind === 'slice';
    const text = textOf(w, isRest ? parameter.element : parameter, depth - 1);
    return text === undefined ? undefined : isRest ? `...${text}` : text;
  });
  const results = listText(w, type.results, depth);
  if (texts.includes(undefined) || results === undefined) return undefined;
  const parameters = `(${texts.join(', ')})`;
  if (type.results.length === 0) return parameters;
  return type.results.length === 1 ? `${parameters} ${results}` : `${parameters} (${results})`;
}

function structText(w: Writer, fields: readonly StructField[], depth: number): string | undefined {
  if (fields.length === 0) return 'struct{}';
  const texts = fields.map((field) => {
    const text = textOf(w, field.type, depth - 1);
    const isForeign = !isExported(field.name) && field.path !== undefined && field.path !== pathOf(w.c.package);
    return text === undefined || isForeign ? undefined : field.isEmbedded ? text : `${field.name} ${text}`;
  });
  return texts.includes(undefined) ? undefined : `struct{ ${texts.join('; ')} }`;
}

function interfaceText(w: Writer, type: Extract<Type, { kind: 'interface' }>, depth: number): string | undefined {
  if (!type.isComplete || type.terms !== undefined) return undefined;
  if (type.methods.length === 0) return means(w, 'any', universe.get('any')) && w.c.file.go >= Since.any ? 'any' : 'interface{}';
  const texts = type.methods.map((method) => methodText(w, method, depth));
  return texts.includes(undefined) ? undefined : `interface{ ${texts.join('; ')} }`;
}

function methodText(w: Writer, method: Method, depth: number): string | undefined {
  const isForeign = !isExported(method.name) && method.path !== undefined && method.path !== pathOf(w.c.package);
  if (isForeign || method.type.kind !== 'function') return undefined;
  const signature = signatureText(w, method.type, depth);
  return signature === undefined ? undefined : method.name + signature;
}
