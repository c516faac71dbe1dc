/**
 * Commands as the proof runs them: side by side, with an end in time, and never with a child that outlives
 * them, even when the proof is interrupted.
 */
import { spawn } from 'node:child_process';

export interface Ran {
  /** The exit code; 1 when a signal ended it. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It was stopped because its time was over. */
  readonly isCut: boolean;
}

export interface Place {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
}

interface Limits {
  /** Given to standard input. */
  readonly input?: string;
  /** Default: none. */
  readonly minutes?: number;
}

/** Leaders of the groups that run now. */
const running = new Set<number>();
process.on('exit', () => {
  for (const leader of running) kill(leader);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** Rejects only when the command cannot be started. */
export function run(command: string, args: readonly string[], place: Place, { input, minutes }: Limits = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    // A group of its own, so that test binaries end with the go command that started them.
    const child = spawn(command, args, { cwd: place.folder, env: place.environment, detached: true });
    const leader = child.pid ?? 0;
    running.add(leader);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let isCut = false;
    const clock = minutes === undefined ? undefined : setTimeout(stop, minutes * 60_000);
    function stop(): void {
      isCut = true;
      kill(leader);
    }
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', (error) => {
      running.delete(leader);
      reject(new Error(`cannot run ${command}: ${error.message}`));
    });
    child.on('close', (code) => {
      running.delete(leader);
      clearTimeout(clock);
      resolve({ code: code ?? 1, stdout: textOf(stdout), stderr: textOf(stderr), isCut });
    });
  });
}

/** Calls `work` for every item, at most `jobs` at a time; results in the order of the items. */
export async function inParallel<T, R>(items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length) {
      const mine = next++;
      results[mine] = await work(items[mine]);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, worker));
  return results;
}

function kill(leader: number): void {
  try {
    if (leader > 0) process.kill(-leader, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
