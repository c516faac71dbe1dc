/** `config print|verify|schema|migrate`. */
import {
  CONFIGURATION_NAMES,
  type Configuration,
  configurationSchema,
  exclusionOf,
  migrateGolangci,
  resolveSettings,
  rulesInPlace,
} from '../../config/index.ts';
import { forTerminal } from '../../report/index.ts';
import { rules } from '../../rules/index.ts';
import {
  configurationProblems,
  configurationsFor,
  locateConfiguration,
  pathsOf,
  readConfiguration,
  shownPath,
} from '../files/configurations.ts';
import { absolutePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import { homeOf, resolveTargets } from '../files/targets.ts';
import { type Io, UsageError } from '../io.ts';

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

/** The file that holds in a directory and those below it; exit code 2 and a line per problem when one is wrong. */
export async function verifyConfiguration(directory: string, options: ConfigOptions, io: Io): Promise<number> {
  const target = { path: absolutePath(io.cwd, directory), isDirectory: true };
  const paths = pathsOf(configurationsFor([target], options.config, io));
  if (paths.length === 0) {
    await io.stdout.write(`no configuration file (${CONFIGURATION_NAMES.join(', ')}); defaults hold\n`);
    return 0;
  }
  const problems = paths.flatMap((path) => configurationProblems(path, io));
  if (problems.length > 0) return failWith(problems, io);
  await io.stdout.write(paths.map((path) => `${shownPath(path, io)}: valid\n`).join(''));
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
