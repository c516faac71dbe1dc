/** The command line: a language client without an editor, and a few questions about rules and configuration. */
import { forTerminal } from '../report/index.ts';
import { withParameterFiles } from './files/parameter-files.ts';
import { writeProblem } from './files/write-file.ts';
import { type Io, type Sink, UsageError } from './io.ts';
import { runProgram } from './program.ts';

export type { Io, Sink } from './io.ts';

/** Runs `escapement` with arguments (without node and script) and answers the exit code. Never rejects and never ends the process. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  const stderr = guarded(io.stderr, ignore);
  try {
    return await runProgram(withParameterFiles(args, io), { ...io, stdout: guarded(io.stdout, refuse), stderr });
  } catch (error) {
    await stderr.write(describe(error, io));
    return 2;
  }
}

/** A sink of which `onFailure` takes rejections. */
function guarded(sink: Sink, onFailure: (error: unknown) => void): Sink {
  return {
    write: (text) => sink.write(text).catch(onFailure),
    isTerminal: sink.isTerminal,
    get isGone() {
      return sink.isGone;
    },
  };
}

function refuse(error: unknown): never {
  throw new UsageError(`standard output: cannot be written: ${writeProblem(error)}`);
}

/** That a remark cannot be written ends nothing. */
function ignore(): void {}

function describe(error: unknown, { env }: Io): string {
  if (error instanceof UsageError) return lines(error.message);
  if (!(error instanceof Error)) return lines(`internal error: ${String(error)}`);
  const hint = env.ESCAPEMENT_DEBUG === undefined ? '; ESCAPEMENT_DEBUG=1 shows where' : '';
  return lines(env.ESCAPEMENT_DEBUG === undefined ? `internal error: ${error.message}${hint}` : (error.stack ?? error.message));
}

function lines(message: string): string {
  return message
    .split('\n')
    .map((line) => `escapement: ${forTerminal(line)}\n`)
    .join('');
}
