/**
 * The standard library's facts against go/types on the installed toolchain, if there are facts of its release: every exported
 * name of every importable package, fields and methods of types included, has the type and the value that go/types gives it.
 * And the facts are what `scripts/std-facts` makes with that toolchain. Skipped without one.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilerFor, NEWEST_GO, parseGoVersion, type StdFacts, typesOf } from '../../src/model/index.ts';
import { go, Kind, type Node, type Tree } from '../../src/syntax/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { describeType } from './describe-type.ts';
import { sourceFile } from './packages.ts';

const SCRIPTS = join(import.meta.dirname, '../../../scripts');

interface Exported {
  readonly path: string;
  readonly uses: null | readonly Use[];
}

/** An expression over the import name `p`. */
interface Use {
  readonly expr: string;
  readonly type: string;
  readonly under?: string;
  readonly value?: string;
}

const release = parseGoVersion(run('go', ['env', 'GOVERSION'], SCRIPTS).stdout);
const isKnown = release !== undefined && release === compilerFor(release);

beforeAll(loadTestGrammar);

describe.runIf(isKnown)('facts of the standard library', () => {
  const facts = loadTestLibrary().at(release ?? NEWEST_GO);

  it('have every exported name with its type and value', () => {
    const { stdout, stderr, status } = run('go', ['run', '.', 'exports'], join(SCRIPTS, 'go-source'));
    expect(status, stderr).toBe(0);
    const packages = stdout
      .trim()
      .split('\n')
      .map((line): Exported => JSON.parse(line));
    const uses = packages.flatMap((pkg) => pkg.uses ?? []);
    expect(uses.length).toBeGreaterThan(10_000);
    expect(packages.map(({ path }) => path).filter((path) => !facts.has(path))).toEqual([]);
    expect(packages.flatMap((pkg) => differences(facts, pkg))).toEqual([]);
  });

  it('are what the toolchain says today', () => {
    const { status, stdout, stderr } = run(process.execPath, ['--import', 'tsx', 'std-facts/index.ts', '--check'], SCRIPTS);
    expect(status, stdout + stderr).toBe(0);
  }, 600_000);
});

function run(command: string, args: readonly string[], cwd: string): { stdout: string; stderr: string; status: number | null } {
  const env = { ...process.env, GOOS: 'linux', GOARCH: 'amd64', CGO_ENABLED: '0', GOFLAGS: '' };
  const { stdout, stderr, status } = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 27, env });
  return { stdout: stdout ?? '', stderr: stderr ?? '', status };
}

/** One line for each use that our types see otherwise. */
function differences(facts: StdFacts, { path, uses }: Exported): string[] {
  const list = uses ?? [];
  const text = `package exports\n\nimport p "${path}"\n\nvar (\n${list.map(({ expr }) => `\t_ = ${expr}\n`).join('')})\n`;
  const file = sourceFile('/src/exports/exports.go', text.replaceAll('\n\t_', '\n_'));
  const pkg = {
    directory: '/src/exports',
    importPath: 'exports',
    name: 'exports',
    module: undefined,
    files: [file],
    derived: {},
    leftOutBeside: () => [],
  };
  const types = typesOf({ importPackage: (each) => facts.importPackage(each) }, pkg, file);
  const values = valuesOf(file.tree);
  return list.flatMap((use, i) => {
    const type = types.typeOf(values[i]);
    const said = [describeType(type)];
    const wanted = [withoutHidden(use.type, path)];
    if (use.under !== undefined) {
      said.push(describeType(types.underlying(type.kind === 'pointer' ? type.element : type)));
      wanted.push(withoutHidden(use.under, path));
    }
    if (use.value !== undefined) {
      said.push(valueText(types.constantOf(values[i])));
      wanted.push(use.value);
    }
    return said.join() === wanted.join() ? [] : [`${path}: ${use.expr} is ${said.join(', ')}, should be ${wanted.join(', ')}`];
  });
}

function valuesOf(tree: Tree): Node[] {
  const values: Node[] = [];
  for (let row = 0; row < tree.length; row++) {
    if (tree.kind[row] === Kind.var_spec) values.push(go.varSpec.value(tree, row) + 1);
  }
  return values;
}

/** Types of packages that nobody else can import are declared in the stub of the package that shows them. */
function withoutHidden(text: string, path: string): string {
  return text.replaceAll(/(?:[\w./]+\/)?(?:internal|vendor)\/[\w./]+\.(?=\w+)/g, `${path}.`);
}

function valueText(value: bigint | number | string | boolean | undefined): string {
  if (typeof value === 'string') return `s${value}`;
  return typeof value === 'number' ? `f${value}` : String(value);
}
