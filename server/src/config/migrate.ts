/**
 * A configuration out of one of golangci-lint, version 1 or 2: what its linters look for and we do too is on or off here as it was there, and what
 * was left out there is left out here. Which linter goes with which rule is what the rules say themselves (`alsoIn`).
 */
import { stringify } from 'yaml';
import { rules as allRules, PEERS, type Peer, type Rule } from '../rules/index.ts';
import { plainValue, readDocument } from './document.ts';
import { formatOf } from './load.ts';

export interface Migration {
  /** A configuration as YAML. */
  readonly text: string;
  /** What was left behind, each a sentence. */
  readonly notes: readonly string[];
}

/** Answers what is wrong where the text is no configuration of golangci-lint. */
export function migrateGolangci(path: string, text: string, rules: readonly Rule[] = allRules): Migration | string {
  const { root, problems } = readDocument(formatOf(path), text);
  if (problems.length > 0) return problems[0].message;
  const value = root === undefined ? undefined : plainValue(root);
  if (!isRecord(value)) return 'This is no configuration of golangci-lint: it must be a map.';
  const linters = value.version === undefined ? readVersion1(value) : readVersion2(value);
  const covered = rules.filter(({ alsoIn }) => lintersOf(alsoIn).length > 0);
  const configuration = {
    version: 1,
    rules: { default: 'recommended', ...rulesOf(linters, covered) },
    ...exclusionsOf(linters, covered),
    ...(linters.go !== undefined && { go: linters.go }),
  };
  return { text: stringify(configuration), notes: notesOf(linters) };
}

function rulesOf(
  linters: Linters,
  covered: readonly Rule[],
): { readonly enable?: readonly string[]; readonly disable?: readonly string[] } {
  const isOn = (linter: Peer): boolean => linters.isOn(linter === 'fieldalignment' ? 'govet' : linter) && linters.isPartOn(linter);
  const isOff = (rule: Rule): boolean =>
    lintersOf(rule.alsoIn).every((linter) => linters.isOff(linter) || isCheckOff(rule, linter, linters));
  const enable = covered.filter((rule) => rule.preset === 'all' && lintersOf(rule.alsoIn).some(isOn)).map(({ id }) => id);
  const disable = covered.filter((rule) => rule.preset === 'recommended' && isOff(rule)).map(({ id }) => id);
  return { ...(enable.length > 0 && { enable }), ...(disable.length > 0 && { disable }) };
}

function exclusionsOf(linters: Linters, covered: readonly Rule[]): { readonly exclusions?: object } {
  const paths = linters.paths.flatMap((pattern) => globOf(pattern) ?? []);
  const rules = linters.rules.flatMap(({ path: pattern, linters: quiet }) => {
    const path = globOf(pattern);
    const silent = covered.filter(({ alsoIn }) => lintersOf(alsoIn).some((linter) => quiet.includes(linter))).map(({ id }) => id);
    return path === undefined || silent.length === 0 ? [] : [{ path, rules: silent }];
  });
  const exclusions = { ...(paths.length > 0 && { paths }), ...(rules.length > 0 && { rules }) };
  return Object.keys(exclusions).length === 0 ? {} : { exclusions };
}

function notesOf({ paths, rules, tags }: Linters): readonly string[] {
  const lost = [...paths, ...rules.map(({ path }) => path)].filter((pattern) => globOf(pattern) === undefined);
  return [
    ...[...new Set(lost)].map(
      (pattern) => `the pattern ${JSON.stringify(pattern)} is a regular expression with no like here: write it as a path in exclusions`,
    ),
    ...(tags.length > 0 ? [`build tags belong on the command line: --tags ${tags.join(',')}`] : []),
  ];
}

/** What a configuration says of linters, whatever its version. */
interface Linters {
  readonly isOn: (linter: string) => boolean;
  /** Named as off. */
  readonly isOff: (linter: string) => boolean;
  /** Of what a linter does only when it is asked to. */
  readonly isPartOn: (linter: Peer) => boolean;
  readonly checksOff: readonly string[];
  /** Regular expressions. */
  readonly paths: readonly string[];
  readonly rules: readonly { readonly path: string; readonly linters: readonly string[] }[];
  readonly go: string | undefined;
  readonly tags: readonly string[];
}

