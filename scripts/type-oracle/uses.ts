/**
 * `npm run type-oracle [-- [--show N] FOLDER…]`: what our types know of calls and interfaces in modules, against go/types, with
 * imports of the library read from our facts, as a user's code is. Without folders: the pinned modules; `--all`: the training
 * modules of the escape oracle and the library. Prints a table of docs/escape-model.md; exits 1 below the bars.
 *
 * - calls: of those of a known function, method or literal, how many are resolved to the same one
 * - concrete: of the values that become an interface's, how many have the same type
 * - layouts: of the struct types, how many have the same size, alignment, offsets and bytes with pointers, once on amd64 and once on 386
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LineTable } from '../../server/src/base/index.ts';
import { type Callee, createStdFacts, NEWEST_GO, type SourceFile, type Types, typesOf, Workspace } from '../../server/src/model/index.ts';
import { createNodeFileSystem } from '../../server/src/node/file-system.ts';
import { readGoEnvironment } from '../../server/src/node/go-environment.ts';
import { Kind, loadGrammar, type Node } from '../../server/src/syntax/index.ts';
import { describeType } from '../../server/test/model/describe-type.ts';
import { type ModulePin, sampleModules, withModuleCopy } from '../ecosystem/go-modules.ts';
import { go, goSource } from '../oracle/go.ts';
import training from '../oracle/training.json' with { type: 'json' };

const ROOT = join(import.meta.dirname, '../..');
const BARS = { calls: 95, concrete: 97, layouts: 99 };
const COUNTED = ['calls', 'concrete', 'layouts'] as const;
/** Of what is asked, in per cent, how much may be wrong. */
const WRONG = 0.2;

interface FileUses {
  readonly path: string;
  readonly calls: readonly {
    readonly start: number;
    readonly end: number;
    readonly kind: 'function' | 'method' | 'literal' | 'builtin' | 'conversion' | 'interface' | 'dynamic';
    readonly callee: string;
    readonly at: number;
  }[];
  readonly conversions: readonly { readonly start: number; readonly end: number; readonly type: string }[];
}

/** In bytes; `at` is where the name of a struct type begins in the file. */
interface FileLayouts {
  readonly path: string;
  readonly structs: readonly {
    readonly at: number;
    readonly size: number;
    readonly alignment: number;
    readonly pointers: number;
    readonly offsets: readonly number[];
  }[];
}

interface Count {
  asked: number;
  right: number;
  wrong: number;
}

type Counts = Record<keyof typeof BARS, Count>;

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false }, show: { type: 'string', default: '0' } },
  allowPositionals: true,
});

async function main(): Promise<void> {
  await loadGrammar((name) => readFileSync(join(ROOT, 'grammars', name)));
  console.log(row(['module', 'calls', 'right', 'wrong', 'to interfaces', 'right', 'wrong', 'layouts', 'right', 'wrong']));
  console.log(row(['---', ...Array<string>(9).fill('---:')]));
  const total = emptyCounts();
  const judged = (name: string, folder: string, patterns: readonly string[]): void => {
    const counts = measure(realpathSync(folder), patterns);
    for (const what of COUNTED) {
      for (const each of ['asked', 'right', 'wrong'] as const) total[what][each] += counts[what][each];
    }
    console.log(shown(name, counts));
  };
  const folders = positionals.map((folder) => resolve(process.env.INIT_CWD ?? process.cwd(), folder));
  for (const folder of folders) judged(basename(folder), folder, ['./...']);
  if (folders.length === 0) judgePins(values.all ? training.modules : sampleModules(), judged);
  if (values.all)
    judged('standard library', join(spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).stdout.trim(), 'src'), training.library);
  console.log(shown('all', total));
  process.exitCode = hold(total) ? 0 : 1;
}

type Pins = readonly Pick<ModulePin, 'path' | 'version'>[];

function judgePins(pins: Pins, judged: (name: string, folder: string, patterns: readonly string[]) => void): void {
  for (const pin of pins) {
    withModuleCopy(pin, (folder) => {
      go(['list', '-mod=mod', '-deps', './...'], folder);
      judged(`${pin.path.replace(/^github\.com\//, '')} ${pin.version}`, folder, ['./...']);
    });
  }
}

function measure(folder: string, patterns: readonly string[]): Counts {
  const facts = createStdFacts(readFileSync(join(ROOT, 'server/facts', `std.go1.${NEWEST_GO}.txt`)));
  const counts = emptyCounts();
  const workspaceFor = (goarch: string): Workspace =>
    new Workspace(createNodeFileSystem(), { goos: 'linux', goarch, tags: [], go: undefined }, facts, { environment: readGoEnvironment });
  const workspace = workspaceFor('amd64');
  for (const line of goSource('uses', folder, patterns)) {
    const uses: FileUses = JSON.parse(line);
    const found = typesAt(workspace, uses.path);
    if (found !== undefined) compareFile(found.types, found.file, uses, counts);
  }
  for (const goarch of ['amd64', '386']) {
    const target = goarch === 'amd64' ? workspace : workspaceFor(goarch);
    for (const line of goSource('layouts', folder, patterns, goarch)) {
      const layouts: FileLayouts = JSON.parse(line);
      const found = typesAt(target, layouts.path);
      if (found !== undefined) compareLayouts(found.types, found.file, layouts, counts.layouts);
    }
  }
  return counts;
}

