/**
 * What a configuration comes to in one place, rule by rule, with the key that each value is from. The values are those that a review takes; only
 * where they are from is found out here.
 */
import { relativePath } from '../base/index.ts';
import { rules as allRules, type OptionValue, optionValues, type Rule, type Severity } from '../rules/index.ts';
import type { Configuration } from './load.ts';
import { overridesAt, rulesUnder } from './overrides.ts';
import { matchesPattern } from './pattern.ts';
import { decisionOn, resolveSettings } from './resolve.ts';

/** `from` is a key of the file such as `overrides[0].severity`, `default`, or `rule` for what the rule itself says of each finding. */
export interface Sourced<Value> {
  readonly value: Value;
  readonly from: string;
}

export interface RuleInPlace {
  readonly state: Sourced<'on' | 'off'>;
  /** Of rules that are on. */
  readonly severity?: Sourced<Severity>;
  /** Of rules that are on and have some. */
  readonly options?: Readonly<Record<string, Sourced<OptionValue>>>;
}

/** By rule id, in the order of the registry; `path` is absolute, undefined where no override and no exclusion is to count. */
export function rulesInPlace(
  configuration: Configuration | undefined,
  path: string | undefined,
  rules: readonly Rule[] = allRules,
): Readonly<Record<string, RuleInPlace>> {
  const settings = resolveSettings({}, configuration, rules);
  const matching = path === undefined ? [] : overridesAt(settings.overrides, path);
  const inForce = rulesUnder(settings, matching).rules;
  return Object.fromEntries(
    rules.map((rule) => {
      const state = stateOf(rule, configuration, path, matching);
      if (state.value === 'off') return [rule.id, { state }];
      const severity = { value: inForce[rule.id], from: severitySource(rule, configuration, matching) };
      const values = Object.entries(optionValues(rule.options, settings.ruleOptions[rule.id]));
      const options = Object.fromEntries(
        values.map(([name, value]) => [name, { value, from: optionSource(rule, name, value, configuration) }]),
      );
      return [rule.id, { state, severity, ...(values.length > 0 && { options }) }];
    }),
  );
}

/** The key that leaves a file out of the review; undefined where none does. */
export function exclusionOf(configuration: Configuration, path: string): string | undefined {
  const relative = relativePath(configuration.directory, path);
  const i = (configuration.exclusions.paths ?? []).findIndex((pattern) => matchesPattern(pattern, relative));
  return i < 0 ? undefined : `exclusions.paths[${i}]`;
}

/** What is said last, in the order in which a review hears it. */
function stateOf(
  rule: Rule,
  configuration: Configuration | undefined,
  path: string | undefined,
  matching: readonly number[],
): RuleInPlace['state'] {
  const { isOn, by } = decisionOn(rule, {}, configuration);
  let state: RuleInPlace['state'] = { value: isOn ? 'on' : 'off', from: by };
  for (const i of matching) {
    const { enable = [], disable = [] } = configuration?.overrides[i] ?? {};
    if (enable.includes(rule.id) && by !== 'rules.disable') state = { value: 'on', from: `overrides[${i}].enable` };
    if (disable.includes(rule.id)) state = { value: 'off', from: `overrides[${i}].disable` };
  }
  if (configuration === undefined || path === undefined) return state;
  const relative = relativePath(configuration.directory, path);
  const silencing = (configuration.exclusions.rules ?? []).findIndex(
    (each) => each.rules.includes(rule.id) && matchesPattern(each.path, relative),
  );
  return silencing < 0 ? state : { value: 'off', from: `exclusions.rules[${silencing}]` };
}

function severitySource({ id }: Rule, configuration: Configuration | undefined, matching: readonly number[]): string {
  const last = matching.findLast((i) => Object.hasOwn(configuration?.overrides[i].severity ?? {}, id));
  if (last !== undefined) return `overrides[${last}].severity`;
  return Object.hasOwn(configuration?.severity ?? {}, id) ? 'severity' : 'rule';
}

function optionSource(rule: Rule, name: string, value: OptionValue, configuration: Configuration | undefined): string {
  const settings = configuration?.rules.settings ?? {};
  const isSet = Object.hasOwn(settings, rule.id) && (settings[rule.id][name] ?? undefined) !== undefined;
  if (isSet) return `rules.settings.${rule.id}`;
  return value === rule.options[name].default ? 'rule' : 'default';
}
