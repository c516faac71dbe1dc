/** `config print|verify|schema|migrate`, and the checks that `review` makes before it starts. */

import { relativePath } from '../../base/index.ts';
import {
  CONFIGURATION_NAMES,
  type Configuration,
  configurationSchema,
  exclusionOf,
  findConfiguration,
  migrateGolangci,
  parseConfiguration,
  resolveSettings,
  rulesInPlace,
} from '../../config/index.ts';
import { createNodeFileSystem } from '../../node/index.ts';
import { forTerminal } from '../../report/index.ts';
import { rules } from '../../rules/index.ts';
import { absolutePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import { homeOf, resolveTargets } from '../files/targets.ts';
import { type Io, UsageError } from '../io.ts';

/** Absolute path of the file that `--config` names or that is found from `directory` upward; undefined when there is none. Throws UsageError for a named file that cannot be read. */
export function locateConfiguration(config: string | false | undefined, directory: string, io: Io): string | undefined {
  if (config === false) return undefined;
  if (config === undefined) return findConfiguration(createNodeFileSystem(), directory);
  const path = absolutePath(io.cwd, config);
  if (readIfThere(path) === undefined) throw new UsageError(`--config: cannot read ${forTerminal(config)}`);
  return path;
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

export interface ConfigOptions {
  readonly config?: string;
}

/** Prints the settings that hold for a directory or a file, as JSON, with what each rule owes its state to. Throws UsageError. */
export async function printConfiguration(place: string, options: ConfigOptions, io: Io): Promise<number> {
  const [target] = resolveTargets(io.cwd, [place]);
  const path = locateConfiguration(options.config, homeOf(target), io);
  const problems = path === undefined ? [] : configurationProblems(path, io);
  if (problems.length > 0) return failWith(problems, io);
  const file = path === undefined ? null : shownPath(path, io);
  const configuration = readConfiguration(path);
  const settings = resolveSettings({}, configuration);
  const at = target.isDirectory ? undefined : target.path;
  const inPlace = at === undefined ? undefined : placeIn(configuration, at, io);
  const rulesThere = rulesInPlace(configuration, at);
  await io.stdout.write(`${JSON.stringify({ file, ...inPlace, settings, rules: rulesThere }, undefined, 2)}\n`);
  return 0;
}

/** The file that is spoken of, and the key by which it is not reviewed. */
function placeIn(configuration: Configuration | undefined, path: string, io: Io): object {
  const excludedBy = configuration === undefined ? undefined : exclusionOf(configuration, path);
  return { path: shownPath(path, io), ...(excludedBy !== undefined && { excludedBy }) };
}

/** Exit code 2 and a line per problem when the configuration is wrong. */
export async function verifyConfiguration(directory: string, options: ConfigOptions, io: Io): Promise<number> {
  const path = locateConfiguration(options.config, absolutePath(io.cwd, directory), io);
  if (path === undefined) {
    await io.stdout.write(`no configuration file (${CONFIGURATION_NAMES.join(', ')}); defaults hold\n`);
    return 0;
  }
  const problems = configurationProblems(path, io);
  if (problems.length > 0) return failWith(problems, io);
  await io.stdout.write(`${shownPath(path, io)}: valid\n`);
  return 0;
}

export async function printConfigurationSchema(io: Io): Promise<number> {
  await io.stdout.write(`${JSON.stringify(configurationSchema(rules), undefined, 2)}\n`);
  return 0;
}

/** Names that golangci-lint looks for. */
const GOLANGCI_NAMES = ['.golangci.yml', '.golangci.yaml', '.golangci.toml', '.golangci.json'];

/** Prints the configuration that a file of golangci-lint comes to, and on standard error what was left behind. Throws UsageError. */
export async function migrateConfiguration(file: string | undefined, io: Io): Promise<number> {
  const name = file ?? GOLANGCI_NAMES.find((each) => readIfThere(absolutePath(io.cwd, each)) !== undefined);
  if (name === undefined) throw new UsageError(`config migrate: there is no ${GOLANGCI_NAMES.join(', ')} here; name the file`);
  const bytes = readIfThere(absolutePath(io.cwd, name));
  if (bytes === undefined) throw new UsageError(`config migrate: cannot read ${forTerminal(name)}`);
  const migration = migrateGolangci(name, new TextDecoder().decode(bytes));
  if (typeof migration === 'string') throw new UsageError(`config migrate: ${forTerminal(name)}: ${forTerminal(migration)}`);
  await io.stdout.write(migration.text);
  await io.stderr.write(migration.notes.map((note) => `${forTerminal(note)}\n`).join(''));
  return 0;
}

async function failWith(problems: readonly string[], io: Io): Promise<number> {
  await io.stderr.write(problems.map((problem) => `${problem}\n`).join(''));
  return 2;
}

function shownPath(path: string, io: Io): string {
  return forTerminal(relativePath(absolutePath(io.cwd, '.'), path));
}
