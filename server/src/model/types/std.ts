/**
 * The standard library as declarations: what every importable package exports, as Go source without function bodies, made
 * from the real library by `scripts/std-facts`, one text per Go release. Nothing is read before the first standard import is
 * asked about, and a package is parsed when it is first imported, so scopes and types work on it as on any other.
 */
import { parse } from '../../syntax/index.ts';
import { scanHeader } from '../modules/header.ts';
import { NEWEST_GO, OLDEST_COMPILER } from '../modules/version.ts';
import { importsOf } from '../scopes/imports.ts';
import type { GoMinor, Package, SourceFile } from '../shapes.ts';
import { editedSection, sectionsOf } from './std-sections.ts';
import { STUBS } from './std-words.ts';

export interface StdFacts {
  /** Import paths, sorted. */
  readonly paths: readonly string[];
  has(importPath: string): boolean;
  /** Its package clause's name, without parsing it. */
  packageName(importPath: string): string | undefined;
  /** The same object every time. Its one file is called `std/<import path>/stub.go`. */
  importPackage(importPath: string): Package | undefined;
}

/** Facts of all releases that there are some of. */
export interface StdLibrary {
  /** The same object every time. The release is one of `compilerFor`. */
  at(release: GoMinor): StdFacts;
}

/**
 * Gives the text of a release's file in `server/facts`, or undefined when it is not at hand, which is as if it were empty. It is
 * called once per release, and has to answer at once: a host that can only inflate asynchronously does so beforehand.
 */
export type FactsReader = (release: GoMinor) => string | Uint8Array | undefined;

type Section = (importPath: string) => string | undefined;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function createStdLibrary(read: FactsReader): StdLibrary {
  const releases = new Map<GoMinor, { readonly facts: StdFacts; readonly paths: () => readonly string[]; readonly section: Section }>();
  const at = (release: GoMinor): NonNullable<ReturnType<typeof releases.get>> => {
    const known = releases.get(release);
    if (known !== undefined) return known;
    const own = once(() => sectionsOf(textOf(read(release))));
    const newer = release < NEWEST_GO ? at(release + 1) : undefined;
    const section = newer === undefined ? (path: string) => own().get(path) : olderSection(own, newer.section);
    const paths = once(() => [...new Set([...own().keys(), ...(newer?.paths() ?? [])])].filter((path) => section(path)).sort());
    const made = { facts: factsFrom(section, paths), paths, section };
    releases.set(release, made);
    return made;
  };
  return { at: (release) => at(Math.min(Math.max(release, OLDEST_COMPILER), NEWEST_GO)).facts };
}

/** A release before the newest: what its own text says of the next newer one's sections. */
function olderSection(own: () => ReadonlyMap<string, string>, newer: Section): Section {
  const edited = new Map<string, string | undefined>();
  return (path) => {
    const edits = own().get(path);
    if (edits === undefined) return newer(path);
    if (!edited.has(path)) edited.set(path, editedSection(newer(path) ?? '', edits) || undefined);
    return edited.get(path);
  };
}

/** Facts of one text, whatever the release. */
export function createStdFacts(text: string | Uint8Array): StdFacts {
  return createStdLibrary(() => text).at(NEWEST_GO);
}

function factsFrom(section: Section, paths: () => readonly string[]): StdFacts {
  const loaded = new Map<string, Package>();
  // The go command reserves paths without a dot in front for the library: for others the text need not be read.
  const sectionAt = (path: string): string | undefined => (path.split('/', 1)[0].includes('.') ? undefined : section(path));
  const packageName = (path: string): string | undefined => /^package (\w+)/.exec(sectionAt(path) ?? '')?.[1];
  const importPackage = (path: string): Package | undefined => {
    const text = sectionAt(path);
    if (text === undefined) return undefined;
    const known = loaded.get(path) ?? stubPackage(path, text, packageName);
    loaded.set(path, known);
    return known;
  };
  return {
    get paths() {
      return paths();
    },
    has: (path) => sectionAt(path) !== undefined,
    packageName,
    importPackage,
  };
}

function textOf(text: string | Uint8Array | undefined): string {
  return typeof text === 'string' ? text : decoder.decode(text);
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function stubPackage(importPath: string, section: string, nameOf: (path: string) => string | undefined): Package {
  const source = encoder.encode(section);
  const { tree, problems } = parse(source);
  const { packageName } = scanHeader(source);
  const directory = STUBS + importPath;
  const file: SourceFile = {
    path: `${directory}/stub.go`,
    tree,
    problems,
    packageName,
    imports: importsOf(tree, nameOf),
    isTest: false,
    isGenerated: true,
    go: NEWEST_GO,
    derived: {},
  };
  return { directory, importPath, name: packageName, module: undefined, files: [file], derived: {}, leftOutBeside: () => undefined };
}
