/**
 * Fields and methods by name, promoted ones included (Go spec, "Selectors"): breadth first through embedded fields, the
 * shallowest depth wins. An embedded type that is unknown might hold the name too, so what lies deeper is not believed.
 */
import { children, firstChild, Kind, NONE, type Node } from '../../syntax/index.ts';
import { isPackageLevel, type MethodDeclaration, membersOf, receiverBase } from '../scopes/symbols.ts';
import { UNKNOWN } from '../scopes/universe.ts';
import type { GoSymbol, StructField, Type } from '../shapes.ts';
import type { FoundField, FoundMethod, TypeContext, TypeWorld } from './context.ts';
import { isExported } from './names.ts';
import { substitute } from './substitution.ts';

type Found = FoundField | FoundMethod;
type NamedType = Extract<Type, { kind: 'named' }>;

interface Candidate {
  readonly type: Type;
  readonly isIndirect: boolean;
  readonly through: readonly StructField[];
  /** The type is embedded more than once at its depth, so what it has is ambiguous. */
  readonly isRepeated: boolean;
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
  let level: readonly Candidate[] = [{ type, isIndirect, through: [], isRepeated: false }];
  const seen: NamedType[] = [];
  for (let depth = 0; level.length > 0 && depth < DEPTH_LIMIT; depth++) {
    const outcome: Outcome = { found: [], next: [], hasUnknown: false };
    for (const candidate of unseen(level, seen)) searchCandidate(world, candidate, name, fromPath, outcome);
    const [only] = outcome.found;
    if (outcome.found.length > 1) return undefined;
    if (only !== undefined) return only;
    if (outcome.hasUnknown) return 'unknown';
    level = outcome.next;
  }
  return undefined;
}

/** What one depth gives. A name found in a type that is embedded twice at one depth is found twice. */
interface Outcome {
  readonly found: Found[];
  readonly next: Candidate[];
  hasUnknown: boolean;
}

/** Candidates whose types no shallower depth had; of a type that comes twice, one that says so. */
function unseen(level: readonly Candidate[], seen: NamedType[]): readonly Candidate[] {
  const [only] = level;
  if (level.length === 1 && seen.length === 0) {
    if (only.type.kind === 'named') seen.push(only.type);
    return level;
  }
  const kept: Candidate[] = [];
  for (const candidate of level) {
    const { type } = candidate;
    const twin = type.kind === 'named' ? kept.findIndex((other) => other.type.kind === 'named' && isSameDeclaration(other.type, type)) : -1;
    if (twin >= 0) kept[twin] = { ...kept[twin], isRepeated: true };
    else if (type.kind !== 'named' || !seen.some((other) => isSameDeclaration(other, type))) kept.push(candidate);
  }
  for (const { type } of kept) if (type.kind === 'named') seen.push(type);
  return kept;
}

function isSameDeclaration(a: NamedType, b: NamedType): boolean {
  return a.symbol === b.symbol && a.name === b.name && a.path === b.path;
}

function searchCandidate(world: TypeWorld, candidate: Candidate, name: string, fromPath: string, outcome: Outcome): void {
  const { type, isIndirect, through } = candidate;
  const method = type.kind === 'named' ? declaredMethod(world, type, candidate, name, fromPath) : undefined;
  if (method !== undefined) {
    add(outcome, candidate, method);
    return;
  }
  const under = world.underlying(type.kind === 'type-parameter' ? type.constraint : type);
  if (under.kind === 'unknown') outcome.hasUnknown = true;
  if (under.kind === 'interface') {
    const declared = interfaceMethod(under, candidate, name, fromPath);
    if (declared !== undefined) add(outcome, candidate, declared);
    else if (!under.isComplete) outcome.hasUnknown = true;
  }
  if (under.kind !== 'struct') return;
  const field = under.fields.find((each) => isVisible(each, name, fromPath));
  if (field !== undefined)
    add(outcome, candidate, { kind: 'field', field, type: field.type, isIndirect, hasPointerReceiver: false, through });
  for (const embedded of under.fields) if (embedded.isEmbedded) outcome.next.push(promotedBy(embedded, candidate));
}

