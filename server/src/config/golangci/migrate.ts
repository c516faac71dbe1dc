/**
 * A configuration out of one of golangci-lint, version 1 or 2: what its linters look for and we do too is on or off here as it was there, what was
 * left out there is left out here, and as severe. What cannot be taken over and concerns us is said.
 */
import { stringify } from 'yaml';
import { rules as allRules, type Rule } from '../../rules/index.ts';
import { plainValue, readDocument } from '../document.ts';
import { formatOf } from '../load.ts';
import { counterpartsOf, hasManyChecks, isNamedOff, isOn } from './counterparts.ts';
import { flagsOf } from './flags.ts';
import { globsOf } from './globs.ts';
import { type Golangci, isRecord, type Restriction, readGolangci, record } from './read.ts';
import { severitiesOf } from './severities.ts';

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
  const golangci = readGolangci(value);
  const covered = rules.filter((rule) => counterpartsOf(rule, golangci).length > 0);
  const { severity, overrides, notes } = severitiesOf(golangci, (restriction) => rulesUnder(restriction, golangci, covered));
  const go = goOf(golangci);
  const configuration = {
    version: 1,
    rules: { default: 'recommended', ...rulesOf(golangci, covered) },
    ...exclusionsOf(golangci, covered),
    ...(Object.keys(severity).length > 0 && { severity }),
    ...(overrides.length > 0 && { overrides }),
    ...(go !== undefined && { go }),
  };
  return { text: stringify(configuration, { aliasDuplicateObjects: false }), notes: [...notesOf(golangci, covered), ...notes] };
}

function rulesOf(
  golangci: Golangci,
  covered: readonly Rule[],
): { readonly enable?: readonly string[]; readonly disable?: readonly string[] } {
  const someOn = (rule: Rule): boolean => counterpartsOf(rule, golangci).some((each) => isOn(each, golangci));
  const allOff = (rule: Rule): boolean => counterpartsOf(rule, golangci).every((each) => isNamedOff(each, golangci));
  const enable = covered.filter((rule) => rule.preset === 'all' && someOn(rule)).map(({ id }) => id);
  const disable = covered.filter((rule) => rule.preset === 'recommended' && allOff(rule)).map(({ id }) => id);
  return { ...(enable.length > 0 && { enable }), ...(disable.length > 0 && { disable }) };
}

function exclusionsOf(golangci: Golangci, covered: readonly Rule[]): { readonly exclusions?: object } {
  const ofTests = golangci.run.tests === false ? ['**/*_test.go'] : [];
  const paths = [...golangci.paths.flatMap((pattern) => globsOf(pattern) ?? []), ...ofTests];
  const rules = golangci.exclusions.flatMap((restriction) => {
    const silent = rulesUnder(restriction, golangci, covered);
    const globs = restriction.path === undefined ? ['**'] : (globsOf(restriction.path) ?? []);
    return silent.length === 0 || restriction.isStrange ? [] : globs.map((path) => ({ path, rules: silent }));
  });
  const exclusions = {
    ...(paths.length > 0 && { paths }),
    ...(rules.length > 0 && { rules }),
    ...(golangci.warnUnused && { warnUnused: true }),
  };
  return Object.keys(exclusions).length === 0 ? {} : { exclusions };
}

/** Ids of the rules that go with what a restriction is for. Its text is only understood where it names a check. */
function rulesUnder({ linters, text }: Restriction, golangci: Golangci, covered: readonly Rule[]): readonly string[] {
  const isMeant = (rule: Rule): boolean =>
    counterpartsOf(rule, golangci).some(
      ({ linter, check }) =>
        (linters.length === 0 ? text !== undefined : linters.includes(linter)) && (text === undefined || text.includes(check)),
    );
  return covered.filter(isMeant).map(({ id }) => id);
}

