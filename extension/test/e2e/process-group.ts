/**
 * A child process that takes its own children with it when it ends: editors start hosts and servers, and none of them may
 * outlive a test, whatever way the test ends.
 */
import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';

const running = new Set<ProcessGroup>();
process.on('exit', () => {
  for (const group of running) group.kill();
});

export class ProcessGroup {
  readonly exited: Promise<number | null>;
  /** Everything written to both outputs so far. */
  log = '';
  private readonly child: ChildProcess;

  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    running.add(this);
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.log += chunk.toString();
      });
    }
    this.exited = new Promise((resolve) => {
      this.child.once('close', (code) => resolve(code));
      this.child.once('error', () => resolve(null));
    });
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Command lines of the process and of all that it started and that are still its descendants. */
  commands(): readonly string[] {
    const rows = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout.split('\n');
    const processes = rows.flatMap((row) => {
      const [, id, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(row) ?? [];
      return command === undefined ? [] : [{ id: Number(id), parent: Number(parent), command }];
    });
    const family = new Set([this.child.pid]);
    for (let size = 0; size < family.size; ) {
      size = family.size;
      for (const { id, parent } of processes) if (family.has(parent)) family.add(id);
    }
    return processes.filter(({ id }) => family.has(id)).map(({ command }) => command);
  }

  kill(signal: NodeJS.Signals = 'SIGKILL'): void {
    if (this.child.pid === undefined) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // the whole group has ended already
    }
  }

  /** Asks to end, waits three seconds, then insists. */
  async stop(): Promise<void> {
    this.kill('SIGTERM');
    await Promise.race([this.exited, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
    this.kill();
    await this.exited;
    running.delete(this);
  }
}
