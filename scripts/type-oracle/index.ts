/**
 * Our scopes and types against go/types, over packages of the Go library or directories: where every identifier is declared,
 * the type of every expression, constant values and sizes.
 * `npx tsx scripts/type-oracle [--show N] [--unknown] [--stubs] [PACKAGE|DIRECTORY…]`; `--stubs` reads imports of the library
 * from our stubs, as a user's code does. Needs a Go toolchain, and says so where there is none. Exits 1 when an identifier is
 * resolved wrongly or more than 0.2 % of the types are wrong.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LineTable } from '../../server/src/base/index.ts';
import {
  createStdFacts,
  NEWEST_GO,
  type PackageImporter,
  type SourceFile,
  type StdFacts,
  scopesOf,
  type Types,
  typesOf,
  Workspace,
} from '../../server/src/model/index.ts';
import { createNodeFileSystem } from '../../server/src/node/file-system.ts';
import { descendants, go, Kind, loadGrammar, NONE, type Node, textOf } from '../../server/src/syntax/index.ts';
import { describeType } from '../../server/test/model/describe-type.ts';

const FACTS = join(import.meta.dirname, '../../server/facts');
const GRAMMARS = join(import.meta.dirname, '../../grammars');
const DEFAULT_PACKAGES = (
  'bufio bytes container/heap container/list container/ring context encoding/json errors fmt go/ast go/types io iter maps net/http ' +
  'reflect slices sort strconv strings sync sync/atomic text/template time unique'
).split(' ');
/** Share of wrong types that is put up with. */
const TOLERANCE = 0.002;

interface OracleType {
  readonly text: string;
  readonly size: number;
}

interface OracleFile {
  readonly path: string;
  readonly idents: null | readonly { readonly at: number; readonly kind: string; readonly file?: string; readonly declared: number }[];
  readonly exprs: null | readonly { readonly start: number; readonly end: number; readonly type: number; readonly value?: string }[];
}

interface OraclePackage {
  readonly path: string;
  readonly types: null | readonly OracleType[];
  readonly files: null | readonly OracleFile[];
}

const skipped = new Map<string, string>();

class Score {
  asked = 0;
  right = 0;
  unknown = 0;
  readonly wrong: string[] = [];

  constructor(readonly name: string) {}

  wrongShare(): number {
    return this.asked === 0 ? 0 : this.wrong.length / this.asked;
  }

  summary(): string {
    const percent = (count: number): string => `${((100 * count) / Math.max(this.asked, 1)).toFixed(2)} %`;
    return `${this.name.padEnd(12)} ${String(this.asked).padStart(8)} asked, ${percent(this.right)} right, ${percent(this.unknown)} unknown, ${this.wrong.length} wrong (${percent(this.wrong.length)})`;
  }
}

const { values, positionals } = parseArgs({
  options: { show: { type: 'string', default: '20' }, unknown: { type: 'boolean' }, stubs: { type: 'boolean' } },
  allowPositionals: true,
});

async function main(): Promise<void> {
  if (spawnSync('go', ['version']).status !== 0) {
    console.log('skipped: go/types is the judge, and there is no Go toolchain');
    return;
  }
  await loadGrammar((name) => readFileSync(join(GRAMMARS, name)));
  const facts = values.stubs === true ? createStdFacts(readFileSync(join(FACTS, `std.go1.${NEWEST_GO}.txt`))) : undefined;
  const workspace = new Workspace(createNodeFileSystem(), { goos: 'linux', goarch: 'amd64', tags: [], go: undefined }, facts);
  const scores = { names: new Score('identifiers'), types: new Score('types'), values: new Score('constants'), sizes: new Score('sizes') };
  const packages = oracle(positionals.length > 0 ? positionals : DEFAULT_PACKAGES);
  for (const { path } of packages.flatMap(({ files }) => files ?? [])) {
    const reason = workspace.skipReason(path);
    if (reason !== undefined) skipped.set(path, reason);
  }
  for (const dumped of packages) {
    for (const file of dumped.files ?? []) compareFile(workspace, facts, dumped, file, scores);
  }
  for (const score of Object.values(scores)) {
    console.log(score.summary());
    for (const line of score.wrong.slice(0, Number(values.show))) console.log(`  ${line}`);
  }
  if (scores.names.wrong.length > 0 || scores.types.wrongShare() > TOLERANCE) process.exitCode = 1;
}

