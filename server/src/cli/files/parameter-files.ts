/** `@FILE` among the arguments: what build systems write when a command has more inputs than a command line holds. */
import { forTerminal } from '../../report/index.ts';
import { type Io, UsageError } from '../io.ts';
import { absolutePath } from './paths.ts';
import { readIfThere } from './read-file.ts';

/**
 * The arguments with each `@FILE` replaced by the lines of that file, one argument each, empty ones left out, whatever they begin with. Such a
 * file names no further ones. A path that begins with `@` is written `./@path`. Throws UsageError for a file that cannot be read.
 */
export function withParameterFiles(args: readonly string[], io: Io): readonly string[] {
  return args.flatMap((arg) => (arg.startsWith('@') && arg.length > 1 ? linesOf(arg.slice(1), io) : [arg]));
}

function linesOf(file: string, io: Io): readonly string[] {
  const bytes = readIfThere(absolutePath(io.cwd, file));
  if (bytes === undefined) throw new UsageError(`@${forTerminal(file)}: cannot read the file of arguments`);
  return new TextDecoder()
    .decode(bytes)
    .split(/\r?\n/)
    .filter((line) => line !== '');
}
