/**
 * `review --watch`: reviews again whenever something changed, with one server that keeps what it knows. Anything but a change of Go
 * files starts that anew, because settings and modules decide about everything.
 */

import { FileChangeType } from 'vscode-languageserver-protocol/node';
import { errorMessage } from '../../base/index.ts';
import { uriOfPath } from '../../lsp/index.ts';
import { forTerminal } from '../../report/index.ts';
import { startDeadline } from '../client/deadline.ts';
import { ReviewRun } from '../client/review-run.ts';
import { absolutePath } from '../files/paths.ts';
import { moduleRootOf } from '../files/targets.ts';
import { type Io, UsageError } from '../io.ts';
import type { ReviewOptions } from '../options.ts';
import { makePlan, type Plan } from '../plan.ts';
import { reviewOnce } from './review.ts';
import { type Burst, type Change, startWatcher, type Watcher } from './watcher.ts';

/** Answers the exit code of the signal that ends it: 130 for an interrupt, 143 for a termination. Throws UsageError before the first review. */
export async function watchReview(options: ReviewOptions, io: Io): Promise<number> {
  let ended: number | undefined;
  const interrupted = new Promise<undefined>((resolve) => {
    io.onSignal((code) => {
      ended = code;
      resolve(undefined);
    });
  });
  const rounds = new Rounds(options, io);
  // Before the first review, so that no change falls between the two.
  const watcher = watchWhatCounts(await makePlan(options, io), options, io);
  try {
    await Promise.race([rounds.first(), interrupted]);
    while (ended === undefined && !io.stdout.isGone) {
      const burst = await Promise.race([watcher.next(), interrupted]);
      if (burst !== undefined) await Promise.race([rounds.again(burst), interrupted]);
    }
    return ended ?? 0;
  } finally {
    watcher.close();
    await rounds.stop();
    // Below the ^C that a terminal shows.
    if (ended !== undefined && io.stderr.isTerminal) await io.stderr.write('\n');
  }
}

/** Whole modules, because what other packages do decides too, and the files beside them that have a say. */
function watchWhatCounts({ targets, settings }: Plan, { baseline }: ReviewOptions, io: Io): Watcher {
  const files = [
    ...(typeof settings.config === 'string' ? [settings.config] : []),
    ...(baseline === undefined ? [] : [absolutePath(io.cwd, baseline)]),
  ];
  const directories = [...new Set(targets.map(moduleRootOf))];
  return startWatcher(directories, files, (problem) => void io.stderr.write(`escapement: ${forTerminal(problem)}\n`));
}

const TYPES: Readonly<Record<Change, FileChangeType>> = {
  created: FileChangeType.Created,
  changed: FileChangeType.Changed,
  deleted: FileChangeType.Deleted,
};

/** One review after the other, by one server as long as it is good for them. */
class Rounds {
  private at: { readonly plan: Plan; readonly run: ReviewRun } | undefined;
  /** The last report is there to be replaced. */
  private isOnScreen = false;

  constructor(
    private readonly options: ReviewOptions,
    private readonly io: Io,
  ) {}

  async first(): Promise<void> {
    await this.round();
  }

  /** What goes wrong is told, and may be right after the next change. */
  async again(burst: Burst): Promise<void> {
    try {
      const isOfCode = [...burst.keys()].every((path) => path.endsWith('.go'));
      if (!isOfCode) await this.stop();
      this.at?.plan.texts.forget([...burst.keys()]);
      const changes = [...burst].map(([path, change]) => ({ uri: uriOfPath(path), type: TYPES[change] }));
      await this.at?.run.tell(changes);
      await this.round();
    } catch (error) {
      await this.stop();
      const message = errorMessage(error);
      const lines = message.split('\n').map((line) => `escapement: ${forTerminal(line)}\n`);
      await this.io.stderr.write(lines.join(''));
      await this.await();
    }
  }

  async stop(): Promise<void> {
    const run = this.at?.run;
    this.at = undefined;
    await run?.stop();
  }

  private async round(): Promise<void> {
    const { options, io } = this;
    const plan = await makePlan(options, io, this.at?.plan.texts);
    if (this.at !== undefined && !isSameSetup(this.at.plan, plan)) await this.stop();
    const deadline = startDeadline(options.timeout);
    const run = this.at?.run ?? (await ReviewRun.start(plan, options, io, deadline));
    run.allow(deadline);
    this.at = { plan, run };
    await reviewOnce(run, { plan, options, io: this.isOnScreen ? withFreshScreen(io) : io, deadline }, performance.now());
    this.isOnScreen = isScreen(options, io);
    await this.await();
  }

  private async await(): Promise<void> {
    const { options, io } = this;
    if (options.detail === 'quiet') return;
    const since = io.stderr.isTerminal ? ` since ${new Date().toTimeString().slice(0, 8)}` : '';
    await io.stderr.write(`Watching for changes${since}; Ctrl-C ends.\n`);
  }
}

/** Whether reports go to a terminal that can be cleared. */
function isScreen({ outputs }: ReviewOptions, { stdout, env }: Io): boolean {
  return stdout.isTerminal && env.TERM !== 'dumb' && outputs.some(({ format, file }) => format === 'text' && file === undefined);
}

/** Goes to the first line and clears the screen. What is scrolled out of it stays: it may be the user's. */
const CLEAR = '\u001b[H\u001b[2J';

/** Clears in the same write that brings the report, so that the last one stays in view until then and nothing flickers. */
function withFreshScreen(io: Io): Io {
  const { stdout } = io;
  let isFresh = false;
  const write = (text: string): Promise<void> => {
    const shown = isFresh ? text : `${CLEAR}${text}`;
    isFresh = true;
    return stdout.write(shown);
  };
  const { isTerminal } = stdout;
  return {
    ...io,
    stdout: {
      write,
      isTerminal,
      get isGone() {
        return stdout.isGone;
      },
    },
  };
}

function isSameSetup(a: Plan, b: Plan): boolean {
  return (
    JSON.stringify([a.targets, a.only, a.settings, a.configurationFiles, a.rules]) ===
    JSON.stringify([b.targets, b.only, b.settings, b.configurationFiles, b.rules])
  );
}

/** Throws UsageError for what makes no sense while files change. */
export function checkWatch(options: ReviewOptions): void {
  if (options.fix !== undefined) throw new UsageError('--watch: changes nothing by itself; leave out --fix, --diff and --fix-patch');
  if (options.stdinPath !== undefined) throw new UsageError('--watch: standard input does not change; name files or directories');
  const onStdout = options.outputs.find(({ file }) => file === undefined);
  if (onStdout !== undefined && onStdout.format !== 'text' && onStdout.format !== 'ndjson')
    throw new UsageError(
      `--watch: ${onStdout.format} is one document; send it to a file with --format ${onStdout.format}:FILE, or take ndjson`,
    );
}