function oracle(packages: readonly string[]): OraclePackage[] {
  const run = spawnSync('go', ['run', '.', 'expressions', ...packages], {
    cwd: join(import.meta.dirname, '../go-source'),
    encoding: 'utf8',
    maxBuffer: 2 ** 31 - 1,
    env: { ...process.env, CGO_ENABLED: '0', GOOS: 'linux', GOARCH: 'amd64', GOFLAGS: '' },
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout
    .trim()
    .split('\n')
    .map((line): OraclePackage => JSON.parse(line));
}

type Scores = Record<'names' | 'types' | 'values' | 'sizes', Score>;

function compareFile(workspace: Workspace, facts: StdFacts | undefined, dumped: OraclePackage, expected: OracleFile, scores: Scores): void {
  const pkg = workspace.packageOf(expected.path);
  const file = pkg?.files.find((each) => each.path === expected.path);
  if (pkg === undefined || file === undefined) {
    console.log(`skipped: ${expected.path}: ${skipped.get(expected.path) ?? 'not in a package'}`);
    return;
  }
  const types = typesOf(importerOf(workspace, facts), pkg, file);
  compareNames(file, types, expected, scores.names);
  const path = pkg.importPath ?? '';
  const texts = (dumped.types ?? []).map((each) => ({ ...each, text: ownNames(each.text, dumped.path, path) }));
  compareTypes(file, types, texts, expected, scores);
  if (scopesOf(pkg, file) !== types.scopes) throw new Error('two scopes for one file');
}

/** Names of types with the import paths that the go command gives: of a directory's own, and without `vendor`. */
function ownNames(text: string, dumpedPath: string, importPath: string): string {
  const named = dumpedPath.startsWith('/') ? text.replaceAll(`${dumpedPath}.`, importPath === '' ? '' : `${importPath}.`) : text;
  return named.replaceAll(/(cmd\/)?vendor\//g, '');
}

let stubImporter: PackageImporter | undefined;

/** The library's own packages import each other's sources, unless stubs are to be judged. */
function importerOf(workspace: Workspace, facts: StdFacts | undefined): PackageImporter {
  if (facts === undefined) return workspace;
  stubImporter ??= { importPackage: (path, from) => facts.importPackage(path) ?? workspace.importPackage(path, from) };
  return stubImporter;
}

const NAME_KINDS: readonly number[] = [
  Kind.identifier,
  Kind.type_identifier,
  Kind.package_identifier,
  Kind.field_identifier,
  Kind.label_name,
  Kind.nil,
  Kind.true,
  Kind.false,
  Kind.iota,
];

function compareNames(file: SourceFile, types: Types, expected: OracleFile, score: Score): void {
  const { tree } = file;
  const rows = new Map<number, Node>();
  for (let row = 1; row < tree.length; row++) if (NAME_KINDS.includes(tree.kind[row])) rows.set(tree.start[row], row);
  for (const ident of expected.idents ?? []) {
    const row = rows.get(ident.at);
    if (row === undefined || textOf(tree, row) === '_') continue;
    const found = nameAt(types, file, row, ident.kind);
    const isField = ident.kind === 'field' || ident.kind === 'method';
    if (isField && ident.declared === ident.at) continue;
    const wanted = ident.file === undefined ? 'universe' : `${ident.file}:${ident.declared}`;
    score.asked++;
    if (
      found === wanted ||
      (found === undefined && isSkipped(ident.file)) ||
      (isField && found === undefined) ||
      isElsewhere(found, wanted)
    )
      score.right++;
    else if (found === undefined && isSilent(file, row, ident.at === ident.declared)) score.asked--;
    else if (found === undefined && isSelected(file, row)) {
      score.unknown++;
      if (values.unknown === true) console.log(`${place(file, row)}: ${textOf(tree, row)} unknown, is ${wanted}`);
    } else score.wrong.push(`${place(file, row)}: ${textOf(tree, row)} (${ident.kind}) is ${found}, should be ${wanted}`);
  }
}

/** go/types keeps package unsafe in the universe; names of stubs were found by name. */
function isElsewhere(found: string | undefined, wanted: string): boolean {
  const isUnsafe = wanted === 'universe' && found?.includes('/unsafe/unsafe.go:') === true;
  return isUnsafe || found?.startsWith('std/') === true;
}

/** Files too large to be read declare names that nobody finds. */
function isSkipped(path: string | undefined): boolean {
  return path !== undefined && skipped.has(path);
}

function isSelected(file: SourceFile, row: Node): boolean {
  const parent = file.tree.kind[file.tree.parent[row]];
  return parent === Kind.selector_expression || parent === Kind.qualified_type;
}

/** Declarations that are no symbols by design: parameters of function types, `init`, fields. */
function isSilent(file: SourceFile, row: Node, isDeclaration: boolean): boolean {
  if (!isDeclaration) return false;
  const { tree } = file;
  const parent = tree.parent[row];
  const holder = tree.kind[tree.parent[tree.parent[parent]]];
  const isParameter = tree.kind[parent] === Kind.parameter_declaration || tree.kind[parent] === Kind.variadic_parameter_declaration;
  return textOf(tree, row) === 'init' || (isParameter && (holder === Kind.function_type || holder === Kind.method_elem));
}

/** `file:offset` of the declaration, `universe`, or undefined. */
function nameAt(types: Types, file: SourceFile, row: Node, kind: string): string | undefined {
  const { tree } = file;
  const parent = tree.parent[row];
  const isMember =
    tree.kind[parent] === Kind.selector_expression
      ? row === go.selectorExpression.field(tree, parent)
      : tree.kind[parent] === Kind.qualified_type && row === go.qualifiedType.name(tree, parent);
  if (isMember) {
    const selection = types.selectionOf(parent);
    if (selection?.kind === 'member') return placeOfSymbol(selection.symbol);
    if (selection?.kind === 'method' && selection.declaration !== undefined) {
      const { file: home, node } = selection.declaration;
      return `${home.path}:${home.tree.start[go.methodDeclaration.name(home.tree, node)]}`;
    }
    if (selection !== undefined && kind !== 'field' && kind !== 'method') return selection.kind;
    return undefined;
  }
  const symbol = types.scopes.symbolOf(row);
  return symbol === undefined ? undefined : placeOfSymbol(symbol);
}

function placeOfSymbol(symbol: NonNullable<ReturnType<Types['scopes']['symbolOf']>>): string {
  const { file, declaration } = symbol;
  return file === undefined ? 'universe' : `${file.path}:${file.tree.start[declaration]}`;
}

const SKIPPED: readonly number[] = [
  Kind.expression_list,
  Kind.type_elem,
  Kind.literal_element,
  Kind.argument_list,
  Kind.variadic_argument,
  Kind.type_constraint,
  Kind.expression_statement,
  Kind.statement_list,
  Kind.parameter_declaration,
  Kind.type_arguments,
  Kind.parameter_list,
  Kind.package_identifier,
  Kind.field_identifier,
  Kind.field_declaration,
  Kind.receive_statement,
  Kind.label_name,
  Kind.interpreted_string_literal_content,
  Kind.raw_string_literal_content,
  Kind.escape_sequence,
  Kind.method_elem,
];

function compareTypes(file: SourceFile, types: Types, texts: readonly OracleType[], expected: OracleFile, scores: Scores): void {
  const { tree } = file;
  const wanted = new Map((expected.exprs ?? []).map((each) => [`${each.start}:${each.end}`, each]));
  for (let row = 1; row < tree.length; row++) {
    if (SKIPPED.includes(tree.kind[row]) || isUnused(file, row)) continue;
    const expectation = wanted.get(`${tree.start[row]}:${tree.end[row]}`);
    if (expectation === undefined) continue;
    const type = types.typeOf(row);
    if (type.kind === 'function' && type.typeParameters !== undefined) continue; // go/types gives the instance, we the generic
    const { size, text } = texts[expectation.type];
    judgeType(file, row, describeType(type), text, scores.types);
    if (expectation.value !== undefined && descendants(tree, row, Kind.iota).length === 0)
      judgeValue(file, row, types.constantOf(row), expectation.value, scores.values);
    if (size >= 0 && describeType(type) === text) judgeSize(file, row, types.sizeOf(type), size, text, scores.sizes);
  }
}

/** Names without a symbol by design: `_`, and parameters of function types. */
function isUnused(file: SourceFile, row: Node): boolean {
  return file.tree.kind[row] === Kind.identifier && (textOf(file.tree, row) === '_' || isSilent(file, row, true));
}

function judgeType(file: SourceFile, row: Node, ours: string, theirs: string, score: Score): void {
  if (theirs.includes('invalid type')) return;
  score.asked++;
  const known = ours.indexOf('?');
  if (known >= 0) {
    if (theirs.startsWith(ours.slice(0, known)) || theirs.startsWith('(')) {
      score.unknown++;
      if (values.unknown === true) console.log(`${place(file, row)}: ${snippet(file, row)} unknown, is ${theirs}`);
      return;
    }
  } else if (isSame(ours, theirs)) {
    score.right++;
    return;
  }
  score.wrong.push(`${place(file, row)}: ${snippet(file, row)} is ${ours}, should be ${theirs}`);
}

/** go/types gives an untyped operand the type it ends up with, and an expression with `ok` both types. */
function isSame(ours: string, theirs: string): boolean {
  if (ours === theirs || theirs === `(${ours}, bool)` || theirs === `(${ours}, untyped bool)`) return true;
  if (!ours.startsWith('untyped ')) return false;
  if (ours === 'untyped nil') return true;
  const isNumber = ours !== 'untyped string' && ours !== 'untyped bool';
  if (theirs === 'string' || theirs === 'untyped string') return ours === 'untyped string';
  if (theirs === 'bool' || theirs === 'untyped bool') return ours === 'untyped bool';
  const isTheirsNumber = /^(untyped )?(u?int|float|complex|rune)[0-9]*$|^uintptr$/.test(theirs);
  return isTheirsNumber ? isNumber : true;
}

function judgeValue(file: SourceFile, row: Node, ours: bigint | number | string | boolean | undefined, theirs: string, score: Score): void {
  score.asked++;
  if (ours === undefined) {
    score.unknown++;
    if (values.unknown === true) console.log(`${place(file, row)}: ${snippet(file, row)} value unknown, is ${theirs}`);
    return;
  }
  if (isSameValue(ours, theirs)) score.right++;
  else score.wrong.push(`${place(file, row)}: ${snippet(file, row)} has value ${ours}, should be ${theirs}`);
}

function isSameValue(ours: bigint | number | string | boolean, theirs: string): boolean {
  if (typeof ours === 'string') return theirs === `s${ours}`;
  if (typeof ours === 'bigint' || typeof ours === 'boolean')
    return String(ours) === theirs || (theirs.startsWith('f') && Number(theirs.slice(1)) === Number(ours));
  const value = Number(theirs.replace(/^f/, ''));
  return ours === value || Math.abs(ours - value) <= 1e-7 * Math.abs(value);
}

function judgeSize(file: SourceFile, row: Node, ours: number | undefined, theirs: number, text: string, score: Score): void {
  score.asked++;
  if (ours === theirs) score.right++;
  else if (ours === undefined) score.unknown++;
  else score.wrong.push(`${place(file, row)}: ${text} has ${ours} bytes, should have ${theirs}`);
}

function place(file: SourceFile, row: Node): string {
  const { line, column } = new LineTable(file.tree.source).position(file.tree.start[row]);
  return `${file.path}:${line + 1}:${column + 1}`;
}

function snippet(file: SourceFile, row: Node): string {
  return row === NONE ? '' : textOf(file.tree, row).replace(/\s+/g, ' ').slice(0, 60);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
