/**
 * A child process that takes its own children with it when it ends: editors start hosts and servers, and none of them may
 * outlive a test, whatever way the test ends.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

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