function typesAt(workspace: Workspace, path: string): { readonly types: Types; readonly file: SourceFile } | undefined {
  const pkg = workspace.packageOf(path);
  const file = pkg?.files.find((each) => each.path === path);
  return pkg === undefined || file === undefined ? undefined : { types: typesOf(workspace, pkg, file), file };
}

function compareLayouts(types: Types, file: SourceFile, { structs }: FileLayouts, count: Count): void {
  const names = typeNames(file);
  for (const { at, size, alignment, pointers, offsets } of structs) {
    const node = names.get(at);
    const ours = node === undefined ? undefined : types.layoutOf(types.typeOfTypeNode(node));
    const text = ours && layoutText(ours.size, ours.alignment, ours.pointerBytes, ours.offsets);
    record(count, text, layoutText(size, alignment, pointers, offsets), () => place(file, at));
  }
}

function layoutText(size: number, alignment: number, pointers: number, offsets: readonly number[]): string {
  return `${size} bytes by ${alignment}, ${pointers} with pointers, fields at ${offsets.join(' ')}`;
}

function compareFile(types: Types, file: SourceFile, uses: FileUses, counts: Counts): void {
  const rows = rowsByRange(file);
  for (const call of uses.calls) {
    if (call.kind !== 'function' && call.kind !== 'method' && call.kind !== 'literal') continue;
    const node = rows.get(`${call.start}:${call.end}`);
    const callee = node === undefined ? undefined : types.calleeOf(node);
    const wanted = call.kind === 'literal' ? `literal ${call.at}` : call.callee;
    record(counts.calls, callee === undefined ? undefined : calleeText(callee), wanted, () => place(file, call.start));
  }
  for (const { start, end, type } of uses.conversions) {
    const node = rows.get(`${start}:${end}`);
    record(counts.concrete, node === undefined ? undefined : operandType(types, node), type.replaceAll(/(cmd\/)?vendor\//g, ''), () =>
      place(file, start),
    );
  }
}

function record(count: Count, ours: string | undefined, theirs: string, where: () => string): void {
  count.asked++;
  if (ours === theirs) count.right++;
  else if (ours !== undefined) count.wrong++;
  if (ours !== theirs && shownSoFar++ < Number(values.show)) console.log(`${where()}: ${ours ?? 'unknown'}, is ${theirs}`);
}

let shownSoFar = 0;

/** As the judge writes it; undefined where we do not say what is called. */
function calleeText(callee: Callee): string | undefined {
  switch (callee.kind) {
    case 'function':
    case 'method':
      return `${callee.path} ${callee.name}`;
    case 'literal':
      return `literal ${callee.declaration.file.tree.start[callee.declaration.node]}`;
    case 'unknown':
      return undefined;
    default:
      return callee.kind;
  }
}

/** Untyped constants have the type that they become; undefined where a part is unknown. */
function operandType(types: Types, node: Node): string | undefined {
  const type = types.typeOf(node);
  const text = describeType(type.kind === 'basic' ? { kind: 'basic', name: type.name } : type);
  return text.includes('?') ? undefined : text;
}

/** Rows by byte range; of those with one range a call, else the outermost expression. */
function rowsByRange({ tree }: SourceFile): ReadonlyMap<string, Node> {
  const rows = new Map<string, Node>();
  const calls: readonly number[] = [Kind.call_expression, Kind.type_conversion_expression];
  const wrappers: readonly number[] = [Kind.expression_list, Kind.expression_statement, Kind.statement_list, Kind.literal_element];
  for (let row = 1; row < tree.length; row++) {
    const key = `${tree.start[row]}:${tree.end[row]}`;
    const isFirst = !rows.has(key) && !wrappers.includes(tree.kind[row]);
    if (isFirst || calls.includes(tree.kind[row])) rows.set(key, row);
  }
  return rows;
}

/** Names of declared types by the byte at which they begin. */
function typeNames({ tree }: SourceFile): ReadonlyMap<number, Node> {
  const names = new Map<number, Node>();
  for (let row = 1; row < tree.length; row++) if (tree.kind[row] === Kind.type_identifier) names.set(tree.start[row], row);
  return names;
}

function place(file: SourceFile, offset: number): string {
  const { line, column } = new LineTable(file.tree.source).position(offset);
  return `${file.path}:${line + 1}:${column + 1}`;
}

function emptyCounts(): Counts {
  const none = (): Count => ({ asked: 0, right: 0, wrong: 0 });
  return { calls: none(), concrete: none(), layouts: none() };
}

function shown(name: string, { calls, concrete, layouts }: Counts): string {
  const figures = ({ asked, right, wrong }: Count): string[] => [String(asked), percent(right, asked), percent(wrong, asked)];
  return row([name, ...figures(calls), ...figures(concrete), ...figures(layouts)]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(2)} %`;
}

function hold(counts: Counts): boolean {
  return COUNTED.every((what) => {
    const { asked, right, wrong } = counts[what];
    const holds = asked > 0 && (100 * right) / asked >= BARS[what] && (100 * wrong) / asked <= WRONG;
    if (!holds) console.log(`FAILED ${what}: at least ${BARS[what]} % right and at most ${WRONG} % wrong are wanted`);
    return holds;
  });
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