/** Without quotes YAML takes a version for a number, of which a last zero is lost. */
function goOf({ run }: Golangci): string | undefined {
  const written = typeof run.go === 'number' ? String(run.go).replace(/^1\.\d$/, '$&0') : run.go;
  return typeof written === 'string' && /^1\.\d+/.test(written) ? written : undefined;
}

function notesOf(golangci: Golangci, covered: readonly Rule[]): readonly string[] {
  const flags = flagsOf(golangci);
  return [
    ...pathNotes(golangci, covered),
    ...messageNotes(golangci, covered),
    ...settingNotes(golangci, covered),
    ...(flags.length > 0 ? [`these belong on the command line: ${flags.join(' ')}`] : []),
    ...strangerNotes(golangci, covered),
  ];
}

function pathNotes(golangci: Golangci, covered: readonly Rule[]): readonly string[] {
  const ofRules = golangci.exclusions.filter((each) => rulesUnder(each, golangci, covered).length > 0);
  const lost = [...golangci.paths, ...ofRules.flatMap(({ path }) => path ?? [])].filter((pattern) => globsOf(pattern) === undefined);
  return [
    ...[...new Set(lost)].map(
      (pattern) => `the pattern ${JSON.stringify(pattern)} is a regular expression with no like here: write it as a path in exclusions`,
    ),
    ...golangci.pathsExcept.map((pattern) => `paths-except ${JSON.stringify(pattern)} has no like here: name those paths to the review`),
    ...ofRules
      .filter(({ isStrange }) => isStrange)
      .map(
        ({ linters }) =>
          `an exclusion of ${linters.join(', ')} goes by path-except or source, which has no like here: suppress findings in the source`,
      ),
  ];
}

/** Exclusions by what a linter says, in its own words: of a linter with many checks that is about others than ours as a rule. */
function messageNotes(golangci: Golangci, covered: readonly Rule[]): readonly string[] {
  const ofOneMind = new Set(
    covered.flatMap((rule) => counterpartsOf(rule, golangci).map(({ linter }) => linter)).filter((linter) => !hasManyChecks(linter)),
  );
  const lost = golangci.exclusions.filter(
    (restriction) => restriction.linters.some((linter) => ofOneMind.has(linter)) && rulesUnder(restriction, golangci, covered).length === 0,
  );
  return [...new Set(lost.flatMap(({ text }) => text ?? []))].map(
    (text) => `messages like ${JSON.stringify(text)} are excluded there, and are others here: suppress findings in the source`,
  );
}

function settingNotes(golangci: Golangci, covered: readonly Rule[]): readonly string[] {
  const { generated, run, settings } = golangci;
  const ofChecks = record(record(settings.gocritic).settings);
  const tuned = covered.flatMap((rule) =>
    counterpartsOf(rule, golangci)
      .filter(({ linter, check }) => linter === 'gocritic' && Object.hasOwn(ofChecks, check))
      .map(({ check }) => `the settings of gocritic's ${check} are not taken over: see the options of ${rule.id}`),
  );
  return [
    ...tuned,
    ...(generated === 'disable' ? ['generated files are never reported here'] : []),
    ...(generated === 'lax'
      ? ['generated files are known here by the line "Code generated … DO NOT EDIT." alone: exclude others by their paths']
      : []),
    ...(run.go !== undefined && goOf(golangci) === undefined
      ? [`run.go ${JSON.stringify(run.go)} is no version of Go that could be taken over`]
      : []),
  ];
}

/** Linters that are asked for by name and look for nothing that a rule does. */
function strangerNotes(golangci: Golangci, covered: readonly Rule[]): readonly string[] {
  const known = new Set(covered.flatMap((rule) => counterpartsOf(rule, golangci).map(({ linter }) => linter)));
  const strangers = golangci.enabled.filter((linter) => !known.has(linter));
  return strangers.length === 0 ? [] : [`no rule is like these linters, which stay with golangci-lint: ${strangers.join(', ')}`];
}
