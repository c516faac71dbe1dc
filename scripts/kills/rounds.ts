/**
 * `--fix` killed at any moment: a module of many files is put back to what it was, the command line fixes it as a process of its own and
 * is ended by SIGKILL, and then every file must be what it was or what the fix makes of it. A run that is left alone must clean up.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { type FSWatcher, mkdtempSync, realpathSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module, type Subject } from './module.ts';

/** A run that nobody kills, and that has to clean up, after every so many that are killed. */
const LET_LIVE = 20;

/** What came of the kills. */
export interface Tally {
  /** Files of the module, and those of them that the fix changes. */
  files: number;
  fixed: number;
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
 * (from 0 to below 1) says. `progress` hears of each. Rejects when there is nothing to fix.
 */
export async function kill(
  cli: string,
  subject: Subject,
  count: number,
  random: () => number,
  progress: (tally: Tally) => void,
): Promise<Tally> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-kills-')));
  try {
    const module = new Module(folder, subject);
    await fixing(cli, module);
    const fixed = module.learn();
    module.restore();
    const usual = await fixing(cli, module);
    const tally: Tally = {
      files: subject.files.size,
      fixed,
      kills: 0,
      before: 0,
      between: 0,
      after: 0,
      withTemporary: 0,
      leftOver: 0,
      broken: 0,
    };
    while (tally.kills < count) {
      module.restore();
      const moment: Moment =
        random() < 0.5 ? { from: 'start', after: random() * usual.duration } : { from: 'write', after: random() * usual.writing };
      await fixing(cli, module, moment);
      tell(tally, module);
      if (module.temporaries().length > 0 || tally.kills % LET_LIVE === 0) await letLive(cli, module, tally);
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
  else if (fixed === tally.fixed) tally.after++;
  else tally.between++;
}

async function letLive(cli: string, module: Module, tally: Tally): Promise<void> {
  if (module.temporaries().length > 0) tally.withTemporary++;
  await fixing(cli, module);
  tally.leftOver += module.temporaries().length;
  tally.broken += tally.fixed - module.states().filter((state) => state === 'new').length;
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
async function fixing(cli: string, { folder, subject, directories }: Module, moment?: Moment): Promise<Timing> {
  const start = performance.now();
  let firstWrite: number | undefined;
  const args = ['review', `--fix=${subject.tier}`, '--no-config', '--rules', subject.rules, '--fail-on', 'never', '-q'];
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
