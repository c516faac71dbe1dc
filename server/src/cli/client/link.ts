/** Ways to a language server: our own in this process, or any command that speaks LSP on its standard streams. */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import {
  createProtocolConnection,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { connectInProcess } from '../../node/index.ts';
import { UsageError } from '../io.ts';

export interface Link {
  readonly connection: ProtocolConnection;
  /** Rejects when the server ends before `close` was called; never resolves. */
  readonly failed: Promise<never>;
  /** Ends the server, which has been told to exit. */
  close(): Promise<void>;
}

export interface InProcessOptions {
  readonly version: string;
  /** Number of workers; undefined lets the host choose. */
  readonly jobs: number | undefined;
  readonly onLog: (message: string) => void;
}

export function linkInProcess({ version, jobs, onLog }: InProcessOptions): Link {
  const logger = { info: onLog, warn: onLog, error: onLog };
  const { reader, writer, dispose } = connectInProcess({ version, jobs: jobs ?? defaultJobs(), logger });
  return { connection: createProtocolConnection(reader, writer), failed: new Promise(() => {}), close: dispose };
}

/**
 * One processor is left to V8's own threads, which compile and collect garbage for all workers: on two processors one worker is
 * done as early as two, for two thirds of the processor time. Beyond eight, memory grows faster than speed.
 */
function defaultJobs(): number {
  return Math.max(1, Math.min(8, availableParallelism() - 1));
}

/** How long a server that was told to exit may take. */
const EXIT_PATIENCE_MS = 2000;

/** Starts `command` (words, quotes group them) without a shell. Throws UsageError for an empty one. */
export function linkCommand(command: string, cwd: string, env: Readonly<Record<string, string | undefined>>, isVerbose: boolean): Link {
  const [program, ...args] = words(command);
  if (program === undefined) throw new UsageError('--server: names no command');
  const child = spawn(program, args, { cwd, env, stdio: ['pipe', 'pipe', isVerbose ? 'inherit' : 'ignore'], windowsHide: true });
  let isClosing = false;
  const reader = new StreamMessageReader(child.stdout);
  const failed = new Promise<never>((_, reject) => {
    reader.onError((error) =>
      reject(new UsageError(`--server: ${program} does not speak the language server protocol: ${error.message.split('\n')[0]}`)),
    );
    child.on('error', (error) => reject(new UsageError(`--server: cannot run ${program}: ${error.message}`)));
    child.on('exit', (code, signal) => {
      if (!isClosing) reject(new UsageError(`--server: ${program} ended early (${signal ?? `code ${code}`})`));
    });
  });
  failed.catch(() => {});
  child.stdin.on('error', () => {});
  const connection = createProtocolConnection(reader, new StreamMessageWriter(child.stdin));
  const close = async (): Promise<void> => {
    isClosing = true;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), EXIT_PATIENCE_MS);
      child.once('exit', () => {
        clearTimeout(timer);
        resolve();
      });
      child.stdin.end();
    });
  };
  return { connection, failed, close };
}

/** Splits at blanks outside single and double quotes; nothing else is special. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/(?:[^\s"']|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'));
}
