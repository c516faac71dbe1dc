/**
 * Generated functions before and after the product's safe fixes, side by side in one Go program that runs both on the same
 * inputs. The fixes are those of the built command line, applied to files as a user would.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { type Body, fileOf, type Generator } from './subject.ts';

export interface Behaviour {
  readonly functions: number;
  /** Of these a fix changed the text; the others prove nothing. */
  readonly fixed: number;
  readonly applied: Readonly<Record<string, number>>;
  /** Fixed functions in whose loops so many turns were taken that fewer allocations must show. */
  readonly measured: number;
  /** What differs, with both texts. */
  readonly problems: readonly string[];
}

/** What the harness says of one function. */
interface Measured {
  readonly name: string;
  readonly turns: number;
  /** Before and after, on inputs on which it does not panic. */
  readonly allocs: readonly (readonly [number, number])[];
  /** The first of them is the calm input's, which is large. */
  readonly isCalm: boolean;
  readonly difference: string;
}

export interface Sample {
  readonly seed: number;
  readonly functions: number;
  /** Seeds of inputs that each function is run on. */
  readonly inputs: number;
}

const HARNESS = join(import.meta.dirname, 'harness');
const ENVIRONMENT = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', ESCAPEMENT_CACHE: 'off' };
/** From so many turns on, of which one element may take two, a slice, a map or a string that knows its size must save allocations. */
const MANY_TURNS = 130;

