/**
 * What a Go file says before its first declaration, read straight from the bytes. Grouping the files of a directory needs
 * the package clause, the build constraint and whether cgo is used, of every file; parsing them all for that would cost
 * a hundred times as much.
 */

import type { GoMinor } from '../shapes.ts';
import {
  and,
  type Constraint,
  impliedGoVersion,
  isGoBuildLine,
  NEVER_BUILT,
  parseGoBuildLine,
  parsePlusBuildLine,
} from './build-constraints.ts';

export interface FileHeader {
  /** Empty when there is no package clause. */
  readonly packageName: string;
  /** Import paths in source order, up to the first that cannot be read. */
  readonly importPaths: readonly string[];
  /** Of `//go:build` or, without one, `// +build` lines; undefined when there are none. */
  readonly constraint: Constraint | undefined;
  /** Go version that the `//go:build` line implies. */
  readonly goVersion: GoMinor | undefined;
  readonly isGenerated: boolean;
}

const GENERATED = /^\/\/ Code generated .* DO NOT EDIT\.$/;
const decoder = new TextDecoder();
const BOM = [0xef, 0xbb, 0xbf];

export function scanHeader(source: Uint8Array): FileHeader {
  const scanner = new HeaderScanner(source, BOM.every((byte, i) => source[i] === byte) ? BOM.length : 0);
  scanner.skipBlank();
  const top = decoder.decode(source.subarray(0, scanner.at));
  const packageName = scanner.keyword('package') ? scanner.identifier() : '';
  const importPaths = packageName === '' ? [] : readImports(scanner);
  // What precedes `package` on its own line is neither a comment line nor a blank one.
  const lines = top
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/\r$/, ''));
  const { constraint, goVersion } = readConstraints(lines);
  return { packageName, importPaths, constraint, goVersion, isGenerated: lines.some((line) => GENERATED.test(line)) };
}

/** go/build's `parseFileHeader` and `shouldBuild`: one `//go:build` line outside block comments controls; two are an error. */
function readConstraints(lines: readonly string[]): Pick<FileHeader, 'constraint' | 'goVersion'> {
  const { goBuild, plusBuild } = constraintLines(lines);
  if (goBuild.length > 1) return { constraint: NEVER_BUILT, goVersion: undefined };
  if (goBuild.length === 1) {
    const parsed = parseGoBuildLine(goBuild[0]);
    return { constraint: parsed ?? NEVER_BUILT, goVersion: parsed && impliedGoVersion(parsed) };
  }
  const parsed = plusBuild.map(parsePlusBuildLine).filter((constraint) => constraint !== undefined);
  return { constraint: parsed.length === 0 ? undefined : parsed.reduce(and), goVersion: undefined };
}

/** `// +build` lines count only in the leading run of line comments, above its last blank line. */
function constraintLines(lines: readonly string[]): { goBuild: string[]; plusBuild: string[] } {
  const goBuild: string[] = [];
  const plusBuild: string[] = [];
  let pending: string[] = [];
  let isLeading = true;
  let isInBlock = false;
  for (const raw of lines) {
    const line = raw.trim();
    if (line === '' && isLeading) {
      plusBuild.push(...pending);
      pending = [];
    }
    if (line !== '' && !line.startsWith('//')) isLeading = false;
    if (!isInBlock && isGoBuildLine(line)) goBuild.push(line);
    if (isLeading && line.startsWith('//')) pending.push(line);
    isInBlock = endsInBlockComment(line, isInBlock);
  }
  return { goBuild, plusBuild };
}

function endsInBlockComment(line: string, startsInBlock: boolean): boolean {
  let isInBlock = startsInBlock;
  for (let at = 0; ; ) {
    if (isInBlock) {
      const close = line.indexOf('*/', at);
      if (close < 0) return true;
      at = close + 2;
      isInBlock = false;
    }
    const rest = line.slice(at).trimStart();
    if (!rest.startsWith('/*')) return false;
    at = line.length - rest.length + 2;
    isInBlock = true;
  }
}

function readImports(scanner: HeaderScanner): string[] {
  const paths: string[] = [];
  for (;;) {
    scanner.skipSeparators();
    if (!scanner.keyword('import')) return paths;
    scanner.skipBlank();
    const isGroup = scanner.token('(');
    for (;;) {
      if (isGroup) scanner.skipSeparators();
      if (isGroup && scanner.token(')')) break;
      const path = scanner.importPath();
      if (path === undefined) return paths;
      paths.push(path);
      if (!isGroup) break;
    }
  }
}

const SEMICOLON = 0x3b;

class HeaderScanner {
  constructor(
    private readonly source: Uint8Array,
    public at: number,
  ) {}

  /** Moves over white space and comments. */
  skipBlank(): void {
    const { source } = this;
    for (; this.at < source.length; this.at++) {
      if (this.startsWith('//')) this.at = this.find('\n', this.at);
      else if (this.startsWith('/*')) this.at = this.find('*/', this.at + 2) + 1;
      else if (source[this.at] > 0x20) return;
    }
    this.at = Math.min(this.at, source.length);
  }

  skipSeparators(): void {
    this.skipBlank();
    while (this.source[this.at] === SEMICOLON) {
      this.at++;
      this.skipBlank();
    }
  }

  keyword(word: string): boolean {
    const end = this.at + word.length;
    if (!this.startsWith(word) || isIdentifierByte(this.source[end])) return false;
    this.at = end;
    return true;
  }

  token(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.at += text.length;
    return true;
  }

  /** The identifier here, or empty. */
  identifier(): string {
    this.skipBlank();
    const start = this.at;
    while (isIdentifierByte(this.source[this.at])) this.at++;
    return decoder.decode(this.source.subarray(start, this.at));
  }

  /** The path of the import spec here, its name skipped. */
  importPath(): string | undefined {
    if (!this.token('.')) this.identifier();
    this.skipBlank();
    const quote = this.startsWith('"') ? '"' : this.startsWith('`') ? '`' : undefined;
    if (quote === undefined) return undefined;
    const start = this.at + 1;
    const end = this.find(quote, start);
    if (end >= this.find('\n', start)) return undefined;
    this.at = end + 1;
    return decoder.decode(this.source.subarray(start, end));
  }

  private startsWith(text: string): boolean {
    for (let i = 0; i < text.length; i++) if (this.source[this.at + i] !== text.charCodeAt(i)) return false;
    return true;
  }

  /** Offset of a text at or after `from`, or the file's length. */
  private find(text: string, from: number): number {
    const first = text.charCodeAt(0);
    for (let at = this.source.indexOf(first, from); at >= 0; at = this.source.indexOf(first, at + 1)) {
      if (text.length === 1 || this.source[at + 1] === text.charCodeAt(1)) return at;
    }
    return this.source.length;
  }
}

function isIdentifierByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x5f || byte >= 0x80
  );
}
