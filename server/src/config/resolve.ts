/** Defaults, configuration file and client settings folded into the one answer. What is said nearer to the person wins. */
import { parseGoVersion } from '../model/index.ts';
import { rules as allRules, type Rule, type Severity } from '../rules/index.ts';
import type { Configuration } from './load.ts';
import { SEVERITIES } from './schema.ts';
import type { Override, ReviewSettings } from './settings.ts';

/** What a client may say; null is as good as absent, because editors send null for settings nobody made. Wrong values count as absent too. */
export interface ClientSettings {
  readonly preset?: 'recommended' | 'all' | 'none' | null;
  /** `on` is the rule's own severity. With the preset `none` exactly the rules named here run. */
  readonly rules?: Readonly<Record<string, Severity | 'off' | 'on' | null>> | null;
  readonly ruleOptions?: Readonly<Record<string, Readonly<Record<string, unknown>> | null>> | null;
  /** Tools that review the code too, as in the configuration, to which it adds. */
  readonly compat?: readonly string[] | null;
  readonly go?: string | null;
  readonly goos?: string | null;
  readonly goarch?: string | null;
  readonly tags?: readonly string[] | null;
  readonly showPossible?: boolean | null;
}

const DEFAULT_GOOS = 'linux';
const DEFAULT_GOARCH = 'amd64';

export function resolveSettings(
  client: ClientSettings,
  configuration: Configuration | undefined,
  rules: readonly Rule[] = allRules,
): ReviewSettings {
  const on: Record<string, Severity> = Object.create(null);
  const stated: Record<string, Severity> = Object.create(null);
  const ruleOptions: Record<string, Readonly<Record<string, unknown>>> = Object.create(null);
  const overrides = overridesOf(client, configuration, rules);
  const enabled = new Set(overrides.flatMap(({ enable }) => Object.keys(enable)));
  for (const rule of rules) {
    const severity = statedSeverity(rule, client, configuration);
    if (decisionOn(rule, client, configuration).isOn) on[rule.id] = severity ?? rule.severity;
    if (severity !== undefined && (Object.hasOwn(on, rule.id) || enabled.has(rule.id))) stated[rule.id] = severity;
    const options = { ...quietOptions(rule, client, configuration), ...optionsOf(rule.id, client, configuration) };
    if (Object.keys(options).length > 0) ruleOptions[rule.id] = options;
  }
  const go = parseGoVersion(client.go ?? '') ?? configuration?.go;
  const { paths = [], rules: byRule = [] } = configuration?.exclusions ?? {};
  return {
    rules: { ...on },
    ...(Object.keys(stated).length === 0 ? {} : { severities: { ...stated } }),
    ruleOptions: { ...ruleOptions },
    ...(go === undefined ? {} : { go }),
    goos: nonEmpty(client.goos) ?? DEFAULT_GOOS,
    goarch: nonEmpty(client.goarch) ?? DEFAULT_GOARCH,
    tags: client.tags ?? [],
    showPossible: client.showPossible ?? false,
    ...(configuration === undefined || paths.length + byRule.length === 0
      ? {}
      : { exclusions: { root: configuration.directory, paths, rules: byRule } }),
    ...(configuration === undefined || overrides.length === 0 ? {} : { overrides: { root: configuration.directory, each: overrides } }),
  };
}

/** Less what the client has the last word on, and rules that are off whatever else is said. */
function overridesOf(client: ClientSettings, configuration: Configuration | undefined, rules: readonly Rule[]): readonly Override[] {
  const isOpen = ({ id }: Rule): boolean => {
    const said = saidOf(id, client);
    return said !== 'on' && said !== 'off' && !SEVERITIES.some((each) => each === said);
  };
  const isEnabled = (rule: Rule, enable: readonly string[]): boolean =>
    enable.includes(rule.id) && client.preset !== 'none' && configuration?.rules.disable?.includes(rule.id) !== true;
  return (configuration?.overrides ?? []).map(({ path, enable = [], disable = [], severity = {} }) => ({
    path,
    enable: Object.fromEntries(
      rules
        .filter((rule) => isOpen(rule) && isEnabled(rule, enable))
        .map((rule) => [rule.id, statedSeverity(rule, client, configuration) ?? rule.severity]),
    ),
    disable: rules.filter((rule) => isOpen(rule) && disable.includes(rule.id)).map(({ id }) => id),
    severity: Object.fromEntries(
      rules
        .filter((rule) => Object.hasOwn(severity, rule.id) && !SEVERITIES.some((each) => each === saidOf(rule.id, client)))
        .map(({ id }) => [id, severity[id]]),
    ),
  }));
}

