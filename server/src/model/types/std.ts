/**
 * The standard library as declarations: what every importable package exports, as Go source without function bodies, made
 * from the real library by `scripts/std-facts` and kept as one text. A package is parsed when it is first imported, so
 * scopes and types work on it as on any other.
 */
import { parse } from '../../syntax/index.ts';
import { scanHeader } from '../modules/header.ts';
import { NEWEST_GO } from '../modules/version.ts';
import { importsOf } from '../scopes/imports.ts';
import type { Package, SourceFile } from '../shapes.ts';

export interface StdFacts {
  /** Import paths, sorted. */
  readonly paths: readonly string[];
  has(importPath: string): boolean;
  /** Its package clause's name, without parsing it. */
  packageName(importPath: string): string | undefined;
  /** The same object every time. Its one file is called `std/<import path>/stub.go`. */
  importPackage(importPath: string): Package | undefined;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `text` is a file of `server/facts/`. Text without a section in it gives facts that know nothing. */
export function createStdFacts(text: string | Uint8Array): StdFacts {
  const sections = sectionsOf(typeof text === 'string' ? text : decoder.decode(text));
  const loaded = new Map<string, Package>();
  const packageName = (path: string): string | undefined => /^package (\w+)/.exec(sections.get(path) ?? '')?.[1];
  const importPackage = (path: string): Package | undefined => {
    const section = sections.get(path);
    if (section === undefined) return undefined;
    const known = loaded.get(path) ?? stubPackage(path, section, packageName);
    loaded.set(path, known);
    return known;
  };
  return { paths: [...sections.keys()].sort(), has: (path) => sections.has(path), packageName, importPackage };
}

/** Sections by the path in the line `-- path --` above them; line ends may have been converted. */
function sectionsOf(text: string): Map<string, string> {
  const sections = new Map<string, string>();
  for (let at = text.indexOf('\n-- '); at >= 0; ) {
    const lineEnd = text.indexOf('\n', at + 1);
    const next = text.indexOf('\n-- ', lineEnd);
    const path = text
      .slice(at + 4, lineEnd)
      .trim()
      .replace(/ --$/, '');
    sections.set(path, text.slice(lineEnd + 1, next < 0 ? text.length : next + 1));
    at = next;
  }
  return sections;
}

function stubPackage(importPath: string, section: string, nameOf: (path: string) => string | undefined): Package {
  const source = encoder.encode(section);
  const { tree, problems } = parse(source);
  const { packageName } = scanHeader(source);
  const directory = `std/${importPath}`;
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
