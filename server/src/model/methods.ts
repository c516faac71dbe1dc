/**
 * Fields and methods by name, promoted ones included (Go spec, "Selectors"): breadth first through embedded fields, the
 * shallowest depth wins. An embedded type that is unknown might hold the name too, so what lies deeper is not believed.
 */
import { children, firstChild, Kind, NONE, type Node } from '../syntax/index.ts';
import type { GoSymbol, Package, StructField, Type } from './shapes.ts';
import { type MethodDeclaration, membersOf, receiverBase } from './symbols.ts';
import type { FoundField, FoundMethod, TypeContext, TypeWorld } from './type-context.ts';
import { isExported } from './type-names.ts';
import { signatureOf } from './type-nodes.ts';
import { substitute } from './type-substitution.ts';
import { UNKNOWN } from './universe.ts';

type Found = FoundField | FoundMethod;
type NamedType = Extract<Type, { kind: 'named' }>;

interface Candidate {
  readonly type: Type;
  readonly isIndirect: boolean;
  readonly through: readonly StructField[];
}

/** Longest chain of embedded fields that is followed. */
const DEPTH_LIMIT = 16;

/** Result of looking a name up: found, certainly absent (undefined), or not to be told. */
export function lookupFieldOrMethod(world: TypeWorld, type: Type, name: string, fromPath: string): Found | 'unknown' | undefined {
  if (name === '_') return undefined;
  const isPointer = type.kind === 'pointer';
  const base = isPointer ? type.element : type;
  if (isPointer && (base.kind === 'type-parameter' || world.underlying(base).kind === 'interface')) return undefined;
  if (type.kind === 'named') {
    const under = world.underlying(type);
    if (under.kind === 'pointer') {
      const found = search(world, under.element, true, name, fromPath);
      return found !== undefined && found !== 'unknown' && found.kind === 'method' ? undefined : found;
    }
  }
  return search(world, base, isPointer, name, fromPath);
}

function search(world: TypeWorld, type: Type, isIndirect: boolean, name: string, fromPath: string): Found | 'unknown' | undefined {
  let level: Candidate[] = [{ type, isIndirect, through: [] }];
  const seen: NamedType[] = [];
  for (let depth = 0; level.length > 0 && depth < DEPTH_LIMIT; depth++) {
    const found: Found[] = [];
    const next: Candidate[] = [];
    let hasUnknown = false;
    for (const candidate of level) {
      if (candidate.type.kind === 'named') {
        const named = candidate.type;
        if (seen.some((other) => other.symbol === named.symbol && other.name === named.name && other.path === named.path)) continue;
        seen.push(named);
        const method = declaredMethod(world, named, name, fromPath);
        if (method !== undefined) {
          found.push({ ...method, isIndirect: candidate.isIndirect, through: candidate.through });
          continue;
        }
      }
      const under =
        candidate.type.kind === 'type-parameter' ? world.underlying(candidate.type.constraint) : world.underlying(candidate.type);
      if (under.kind === 'unknown') hasUnknown = true;
      else if (under.kind === 'struct') searchStruct(under, candidate, name, fromPath, found, next);
      else if (under.kind === 'interface') {
        const method = interfaceMethod(under, candidate, name, fromPath);
        if (method !== undefined) found.push(method);
        else if (!under.isComplete) hasUnknown = true;
      }
    }
    if (found.length === 1) return found[0];
    if (found.length > 1) return undefined;
    if (hasUnknown) return 'unknown';
    level = next;
  }
  return undefined;
}

function searchStruct(
  struct: Extract<Type, { kind: 'struct' }>,
  candidate: Candidate,
  name: string,
  fromPath: string,
  found: Found[],
  next: Candidate[],
): void {
  const { isIndirect, through } = candidate;
  for (const field of struct.fields) {
    if (isVisible(field, name, fromPath))
      found.push({ kind: 'field', field, type: field.type, isIndirect, hasPointerReceiver: false, through });
    if (!field.isEmbedded) continue;
    const isPointer = field.type.kind === 'pointer';
    next.push({
      type: field.type.kind === 'pointer' ? field.type.element : field.type,
      isIndirect: isIndirect || isPointer,
      through: [...through, field],
    });
  }
}

function interfaceMethod(
  type: Extract<Type, { kind: 'interface' }>,
  candidate: Candidate,
  name: string,
  fromPath: string,
): FoundMethod | undefined {
  const method = type.methods.find((each) => isVisible(each, name, fromPath));
  if (method === undefined) return undefined;
  const { isIndirect, through } = candidate;
  return {
    kind: 'method',
    name,
    type: method.type,
    isIndirect,
    hasPointerReceiver: false,
    declaration: undefined,
    receiver: candidate.type,
    through,
  };
}

