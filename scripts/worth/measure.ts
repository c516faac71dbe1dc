/**
 * One rule's example before and after, benchmarked by Go in one program. What comes after is made by the product's own fix
 * where it has one for the example, and otherwise written by hand beside it.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figures, Worth } from './data.ts';

const ENVIRONMENT = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', ESCAPEMENT_CACHE: 'off' };
const ROUNDS = 6;
const BENCHMARK = `package worth

import "testing"

func BenchmarkWork(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Work()
	}
}
`;

/** `entry` is the built command line. Throws when the rule does not flag the example, nothing repairs it, or Go fails. */
export function measure(entry: string, rule: string, example: string): Omit<Worth, 'date'> {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-worth-'));
  try {
    writeFileSync(join(folder, 'go.mod'), `module worth\n\ngo ${goVersion().replace(/^go(\d+\.\d+).*$/, '$1')}\n`);
    for (const form of ['before', 'after']) {
      mkdirSync(join(folder, form));
      cpSync(join(example, 'before'), join(folder, form), { recursive: true });
      writeFileSync(join(folder, form, 'work_test.go'), BENCHMARK);
    }
    if (findings(entry, rule, folder) === 0) throw new Error(`${rule} does not flag its example`);
    const by = repair(entry, rule, folder, join(example, 'after'));
    const rounds = Array.from({ length: ROUNDS }, () => ({ before: benchmark(folder, 'before'), after: benchmark(folder, 'after') }));
    return { rule, go: goVersion(), by, before: best(rounds.map(({ before }) => before)), after: best(rounds.map(({ after }) => after)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function findings(entry: string, rule: string, folder: string): number {
  const { stdout } = run(process.execPath, [entry, 'review', '--rules', rule, '--no-config', '--format', 'json', './before'], folder);
  return JSON.parse(stdout).findings.length;
}

/** Leaves the repaired example in `after` and says who made it. */
function repair(entry: string, rule: string, folder: string, byHand: string): Worth['by'] {
  if (existsSync(byHand)) {
    cpSync(byHand, join(folder, 'after'), { recursive: true });
    return 'hand';
  }
  const text = (form: string): string => readFileSync(join(folder, form, 'work.go'), 'utf8');
  for (const tier of ['safe', 'suggestion'] as const) {
    run(process.execPath, [entry, 'review', `--fix=${tier}`, '--rules', rule, '--no-config', '--format', 'json', './after'], folder);
    if (text('after') !== text('before')) return tier;
  }
  throw new Error(`${rule} has no fix for its example; write one into ${byHand}`);
}

function benchmark(folder: string, form: string): Figures {
  const { stdout, stderr } = run('go', ['test', '-bench', 'Work', '-run', '^$', '-benchtime', '50ms', `./${form}`], folder);
  const line = /\s([\d.]+) ns\/op\s+(\d+) B\/op\s+(\d+) allocs\/op/.exec(stdout);
  if (line === null) throw new Error(`no figures: ${stdout}${stderr}`);
  return { ns: Number(line[1]), bytes: Number(line[2]), allocs: Number(line[3]) };
}

/** The least time: the machine's other work only adds to it. */
function best(figures: readonly Figures[]): Figures {
  return figures.reduce((least, each) => (each.ns < least.ns ? each : least));
}

function goVersion(): string {
  return run('go', ['env', 'GOVERSION'], tmpdir()).stdout.trim();
}

function run(command: string, args: readonly string[], folder: string): { readonly stdout: string; readonly stderr: string } {
  const { stdout, stderr, error } = spawnSync(command, args, { cwd: folder, encoding: 'utf8', env: ENVIRONMENT });
  if (error !== undefined) throw new Error(`cannot run ${command}: ${error.message}`);
  return { stdout, stderr };
}