/** Linters that golangci-lint runs unless it is told otherwise. */
const STANDARD: readonly string[] = ['errcheck', 'govet', 'ineffassign', 'staticcheck', 'unused'];

function readVersion2(value: Readonly<Record<string, unknown>>): Linters {
  const linters = record(value.linters);
  const exclusions = record(linters.exclusions);
  const preset = linters.default ?? 'standard';
  return readLinters(value, {
    isDefault: (linter) => preset === 'all' || (preset === 'standard' && STANDARD.includes(linter)),
    enable: strings(linters.enable),
    disable: strings(linters.disable),
    settings: record(linters.settings),
    paths: strings(exclusions.paths),
    rules: exclusions.rules,
  });
}

function readVersion1(value: Readonly<Record<string, unknown>>): Linters {
  const linters = record(value.linters);
  const issues = record(value.issues);
  const run = record(value.run);
  return readLinters(value, {
    isDefault: (linter) => linters['enable-all'] === true || (linters['disable-all'] !== true && STANDARD.includes(linter)),
    enable: strings(linters.enable),
    disable: strings(linters.disable),
    settings: record(value['linters-settings']),
    paths: [issues['exclude-dirs'], issues['exclude-files'], run['skip-dirs'], run['skip-files']].flatMap(strings),
    rules: issues['exclude-rules'],
  });
}

interface Parts {
  readonly isDefault: (linter: string) => boolean;
  readonly enable: readonly string[];
  readonly disable: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly paths: readonly string[];
  readonly rules: unknown;
}

function readLinters(value: Readonly<Record<string, unknown>>, { isDefault, enable, disable, settings, paths, rules }: Parts): Linters {
  const run = record(value.run);
  const isOn = (linter: string): boolean => !disable.includes(linter) && (enable.includes(linter) || isDefault(linter));
  const govet = record(settings.govet);
  const gocritic = record(settings.gocritic);
  return {
    isOn,
    isOff: (linter) => disable.includes(linter),
    isPartOn: (linter) => {
      if (linter === 'fieldalignment') return govet['enable-all'] === true || strings(govet.enable).includes('fieldalignment');
      if (linter !== 'gocritic') return true;
      return gocritic['enable-all'] === true || strings(gocritic['enabled-tags']).includes('performance');
    },
    checksOff: strings(record(settings.staticcheck).checks).flatMap((check) => (check.startsWith('-') ? [check.slice(1)] : [])),
    paths,
    rules: (Array.isArray(rules) ? rules : [])
      .filter(isRecord)
      .flatMap(({ path, linters }) => (typeof path === 'string' ? [{ path, linters: strings(linters) }] : [])),
    go: typeof run.go === 'string' && /^1\.\d+/.test(run.go) ? run.go : undefined,
    tags: strings(run['build-tags']),
  };
}

/** The linters of golangci-lint among the peers of a rule. */
function lintersOf(alsoIn: Rule['alsoIn'] = {}): readonly Peer[] {
  return PEERS.filter((peer) => peer !== 'gopls' && Object.hasOwn(alsoIn, peer));
}

/** Whether all checks of staticcheck that the rule goes with are switched off by name. */
function isCheckOff({ alsoIn = {} }: Rule, linter: Peer, { checksOff }: Linters): boolean {
  const checks = linter === 'staticcheck' ? (alsoIn.staticcheck ?? '').split(', ') : [];
  return (
    checks.length > 0 &&
    checks.every((check) => checksOff.some((off) => off === check || (off.endsWith('*') && check.startsWith(off.slice(0, -1)))))
  );
}

/** A path that a simple regular expression stands for; undefined for others. */
function globOf(pattern: string): string | undefined {
  const plain = pattern
    .replaceAll('\\.', '.')
    .replace(/^\^|^\((?:\^\|\/|\/\|\^)\)/, '')
    .replace(/\((?:\$\|\/|\/\|\$)\)$|\$$|\/$|\/\.\*$/, '');
  const isAnchored = pattern.startsWith('^');
  if (!/^[\w./-]+$/.test(plain)) return undefined;
  if (plain.endsWith('.go')) return isAnchored ? plain : `**/*${plain}`;
  return isAnchored ? plain : `**/${plain}`;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