function isVisible(member: { readonly name: string; readonly path?: string }, name: string, fromPath: string): boolean {
  return member.name === name && (isExported(name) || member.path === undefined || member.path === fromPath);
}

function declaredMethod(world: TypeWorld, named: NamedType, name: string, fromPath: string): FoundMethod | undefined {
  if (!isExported(name) && named.path !== fromPath) return undefined;
  const declaration = methodDeclarations(world, named)?.get(name);
  return declaration === undefined ? undefined : methodOf(world, named, declaration);
}

/** Methods declared on a package-level type, by name; undefined when it has none or is not in view. */
export function methodDeclarations(world: TypeWorld, named: NamedType): ReadonlyMap<string, MethodDeclaration> | undefined {
  const { symbol } = named;
  const home = symbol?.file === undefined ? undefined : world.contextOf(symbol.file);
  if (home === undefined || symbol === undefined || !isPackageLevel(home.package, symbol)) return undefined;
  return membersOf(home.package).methods.get(named.name);
}

function isPackageLevel(pkg: Package, symbol: GoSymbol): boolean {
  return membersOf(pkg).symbols.get(symbol.name) === symbol;
}

function methodOf(world: TypeWorld, receiver: NamedType, declaration: MethodDeclaration): FoundMethod {
  const c = world.contextOf(declaration.file);
  const type =
    c === undefined ? UNKNOWN : substitute(signatureOf(c, declaration.node), receiverBindings(c, declaration.node, receiver.arguments));
  return {
    kind: 'method',
    name: declaration.name,
    type,
    isIndirect: false,
    hasPointerReceiver: declaration.hasPointerReceiver,
    declaration,
    receiver,
    through: [],
  };
}

/** What a method's own names for its receiver's type parameters stand for. */
function receiverBindings(c: TypeContext, method: Node, typeArguments: readonly Type[]): Map<GoSymbol, Type> {
  const bindings = new Map<GoSymbol, Type>();
  receiverParameterNodes(c, method).forEach((node, i) => {
    const symbol = c.scopes.symbolOf(node);
    if (symbol !== undefined) bindings.set(symbol, typeArguments[i] ?? UNKNOWN);
  });
  return bindings;
}

/** The names that a method's receiver gives to the type parameters. */
export function receiverParameterNodes(c: TypeContext, method: Node): Node[] {
  const { typeArguments } = receiverBase(c.tree, method);
  if (typeArguments === NONE) return [];
  return children(c.tree, typeArguments).map((each) => (c.tree.kind[each] === Kind.type_elem ? firstChild(c.tree, each) : each));
}

/** One method of a method set. */
export interface MethodSetEntry {
  readonly name: string;
  /** Signature without the receiver. */
  readonly type: Type;
  readonly hasPointerReceiver: boolean;
  readonly declaration: MethodDeclaration | undefined;
}

/**
 * Methods that a value of the type has when it is addressable (those of its pointer included), promoted ones too, shallowest
 * first. `isComplete` is false when an embedded type is unknown.
 */
export function methodsOf(world: TypeWorld, type: Type): { readonly methods: readonly MethodSetEntry[]; readonly isComplete: boolean } {
  const methods = new Map<string, MethodSetEntry>();
  let isComplete = true;
  let level: Type[] = [type.kind === 'pointer' ? type.element : type];
  const seen = new Set<GoSymbol>();
  for (let depth = 0; level.length > 0 && depth < DEPTH_LIMIT; depth++) {
    const next: Type[] = [];
    for (const each of level) {
      if (each.kind === 'named') {
        if (each.symbol !== undefined && seen.has(each.symbol)) continue;
        if (each.symbol !== undefined) seen.add(each.symbol);
        for (const declaration of methodDeclarations(world, each)?.values() ?? []) {
          if (!methods.has(declaration.name)) methods.set(declaration.name, methodOf(world, each, declaration));
        }
      }
      const under = world.underlying(each.kind === 'type-parameter' ? each.constraint : each);
      if (under.kind === 'unknown') isComplete = false;
      if (under.kind === 'interface') {
        if (!under.isComplete) isComplete = false;
        for (const { name, type: signature } of under.methods) {
          if (!methods.has(name)) methods.set(name, { name, type: signature, hasPointerReceiver: false, declaration: undefined });
        }
      }
      if (under.kind === 'struct') {
        for (const field of under.fields) if (field.isEmbedded) next.push(field.type.kind === 'pointer' ? field.type.element : field.type);
      }
    }
    level = next;
  }
  return { methods: [...methods.values()], isComplete };
}
