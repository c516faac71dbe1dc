/** A configuration of golangci-lint as its two versions have it, told in one way. What has the wrong shape counts as not said. */

export type Section = Readonly<Record<string, unknown>>;

/** What findings an exclusion or a severity is for. */
export interface Restriction {
  /** A regular expression of paths; undefined for all. */
  readonly path: string | undefined;
  readonly linters: readonly string[];
  /** A regular expression of messages, which begin with the name of a check where a linter has several. */
  readonly text: string | undefined;
  /** Whether it is for other paths than those of `path`, or by lines of source: nothing here goes by these. */
  readonly isStrange: boolean;
}

export interface Golangci {
  readonly version: 1 | 2;
  readonly isOn: (linter: string) => boolean;
  /** Linters that are named as on and as off. */
  readonly enabled: readonly string[];
  readonly disabled: readonly string[];
  /** Of linters, by name. */
  readonly settings: Section;
  /** Regular expressions of what is not reported at all. */
  readonly paths: readonly string[];
  /** The same of what is reported alone. */
  readonly pathsExcept: readonly string[];
  readonly exclusions: readonly Restriction[];
  readonly severities: readonly (Restriction & { readonly severity: unknown })[];
  readonly defaultSeverity: unknown;
  readonly generated: unknown;
  readonly warnUnused: boolean;
  /** The sections of these names, alike in both versions. */
  readonly run: Section;
  readonly issues: Section;
  readonly output: unknown;
}

/** Linters that golangci-lint runs unless it is told otherwise. */
const STANDARD: readonly string[] = ['errcheck', 'govet', 'ineffassign', 'staticcheck', 'unused'];
const STANDARD_IN_VERSION_1: readonly string[] = [...STANDARD, 'gosimple'];

export function readGolangci(value: Section): Golangci {
  return value.version === undefined ? readVersion1(value) : readVersion2(value);
}

function readVersion2(value: Section): Golangci {
  const linters = record(value.linters);
  const exclusions = record(linters.exclusions);
  const severity = record(value.severity);
  const preset = linters.default ?? 'standard';
  return {
    version: 2,
    ...named(linters, (linter) => preset === 'all' || (preset === 'standard' && STANDARD.includes(linter))),
    settings: record(linters.settings),
    paths: strings(exclusions.paths),
    pathsExcept: strings(exclusions['paths-except']),
    exclusions: records(exclusions.rules).map(restriction),
    severities: records(severity.rules).map(severityRule),
    defaultSeverity: severity.default,
    generated: exclusions.generated,
    warnUnused: exclusions['warn-unused'] === true,
    run: record(value.run),
    issues: record(value.issues),
    output: record(value.output).formats,
  };
}

function readVersion1(value: Section): Golangci {
  const linters = record(value.linters);
  const issues = record(value.issues);
  const run = record(value.run);
  const severity = record(value.severity);
  const isDefault = (linter: string): boolean =>
    linters['enable-all'] === true || (linters['disable-all'] !== true && STANDARD_IN_VERSION_1.includes(linter));
  return {
    version: 1,
    ...named(linters, isDefault),
    settings: record(value['linters-settings']),
    paths: [issues['exclude-dirs'], issues['exclude-files'], run['skip-dirs'], run['skip-files']].flatMap(strings),
    pathsExcept: [],
    exclusions: [
      ...records(issues['exclude-rules']).map(restriction),
      ...strings(issues.exclude).map((each) => restriction({ text: each })),
    ],
    severities: records(severity.rules).map(severityRule),
    defaultSeverity: severity['default-severity'],
    generated: issues['exclude-generated'],
    warnUnused: false,
    run,
    issues,
    output: record(value.output).formats ?? record(value.output).format,
  };
}

function named(linters: Section, isDefault: (linter: string) => boolean): Pick<Golangci, 'isOn' | 'enabled' | 'disabled'> {
  const enabled = strings(linters.enable);
  const disabled = strings(linters.disable);
  return { enabled, disabled, isOn: (linter) => !disabled.includes(linter) && (enabled.includes(linter) || isDefault(linter)) };
}

function restriction(rule: Section): Restriction {
  return {
    path: text(rule.path),
    linters: strings(rule.linters),
    text: text(rule.text),
    isStrange: rule['path-except'] !== undefined || rule.source !== undefined,
  };
}

function severityRule(rule: Section): Restriction & { readonly severity: unknown } {
  return { ...restriction(rule), severity: rule.severity };
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function record(value: unknown): Section {
  return isRecord(value) ? value : {};
}

export function isRecord(value: unknown): value is Section {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function records(value: unknown): readonly Section[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