/** `entry` is the built command line. Throws when a command fails. */
export function proveBehaviour(entry: string, generator: Generator, { seed, functions, inputs }: Sample): Behaviour {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-behaviour-'));
  try {
    cpSync(HARNESS, folder, { recursive: true });
    const bodies = fc.sample(generator.bodies, { seed, numRuns: functions });
    const valid = writeValid(folder, bodies, generator.fixedIn);
    const unfixed = new Map(valid.map((name) => [name, textOf(folder, 'after', name)]));
    const applied = fix(entry, generator, folder);
    const broken = uncompiled(folder, 'after');
    const uncompilable = [...broken].map(([name, says]) => shown(folder, name, `does not compile any more: ${says}`));
    const running = valid.filter((name) => !broken.has(name));
    for (const name of broken.keys()) remove(folder, name);
    writeFileSync(join(folder, 'subjects.go'), tableOf(running));
    const all = measure(folder, inputs).map((each) => ({ ...each, turns: bodies[indexOf(each.name)].turns ?? each.turns }));
    const lavish = new Set(bodies.flatMap(({ isLavish }, i) => (isLavish === true ? [nameOf(i)] : [])));
    const fixed = new Set(running.filter((name) => unfixed.get(name) !== textOf(folder, 'after', name)));
    return {
      functions: valid.length,
      fixed: fixed.size + broken.size,
      applied,
      measured: all.filter((each) => fixed.has(each.name) && isLong(each) && !lavish.has(each.name)).length,
      problems: [
        ...uncompilable,
        ...all.flatMap((each) =>
          describe(folder, each, fixed.has(each.name) ? problemOf(each, generator, lavish.has(each.name)) : unchanged(each, generator)),
        ),
        ...listed(command('gofmt', ['-l', 'after'], folder)).map((file) => `gofmt would change ${file}`),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes the functions in both forms, still the same; gives the names of those that are Go: generators need not know its types. */
function writeValid(folder: string, bodies: readonly Body[], fixedIn: string | undefined): readonly string[] {
  const names = bodies.map((_, i) => nameOf(i));
  for (const form of ['before', 'after']) {
    mkdirSync(join(folder, form));
    for (const [i, body] of bodies.entries())
      writeFileSync(fileIn(folder, form, names[i]), fileOf(form === 'after' ? fixedIn : undefined, names[i], body));
    command('gofmt', ['-w', form], folder);
  }
  const invalid = uncompiled(folder, 'before');
  for (const name of invalid.keys()) remove(folder, name);
  return names.filter((name) => !invalid.has(name));
}

/** The first thing that the compiler says of each function that it does not take. */
function uncompiled(folder: string, form: string): ReadonlyMap<string, string> {
  const { stderr } = spawnSync('go', ['build', '-gcflags=-e', `./${form}`], { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
  const found = new Map<string, string>();
  for (const [, name, says] of stderr.matchAll(/^\S*\b(F\d+)\.go:\d+:\d+: (.*)$/gm)) if (!found.has(name)) found.set(name, says);
  return found;
}

function describe(folder: string, { name, difference }: Measured, says: string | undefined): readonly string[] {
  return says === undefined ? [] : [shown(folder, name, `${says}\n${difference}`)];
}

function shown(folder: string, name: string, says: string): string {
  return [says, ...['before', 'after'].map((form) => `--- ${form}\n${textOf(folder, form, name)}`)].join('\n');
}

/** The harness itself is in doubt when one text gives two answers, unless it is read in two languages. */
function unchanged({ difference }: Measured, { fixedIn }: Generator): string | undefined {
  return difference === '' || fixedIn !== undefined ? undefined : 'the same text does not behave alike';
}

function indexOf(name: string): number {
  return Number(name.slice(1));
}

function nameOf(i: number): string {
  return `F${i}`;
}

function fileIn(folder: string, form: string, name: string): string {
  return join(folder, form, `${name}.go`);
}

function textOf(folder: string, form: string, name: string): string {
  return readFileSync(fileIn(folder, form, name), 'utf8');
}

function remove(folder: string, name: string): void {
  for (const form of ['before', 'after']) rmSync(fileIn(folder, form, name));
}

function problemOf(measured: Measured, { saves, setUp }: Generator, isLavish: boolean): string | undefined {
  const { difference, allocs, turns } = measured;
  if (difference !== '') return 'behaves otherwise';
  if (isLavish) return undefined;
  const risen = allocs.find(([before, after]) => after > before + setUp);
  if (risen !== undefined) return `allocates ${risen[1]} times instead of ${risen[0]}`;
  const isStill = saves && isLong(measured) && allocs[0][1] >= allocs[0][0];
  return isStill ? `allocates ${allocs[0][1]} times instead of ${allocs[0][0]}, in ${turns} turns` : undefined;
}

function isLong({ turns, allocs, isCalm }: Measured): boolean {
  return isCalm && turns >= MANY_TURNS && allocs.length > 0;
}

function fix(entry: string, { rules }: Generator, folder: string): Record<string, number> {
  const args = [entry, 'review', '--fix', '-v', '--rules', rules.join(','), '--no-config', '--format', 'json', './after'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', env: ENVIRONMENT, maxBuffer: 1 << 30 });
  if (status === 2) throw new Error(`escapement failed: ${stderr.slice(0, 2000)}`);
  const counts: Record<string, number> = {};
  for (const [, rule] of stderr.matchAll(/^.*: fixed: .* \(([a-z-]+)\)$/gm)) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

function measure(folder: string, inputs: number): readonly Measured[] {
  command('go', ['build', '-o', 'harness.exe', '.'], folder);
  const output = command(join(folder, 'harness.exe'), [String(inputs)], folder);
  return listed(output).map((line): Measured => JSON.parse(line));
}

function listed(output: string): readonly string[] {
  return output.split('\n').filter((line) => line !== '');
}

function command(name: string, args: readonly string[], folder: string): string {
  const { status, stdout, stderr, error } = spawnSync(name, args, {
    cwd: folder,
    encoding: 'utf8',
    env: ENVIRONMENT,
    maxBuffer: 1 << 30,
    timeout: 600_000,
  });
  if (error !== undefined || status !== 0) throw new Error(`${name} ${args[0]}: ${error?.message ?? stderr.slice(0, 3000)}`);
  return stdout;
}

function tableOf(names: readonly string[]): string {
  const one = (form: string, name: string): string => `func(in *input.Input) any { return ${form}.${name}(in) }`;
  const rows = names.map((name) => `\t{"${name}", ${one('before', name)}, ${one('after', name)}},`);
  const imports = ['\tafter "behaviour/after"', '\tbefore "behaviour/before"', '\t"behaviour/input"'];
  return `package main\n\nimport (\n${imports.join('\n')}\n)\n\nvar subjects = []subject{\n${rows.join('\n')}\n}\n`;
}