function add({ found }: Outcome, { isRepeated }: Candidate, member: Found): void {
  found.push(member);
  if (isRepeated) found.push(member);
}

function promotedBy(field: StructField, { isIndirect, through, isRepeated }: Candidate): Candidate {
  const next = { through: [...through, field], isRepeated };
  if (field.type.kind === 'pointer') return { ...next, type: field.type.element, isIndirect: true };
  return { ...next, type: field.type, isIndirect };
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

function declaredMethod(world: TypeWorld, named: NamedType, candidate: Candidate, name: string, fromPath: string): FoundMethod | undefined {
  if (!isExported(name) && named.path !== fromPath) return undefined;
  const declaration = methodDeclarations(world, named)?.get(name);
  return declaration === undefined ? undefined : methodOf(world, named, declaration, candidate);
}

/** Methods declared on a package-level type, by name; undefined when it has none or is not in view. */
export function methodDeclarations(world: TypeWorld, named: NamedType): ReadonlyMap<string, MethodDeclaration> | undefined {
  const { symbol } = named;
  const home = symbol?.file === undefined ? undefined : world.contextOf(symbol.file);
  if (home === undefined || symbol === undefined || !isPackageLevel(symbol)) return undefined;
  return membersOf(home.package).methodsOf(symbol);
}

function methodOf(world: TypeWorld, receiver: NamedType, declaration: MethodDeclaration, { isIndirect, through }: Candidate): FoundMethod {
  const c = world.contextOf(declaration.file);
  const type = c === undefined ? UNKNOWN : methodType(c, declaration.node, receiver);
  return {
    kind: 'method',
    name: declaration.name,
    type,
    isIndirect,
    hasPointerReceiver: declaration.hasPointerReceiver,
    declaration,
    receiver,
    through,
  };
}

function methodType(c: TypeContext, method: Node, receiver: NamedType): Type {
  return substitute(c.typeOfTypeNode(method), receiverBindings(c, method, receiver.arguments));
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
 * Methods that a value of the type has when it is addressable (those of its pointer included), promoted ones too, as the
 * package of that path sees them. `isComplete` is false when an embedded type is unknown.
 */
export function methodsOf(
  world: TypeWorld,
  type: Type,
  fromPath: string,
): { readonly methods: readonly MethodSetEntry[]; readonly isComplete: boolean } {
  const { names, isComplete } = methodNames(world, type.kind === 'pointer' ? type.element : type);
  const methods: MethodSetEntry[] = [];
  for (const name of names) {
    const found = lookupFieldOrMethod(world, type, name, fromPath);
    if (found === 'unknown' || found?.kind !== 'method') continue;
    methods.push({ name, type: found.type, hasPointerReceiver: found.hasPointerReceiver, declaration: found.declaration });
  }
  return { methods, isComplete };
}

/** Names of all methods of a type and the types it embeds, whether or not they are promoted. */
function methodNames(world: TypeWorld, type: Type): { readonly names: ReadonlySet<string>; readonly isComplete: boolean } {
  const names = new Set<string>();
  const seen = new Set<Type>();
  let isComplete = true;
  const queue: Type[] = [type];
  for (let each = queue.pop(); each !== undefined; each = queue.pop()) {
    if (each.kind === 'named') for (const name of methodDeclarations(world, each)?.keys() ?? []) names.add(name);
    const under = world.underlying(each.kind === 'type-parameter' ? each.constraint : each);
    if (seen.has(under)) continue;
    seen.add(under);
    if (under.kind === 'unknown' || (under.kind === 'interface' && !under.isComplete)) isComplete = false;
    if (under.kind === 'interface') for (const { name } of under.methods) names.add(name);
    if (under.kind !== 'struct' || seen.size > 1000) continue;
    for (const field of under.fields) if (field.isEmbedded) queue.push(field.type.kind === 'pointer' ? field.type.element : field.type);
  }
  return { names, isComplete };
}
