/** The command line: a language client without an editor, and a few questions about rules and configuration. */
import { forTerminal } from '../report/index.ts';
import { withParameterFiles } from './files/parameter-files.ts';
import { type Io, UsageError } from './io.ts';
import { runProgram } from './program.ts';

export type { Io, Sink } from './io.ts';

/** Runs `escapement` with arguments (without node and script) and answers the exit code. Never rejects and never ends the process. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    return await runProgram(withParameterFiles(args, io), io);
  } catch (error) {
    await io.stderr.write(describe(error, io));
    return 2;
  }
}

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
