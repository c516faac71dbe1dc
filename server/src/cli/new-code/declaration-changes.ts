/** Which declarations of a package a change made other ones. What came or went whole is none: code that stays cannot speak of it, methods aside. */
import { changedMembers, type Declaration, type FileDeclarations, flowAlike } from '../../syntax/index.ts';

/** A declaration and the file that it is in, as it now is or as it was. */
export interface Placed {
  readonly path: string;
  readonly declaration: Declaration;
}

/** A file before and after a change; undefined where it was not or is not. */
export interface FileVersions {
  readonly now: { readonly path: string; readonly text: Uint8Array } | undefined;
  readonly before: { readonly path: string; readonly text: Uint8Array } | undefined;
}

export interface ReadFile extends FileDeclarations {
  readonly path: string;
  readonly text: Uint8Array;
}

/** The same, read. */
export interface ReadVersions {
  readonly now: ReadFile | undefined;
  readonly before: ReadFile | undefined;
}

export interface DeclarationChanges {
  /** What those mean who name them: types, values, signatures. */
  readonly meanings: readonly Placed[];
  /** Structs and interfaces among them that are the same type but for some members, and of which values flow alike: the names of these. */
  readonly reshaped: ReadonlyMap<Declaration, ReadonlySet<string>>;
  /** Methods that were not there, and that are there no more, of types that are there before and now. */
  readonly came: readonly Placed[];
  readonly gone: readonly Placed[];
  /** Functions of which only the body changed. */
  readonly bodies: readonly Placed[];
  /** By the declaration of a function as it is now: what it was before. */
  readonly before: ReadonlyMap<Declaration, Placed>;
}

/** Of the changed files of one package. */
export function declarationChanges(files: readonly ReadVersions[]): DeclarationChanges {
  const changes = new Changes();
  for (const { now, before } of files) changes.compare(now, before);
  return changes.settle();
}

class Changes {
  private readonly meanings: Placed[] = [];
  private readonly reshaped = new Map<Declaration, ReadonlySet<string>>();
  private readonly bodies: Placed[] = [];
  private readonly before = new Map<Declaration, Placed>();
  /** What has no like in the other version of its file. */
  private readonly came: Placed[] = [];
  private readonly went: Placed[] = [];

  compare(now: ReadFile | undefined, before: ReadFile | undefined): void {
    const rebound = now === undefined || before === undefined ? new Set<string>() : reboundNames(now, before);
    const isOther = now?.preface !== before?.preface;
    const left = byKey(before);
    for (const each of placed(now)) {
      const was = left.get(keyOf(each.declaration))?.shift();
      if (was === undefined) this.came.push(each);
      else this.pair(each, was, isOther || each.declaration.usesAny(rebound));
    }
    for (const gone of left.values()) this.went.push(...gone);
  }

  /** What moved from file to file is paired, and what is left came or went. */
  settle(): DeclarationChanges {
    const left = new Map<string, Placed[]>();
    const came: Placed[] = [];
    for (const each of this.went) left.set(keyOf(each.declaration), [...(left.get(keyOf(each.declaration)) ?? []), each]);
    for (const each of this.came) {
      const was = left.get(keyOf(each.declaration))?.shift();
      if (was !== undefined) this.pair(each, was, false);
      else came.push(each);
    }
    const gone = methodsOfOthers([...left.values()].flat());
    const { meanings, reshaped, bodies, before } = this;
    return { meanings, reshaped, came: methodsOfOthers(came), gone, bodies, before };
  }

  private pair(now: Placed, was: Placed, isOther: boolean): void {
    this.before.set(now.declaration, was);
    const hasOtherHead = now.declaration.head !== was.declaration.head;
    if (hasOtherHead || (isOther && !isFunction(now.declaration))) this.meanings.push(now);
    else if (isOther || !now.declaration.hasBodyOf(was.declaration)) this.bodies.push(now);
    const members = hasOtherHead && !isOther ? changedMembersOf(now, was) : undefined;
    if (members !== undefined) this.reshaped.set(now.declaration, members);
  }
}

function changedMembersOf({ declaration: now }: Placed, { declaration: was }: Placed): ReadonlySet<string> | undefined {
  return now.kind === 'type' && flowAlike(now.headTokens, was.headTokens) ? changedMembers(now.headTokens, was.headTokens) : undefined;
}

/** Methods of types that are not among the declarations themselves. */
function methodsOfOthers(all: readonly Placed[]): readonly Placed[] {
  const types = new Set(all.flatMap(({ declaration: { kind, names } }) => (kind === 'type' ? names : [])));
  return all.filter(({ declaration: { kind, receiver } }) => kind === 'method' && !types.has(receiver));
}

function placed(file: ReadFile | undefined): readonly Placed[] {
  return file === undefined ? [] : file.declarations.map((declaration) => ({ path: file.path, declaration }));
}

function byKey(file: ReadFile | undefined): Map<string, Placed[]> {
  const found = new Map<string, Placed[]>();
  for (const each of placed(file)) found.set(keyOf(each.declaration), [...(found.get(keyOf(each.declaration)) ?? []), each]);
  return found;
}

export function isFunction({ kind }: Declaration): boolean {
  return kind === 'function' || kind === 'method';
}

export function keyOf({ kind, receiver, names }: Declaration): string {
  return `${kind === 'method' ? receiver : ''}.${names.join(',')}`;
}

/** Names by which a file may mean another import than before. */
function reboundNames(now: FileDeclarations, before: FileDeclarations): ReadonlySet<string> {
  const keys = ({ imports }: FileDeclarations): ReadonlySet<string> => new Set(imports.map(({ name, path }) => `${name} ${path}`));
  const [ofNow, ofBefore] = [keys(now), keys(before)];
  const names = ({ imports }: FileDeclarations, others: ReadonlySet<string>): ReadonlySet<string> =>
    new Set(imports.filter(({ name, path }) => !others.has(`${name} ${path}`)).flatMap(likelyNames));
  const gone = names(before, ofNow);
  return new Set([...names(now, ofBefore)].filter((name) => gone.has(name)));
}

/** What a package is called stands in its files; its path tells parts of it: `yaml` in `gopkg.in/yaml.v3`, `rand` in `math/rand/v2`. */
function likelyNames({ name, path }: FileDeclarations['imports'][number]): readonly string[] {
  return name === ''
    ? path
        .split('/')
        .slice(-2)
        .flatMap((part) => [part, ...part.split(/[^\w]/)])
    : [name];
}
