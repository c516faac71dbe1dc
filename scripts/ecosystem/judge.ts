/** The Go program in `judge/`, built once per run: every fix by itself, and comments. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Problem, packagesOf } from './checks.ts';
import { type Place, run } from './commands.ts';
import type { FoundFix } from './product.ts';
import { ENVIRONMENT, type Subject } from './subject.ts';

/** One fix by itself. */
export interface Verdict {
  readonly id: string;
  /** Whether the compiler looks at all of its files on some target; otherwise nothing is known of types. */
  readonly built: boolean;
  /** Why not. */
  readonly why?: string;
  readonly problems: readonly Problem[];
}

/** Where files lie that are not built here. */
const TARGETS = [{}, { GOOS: 'windows', GOARCH: 'amd64' }, { GOOS: 'darwin', GOARCH: 'arm64' }];

let program: Promise<string> | undefined;

/** What the program prints. `input` is given as JSON. Rejects with what it says otherwise. */
export async function judge(args: readonly string[], input: unknown, place: Place): Promise<string> {
  program ??= build();
  const { code, stdout, stderr } = await run(await program, args, place, { input: JSON.stringify(input) });
  if (code !== 0) throw new Error(`judge ${args[0]}: ${stderr.slice(0, 2000)}`);
  return stdout;
}

/** Each fix by itself, in the order given; on this target, and what is not built here on others. */
export async function judgeAlone(subject: Subject, fixes: readonly FoundFix[]): Promise<readonly Verdict[]> {
  const verdicts = new Map<string, Verdict>();
  for (const target of TARGETS) {
    const open = fixes.filter(({ id }) => verdicts.get(id)?.built !== true);
    if (open.length === 0) break;
    const files = new Set(open.flatMap(({ edits }) => edits.map(({ file }) => file)));
    const place = { ...subject, environment: { ...subject.environment, ...target } };
    const output = await judge(
      ['edits', subject.folder, ...packagesOf(files)],
      open.map(({ id, edits }) => ({ id, edits })),
      place,
    );
    for (const line of output.split('\n').filter(Boolean)) {
      const verdict: Verdict = JSON.parse(line);
      verdicts.set(verdict.id, verdict);
    }
  }
  return fixes.flatMap(({ id }) => verdicts.get(id) ?? []);
}

async function build(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-judge-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, process.platform === 'win32' ? 'judge.exe' : 'judge');
  const place = { folder: join(import.meta.dirname, 'judge'), environment: ENVIRONMENT };
  const { code, stderr } = await run('go', ['build', '-o', file, '.'], place);
  if (code !== 0) throw new Error(`judge does not build: ${stderr}`);
  return file;
}