/** The client's word goes over the file's. */
function statedSeverity({ id }: Rule, client: ClientSettings, configuration: Configuration | undefined): Severity | undefined {
  const said = saidOf(id, client);
  const inFile = configuration !== undefined && Object.hasOwn(configuration.severity, id) ? configuration.severity[id] : undefined;
  return SEVERITIES.find((each) => each === said) ?? inFile;
}

function saidOf(id: string, { rules }: ClientSettings): string | null {
  return rules !== undefined && rules !== null && Object.hasOwn(rules, id) ? rules[id] : null;
}

/** Of a rule that nobody asked for: only the preset `recommended` turns it on. */
function quietOptions(rule: Rule, client: ClientSettings, configuration: Configuration | undefined): Record<string, unknown> {
  const isNamed = client.rules?.[rule.id] === 'on' || configuration?.rules.enable?.includes(rule.id) === true;
  if (isNamed || chosenPreset(client, configuration) !== 'recommended') return {};
  const quiet = Object.entries(rule.options).map(([name, option]) => [name, option.type === 'boolean' ? option.recommended : undefined]);
  return Object.fromEntries(quiet.filter(([, value]) => value !== undefined));
}

function chosenPreset(client: ClientSettings, configuration: Configuration | undefined): 'recommended' | 'all' | 'none' {
  return client.preset ?? configuration?.rules.default ?? 'recommended';
}

/** Whether a rule is on where no override speaks of it, and what says so: a key of the file, `client`, or `default`. */
export interface Decision {
  readonly isOn: boolean;
  readonly by: string;
}

export function decisionOn(rule: Rule, client: ClientSettings, configuration: Configuration | undefined): Decision {
  const said = saidOf(rule.id, client);
  if (said === 'off') return { isOn: false, by: 'client' };
  if (said === 'on' || SEVERITIES.some((each) => each === said)) return { isOn: true, by: 'client' };
  if (client.preset === 'none') return { isOn: false, by: 'client' };
  const { enable = [], disable = [], compat = [] } = configuration?.rules ?? {};
  if (disable.includes(rule.id)) return { isOn: false, by: 'rules.disable' };
  if (enable.includes(rule.id)) return { isOn: true, by: 'rules.enable' };
  if (isLeftToPeers(rule, compat)) return { isOn: false, by: 'rules.compat' };
  if (isLeftToPeers(rule, client.compat ?? [])) return { isOn: false, by: 'client' };
  const chosen = chosenPreset(client, configuration);
  const isOn = chosen === 'all' || (chosen === 'recommended' && rule.preset === 'recommended');
  const isOfFile = (client.preset ?? undefined) === undefined && configuration?.rules.default !== undefined;
  return { isOn, by: isOfFile ? 'rules.default' : (client.preset ?? undefined) === undefined ? 'default' : 'client' };
}

/** What golangci-lint runs by itself, as far as it looks for what we do. */
const STANDARD_LINTERS = ['govet', 'staticcheck'];

function isLeftToPeers({ alsoIn = {} }: Rule, compat: readonly string[]): boolean {
  const tools = compat.flatMap((tool) => (tool === 'golangci-lint' ? STANDARD_LINTERS : [tool]));
  return tools.some((tool) => Object.hasOwn(alsoIn, tool));
}

function optionsOf(id: string, client: ClientSettings, configuration: Configuration | undefined): Record<string, unknown> {
  const merged: Record<string, unknown> = {};
  for (const source of [configuration?.rules.settings, client.ruleOptions ?? undefined]) {
    const options = source !== undefined && Object.hasOwn(source, id) ? source[id] : null;
    for (const [name, value] of Object.entries(options ?? {})) if (value !== null && value !== undefined) merged[name] = value;
  }
  return merged;
}

function nonEmpty(text: string | null | undefined): string | undefined {
  return text === null || text === '' ? undefined : text;
}
