/**
 * `--fix` killed at any moment: a module of many files is put back to what it was, the command line fixes it as a process of its own and
 * is ended by SIGKILL, and then every file must be what it was or what the fix makes of it. A run that is left alone must clean up.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { type FSWatcher, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const FILES = 200;
const FILES_OF_PACKAGE = 10;
/** A run that nobody kills, and that has to clean up, after every so many that are killed. */
const LET_LIVE = 20;

/** What came of the kills. */
export interface Tally {
  kills: number;
  /** Kills that came before anything was written, between the first and the last file, and when all was written. */
  before: number;
  between: number;
  after: number;
  /** Kills that left a temporary file, and such files that the next run left there. */
  withTemporary: number;
  leftOver: number;
  /** Files that were neither old nor new. */
  broken: number;
}

/**
 * Kills `count` runs of the command line (path of `escapement.js`), half of them at any moment and half while files are written, as `random`
 * (from 0 to below 1) says. `progress` hears of each.
 */
export async function kill(cli: string, count: number, random: () => number, progress: (tally: Tally) => void): Promise<Tally> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-kills-')));
  try {
    const module = new Module(folder);
    const usual = await fixing(cli, folder, module.directories);
    module.learn();
    const tally: Tally = { kills: 0, before: 0, between: 0, after: 0, withTemporary: 0, leftOver: 0, broken: 0 };
    while (tally.kills < count) {
      module.restore();
      const moment: Moment =
        random() < 0.5 ? { from: 'start', after: random() * usual.duration } : { from: 'write', after: random() * usual.writing };
      await fixing(cli, folder, module.directories, moment);
      tell(tally, module);
      if (module.temporaries().length > 0 || tally.kills % LET_LIVE === 0) await letLive(cli, folder, module, tally);
      progress(tally);
    }
    return tally;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(tally: Tally, module: Module): void {
  const states = module.states();
  const fixed = states.filter((state) => state === 'new').length;
  tally.kills++;
  tally.broken += states.filter((state) => state === 'broken').length;
  if (fixed === 0) tally.before++;
  else if (fixed === states.length) tally.after++;
  else tally.between++;
}

async function letLive(cli: string, folder: string, module: Module, tally: Tally): Promise<void> {
  if (module.temporaries().length > 0) tally.withTemporary++;
  await fixing(cli, folder, module.directories);
  tally.leftOver += module.temporaries().length;
  tally.broken += module.states().filter((state) => state !== 'new').length;
}

/** The files under test and what each may hold. */
class Module {
  readonly directories: readonly string[];
  private readonly old = new Map<string, string>();
  private readonly fixed = new Map<string, string>();

  constructor(private readonly folder: string) {
    writeFileSync(join(folder, 'go.mod'), 'module kills\n\ngo 1.26\n');
    for (let i = 0; i < FILES; i++) this.old.set(join(folder, `p${Math.floor(i / FILES_OF_PACKAGE)}`, `f${i}.go`), sourceOf(i));
    this.directories = [...new Set([...this.old.keys()].map(dirname))];
    for (const directory of this.directories) mkdirSync(directory);
    this.restore();
  }

  restore(): void {
    for (const [path, text] of this.old) writeFileSync(path, text);
  }

  /** Takes what is there for what the fix makes. */
  learn(): void {
    for (const [path, text] of this.old) {
      this.fixed.set(path, readFileSync(path, 'utf8'));
      if (this.fixed.get(path) === text) throw new Error(`${path} was not fixed`);
    }
  }

  states(): readonly ('old' | 'new' | 'broken')[] {
    return [...this.old].map(([path, text]) => {
      const now = readFileSync(path, 'utf8');
      return now === text ? 'old' : now === this.fixed.get(path) ? 'new' : 'broken';
    });
  }

  /** Names of what is neither go.mod nor one of our files. */
  temporaries(): readonly string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
  }
}

/** Two fixes that want one import, and enough text that writing it takes a while. */
function sourceOf(i: number): string {
  const functions = [0, 1].map((j) =>
    [
      `func lengths${i}x${j}(words []string) []int {`,
      '\tvar ls []int',
      '\tfor _, w := range words {',
      '\t\tls = append(ls, len(w))',
      '\t}',
      '\treturn ls',
      '}',
    ].join('\n'),
  );
  const table = Array.from({ length: 12 }, (_, line) => `\t"entry ${i} ${line} of a table that makes the file as long as files are",`);
  return `package p\n\n${functions.join('\n\n')}\n\nvar table${i} = []string{\n${table.join('\n')}\n}\n`;
}

interface Moment {
  readonly from: 'start' | 'write';
  /** Milliseconds. */
  readonly after: number;
}

interface Timing {
  /** Milliseconds of the whole run, and from the first change of a file to the end. */
  readonly duration: number;
  readonly writing: number;
}

/** Fixes the module; kills the process at a moment if one is given. */
async function fixing(cli: string, folder: string, directories: readonly string[], moment?: Moment): Promise<Timing> {
  const start = performance.now();
  let firstWrite: number | undefined;
  const args = ['review', '--fix', '--no-config', '--rules', 'slice-growth', '--fail-on', 'never', '-q'];
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, stdio: 'ignore', env: { ...process.env, ESCAPEMENT_CACHE: 'off' } });
  const watchers = watchAll(directories, () => {
    firstWrite ??= performance.now();
    for (const watcher of watchers) watcher.close();
    if (moment?.from === 'write') killAfter(child, moment.after);
  });
  if (moment?.from === 'start') killAfter(child, moment.after);
  await new Promise((resolve) => child.once('close', resolve));
  for (const watcher of watchers) watcher.close();
  const end = performance.now();
  return { duration: end - start, writing: end - (firstWrite ?? end) };
}

function killAfter(child: ChildProcess, milliseconds: number): void {
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  child.once('close', () => clearTimeout(timer));
}

function watchAll(directories: readonly string[], listener: () => void): readonly FSWatcher[] {
  return directories.map((directory) => watch(directory, listener));
}
