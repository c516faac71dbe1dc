/** Configuration file: where it lies, and text in, configuration and problems out. */
import { directoryOf, type FileSystem, LineTable, type Range } from '../base/index.ts';
import { parseGoVersion } from '../model/index.ts';
import { rules as allRules, type Rule, type Severity } from '../rules/index.ts';
import { type DocumentProblem, type Format, readDocument } from './document.ts';
import { configurationSchema } from './schema.ts';
import { validate } from './validate.ts';

/** In the order in which they are looked for. */
export const CONFIGURATION_NAMES = ['.escapement.yml', '.escapement.yaml', '.escapement.toml', '.escapement.json'] as const;

/** Nobody reads more, and a repository may hold a file with very many. */
const MAX_PROBLEMS = 100;
const encoder = new TextEncoder();

/** A configuration file as written, checked. */
export interface Configuration {
  /** Directory of the file, which patterns are relative to. */
  readonly directory: string;
  readonly rules: {
    readonly default?: 'recommended' | 'all' | 'none';
    readonly compat?: readonly string[];
    readonly enable?: readonly string[];
    readonly disable?: readonly string[];
    readonly settings?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly exclusions: {
    readonly paths?: readonly string[];
    readonly rules?: readonly { readonly path: string; readonly rules: readonly string[] }[];
    readonly warnUnused?: boolean;
  };
  readonly severity: Readonly<Record<string, Severity>>;
  /** In the order of the file. */
  readonly overrides: readonly ConfiguredOverride[];
  /** Go minor. */
  readonly go: number | undefined;
}

export interface ConfiguredOverride {
  readonly path: string;
  readonly enable?: readonly string[];
  readonly disable?: readonly string[];
  readonly severity?: Readonly<Record<string, Severity>>;
}

export interface ConfigurationProblem {
  /** UTF-8 bytes. */
  readonly at: Range;
  /** One-based; columns count UTF-8 bytes. */
  readonly line: number;
  readonly column: number;
  /** What is wrong and what to do. */
  readonly message: string;
}

export interface LoadedConfiguration {
  /** Undefined when nothing of the text can be used. */
  readonly configuration: Configuration | undefined;
  /** Empty when the file is right. */
  readonly problems: readonly ConfigurationProblem[];
}

/** Path of the configuration that holds for a directory: its own or the nearest above, up to the git root, or outside a repository to the module root. */
export function findConfiguration(fs: FileSystem, directory: string): string | undefined {
  let moduleRoot: string | undefined;
  let found: string | undefined;
  for (let at = directory; ; at = directoryOf(at)) {
    const names = new Set(fs.list(at).map((entry) => entry.name));
    const name = CONFIGURATION_NAMES.find((each) => names.has(each));
    if (name !== undefined) found ??= at === '/' ? `/${name}` : `${at}/${name}`;
    if (names.has('.git')) return found;
    if (names.has('go.mod')) moduleRoot ??= at;
    if (directoryOf(at) === at) return found !== undefined && isAtOrBelow(moduleRoot ?? directory, found) ? found : undefined;
  }
}

export function isConfigurationName(name: string): boolean {
  return CONFIGURATION_NAMES.some((each) => each === name);
}

function isAtOrBelow(root: string, path: string): boolean {
  const directory = directoryOf(path);
  return directory === root || directory.startsWith(`${root}/`);
}

/** Reads a configuration; the format goes by the path's extension, YAML when that says nothing. Never throws. */
export function parseConfiguration(path: string, text: string, rules: readonly Rule[] = allRules): LoadedConfiguration {
  const { root, problems: unreadable } = readDocument(formatOf(path), text);
  if (root === undefined) {
    const empty: DocumentProblem = { at: { start: 0, end: 0 }, message: 'The configuration is empty: begin with `version: 1`.' };
    return { configuration: undefined, problems: placed(text, unreadable.length > 0 ? unreadable : [empty]) };
  }
  const { value, problems } = validate(root, configurationSchema(rules));
  const configuration = isRecord(value) && value.version === 1 ? configurationOf(directoryOf(path), value) : undefined;
  return { configuration, problems: placed(text, problems) };
}

/** By the extension. */
export function formatOf(path: string): Format {
  if (path.endsWith('.toml')) return 'toml';
  return path.endsWith('.json') || path.endsWith('.jsonc') ? 'json' : 'yaml';
}

/** `value` passed the schema, which is what the shape rests on. */
function configurationOf(directory: string, value: Readonly<Record<string, unknown>>): Configuration {
  const checked = value as Partial<Pick<Configuration, 'rules' | 'exclusions' | 'severity' | 'overrides'>> & { readonly go?: string };
  const exclusions = checked.exclusions ?? {};
  return {
    directory,
    rules: checked.rules ?? {},
    exclusions: { ...exclusions, rules: exclusions.rules?.filter((each) => each.path !== undefined && each.rules !== undefined) },
    severity: checked.severity ?? {},
    overrides: checked.overrides?.filter((each) => each.path !== undefined) ?? [],
    go: checked.go === undefined ? undefined : parseGoVersion(checked.go),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function placed(text: string, problems: readonly DocumentProblem[]): ConfigurationProblem[] {
  const lines = new LineTable(encoder.encode(text));
  const shown = problems.slice(0, MAX_PROBLEMS);
  const bytes = byteOffsets(
    text,
    shown.flatMap(({ at }) => [at.start, at.end]),
  );
  return shown.map(({ at, message }) => {
    const range = { start: bytes.get(at.start) ?? 0, end: bytes.get(at.end) ?? 0 };
    const { line, column } = lines.position(range.start);
    return { at: range, line: line + 1, column: column + 1, message };
  });
}

/** By UTF-16 offset. */
function byteOffsets(text: string, units: readonly number[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let [unit, byte] = [0, 0];
  for (const next of [...new Set(units)].sort((a, b) => a - b)) {
    byte += encoder.encode(text.slice(unit, next)).length;
    unit = next;
    found.set(unit, byte);
  }
  return found;
}
