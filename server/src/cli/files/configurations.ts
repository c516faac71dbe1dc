/** Which configuration files hold for what is reviewed, as the server too would find them, and whether they are right. */
import { neverCancelled, relativePath } from '../../base/index.ts';
import { type Configuration, findConfiguration, parseConfiguration } from '../../config/index.ts';
import { createNodeFileSystem } from '../../node/index.ts';
import { forTerminal } from '../../report/index.ts';
import { createSession } from '../../review/index.ts';
import { type Io, UsageError } from '../io.ts';
import { absolutePath } from './paths.ts';
import { readIfThere } from './read-file.ts';
import { homeOf, type Target } from './targets.ts';

/** Absolute paths. */
export interface ConfigurationFiles {
  /** The one for all that is reviewed. Undefined where there is none, and where targets differ in which is the nearest. */
  readonly general: string | undefined;
  /** Each holds for its directory and below, the innermost one for a file. */
  readonly nested: readonly string[];
}

/** `named` is what `--config` names, or false for none. Throws UsageError for a named file that cannot be read. */
export function configurationsFor(targets: readonly Target[], named: string | false | undefined, io: Io): ConfigurationFiles {
  if (named !== undefined) return { general: namedConfiguration(named, io), nested: [] };
  const fileSystem = createNodeFileSystem();
  const homes = new Set(targets.map(homeOf));
  const nearest = new Set([...homes].map((each) => findConfiguration(fileSystem, each)));
  const [general] = nearest.size === 1 ? nearest : [undefined];
  const directories = targets.filter(({ isDirectory }) => isDirectory).map(({ path }) => path);
  const below = createSession(fileSystem).discover(directories, neverCancelled).configured;
  const files = [...nearest, ...below.map((directory) => findConfiguration(fileSystem, directory))];
  return { general, nested: [...new Set(files.flatMap((file) => (file === undefined || file === general ? [] : [file])))].sort() };
}

/** Absolute path of the file that `--config` names or that is found from `directory` upward; undefined when there is none. Throws UsageError for a named file that cannot be read. */
export function locateConfiguration(named: string | false | undefined, directory: string, io: Io): string | undefined {
  return named === undefined ? findConfiguration(createNodeFileSystem(), directory) : namedConfiguration(named, io);
}

function namedConfiguration(named: string | false, io: Io): string | undefined {
  if (named === false) return undefined;
  const path = absolutePath(io.cwd, named);
  if (readIfThere(path) === undefined) throw new UsageError(`--config: cannot read ${forTerminal(named)}`);
  return path;
}

export function pathsOf({ general, nested }: ConfigurationFiles): readonly string[] {
  return general === undefined ? nested : [general, ...nested];
}

/** What the files say, by path. Throws UsageError with a line for each problem. */
export function readConfigurations(files: ConfigurationFiles, io: Io): ReadonlyMap<string, Configuration> {
  const paths = pathsOf(files);
  const problems = paths.flatMap((path) => configurationProblems(path, io));
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  const read = new Map<string, Configuration>();
  for (const path of paths) {
    const configuration = readConfiguration(path);
    if (configuration !== undefined) read.set(path, configuration);
  }
  return read;
}

/** One line per problem, `file:line:column: message`. */
export function configurationProblems(path: string, io: Io): readonly string[] {
  const bytes = readIfThere(path);
  if (bytes === undefined) return [`${shownPath(path, io)}: cannot be read`];
  return parseConfiguration(path, new TextDecoder().decode(bytes)).problems.map(
    ({ line, column, message }) => `${shownPath(path, io)}:${line}:${column}: ${forTerminal(message)}`,
  );
}

/** What a file says; undefined without a file. Problems are for `configurationProblems`. */
export function readConfiguration(path: string | undefined): Configuration | undefined {
  const bytes = path === undefined ? undefined : readIfThere(path);
  return path === undefined || bytes === undefined ? undefined : parseConfiguration(path, new TextDecoder().decode(bytes)).configuration;
}

export function shownPath(path: string, io: Io): string {
  return forTerminal(relativePath(absolutePath(io.cwd, '.'), path));
}
