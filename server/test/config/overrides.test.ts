/** Rules and severities of one place, and where `config print` says that they are from: both against what a review takes. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Configuration,
  overridesAt,
  parseConfiguration,
  resolveSettings,
  rulesAnywhere,
  rulesInPlace,
  rulesUnder,
} from '../../src/config/index.ts';
import type { Rule } from '../../src/rules/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { reviewOf } from '../support/session.ts';
import { flaggedCall, oldCall } from '../support/test-rules.ts';

beforeAll(loadTestGrammar);

const quiet: Rule = { ...flaggedCall, id: 'quiet-rule', preset: 'all', severity: 'hint', alsoIn: {} };
const rules = [flaggedCall, oldCall, quiet];

function configured(yaml: string): Configuration {
  const { configuration, problems } = parseConfiguration('/m/.escapement.yml', `version: 1\n${yaml}`, rules);
  if (configuration === undefined || problems.length > 0) throw new Error(JSON.stringify(problems));
  return configuration;
}

function at(path: string, yaml: string, client = {}): Record<string, string> {
  const settings = resolveSettings(client, configured(yaml), rules);
  return { ...rulesUnder(settings, overridesAt(settings.overrides, path)).rules };
}

const OVERRIDES = `rules: { disable: [old-call] }
severity: { quiet-rule: warning }
overrides:
  - path: "hot/**"
    enable: [quiet-rule, old-call]
    severity: { flagged-call: error }
  - path: "hot/cold/**"
    disable: [quiet-rule]
    severity: { flagged-call: hint }
`;

describe('an override', () => {
  it('holds where its path matches, the later one over the earlier', () => {
    expect(at('/m/a.go', OVERRIDES)).toEqual({ 'flagged-call': 'warning' });
    expect(at('/m/hot/a.go', OVERRIDES)).toEqual({ 'flagged-call': 'error', 'quiet-rule': 'warning' });
    expect(at('/m/hot/cold/a.go', OVERRIDES)).toEqual({ 'flagged-call': 'hint' });
    expect(at('/elsewhere/hot/a.go', OVERRIDES)).toEqual({ 'flagged-call': 'warning' });
  });

  it('leaves the last word to the client', () => {
    expect(at('/m/hot/a.go', OVERRIDES, { preset: 'none', rules: { 'flagged-call': 'on' } })).toEqual({ 'flagged-call': 'error' });
    expect(at('/m/hot/a.go', OVERRIDES, { rules: { 'flagged-call': 'hint', 'quiet-rule': 'off' } })).toEqual({ 'flagged-call': 'hint' });
    expect(at('/m/hot/cold/a.go', OVERRIDES, { rules: { 'quiet-rule': 'on' } })).toEqual({
      'flagged-call': 'hint',
      'quiet-rule': 'warning',
    });
  });

  it('makes its rules run somewhere', () => {
    expect([...rulesAnywhere(resolveSettings({}, configured(OVERRIDES), rules))]).toEqual(['flagged-call', 'quiet-rule']);
  });

  it('decides about the findings of a review', () => {
    const overrides = (each: object): object => ({
      overrides: { root: '/m', each: [{ path: 'x.go', enable: {}, disable: [], severity: {}, ...each }] },
    });
    const review = (each: object): unknown =>
      reviewOf('package p\n\nfunc f() { flagged() }\n', [flaggedCall], overrides(each)).findings.map(({ severity }) => severity);
    expect(review({ path: 'y.go', disable: ['flagged-call'] })).toEqual(['warning']);
    expect(review({ severity: { 'flagged-call': 'error' } })).toEqual(['error']);
    expect(review({ disable: ['flagged-call'] })).toEqual([]);
  });
});

describe('what each value is from', () => {
  const from = (path: string | undefined, yaml: string): unknown =>
    Object.values(rulesInPlace(configured(yaml), path, rules)).map(({ state, severity }) => [
      state.value,
      state.from,
      severity?.value,
      severity?.from,
    ]);

  it('is a key of the file, or what holds without one', () => {
    expect(from(undefined, 'go: "1.22"')).toEqual([
      ['on', 'default', 'warning', 'rule'],
      ['on', 'default', 'hint', 'rule'],
      ['off', 'default', undefined, undefined],
    ]);
    expect(from('/m/hot/a.go', OVERRIDES)).toEqual([
      ['on', 'default', 'error', 'overrides[0].severity'],
      ['off', 'rules.disable', undefined, undefined],
      ['on', 'overrides[0].enable', 'warning', 'severity'],
    ]);
    expect(from('/m/cmd/a.go', 'rules: { default: all }\nexclusions: { rules: [{ path: cmd, rules: [flagged-call] }] }')).toEqual([
      ['off', 'exclusions.rules[0]', undefined, undefined],
      ['on', 'rules.default', 'hint', 'rule'],
      ['on', 'rules.default', 'hint', 'rule'],
    ]);
  });

  it('goes with the values that a review takes, whatever the file says', () => {
    const ids = fc.subarray(rules.map(({ id }) => id));
    const severities = fc.dictionary(fc.constantFrom(...rules.map(({ id }) => id)), fc.constantFrom('error', 'hint'), {
      noNullPrototype: true,
    });
    const path = fc.constantFrom('**', 'a/**', 'a/b', 'b.go');
    const override = fc.record({ path, enable: ids, disable: ids, severity: severities }, { requiredKeys: ['path'] });
    const file = fc.record({
      rules: fc.record({ default: fc.constantFrom('all', 'none', 'recommended'), enable: ids, disable: ids }, { requiredKeys: [] }),
      severity: severities,
      overrides: fc.array(override, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(file, fc.constantFrom('/m/a/b/x.go', '/m/b.go', '/m/a/c.go'), (value, place) => {
        const yaml = JSON.stringify({ version: 1, ...value });
        const { configuration } = parseConfiguration('/m/.escapement.json', yaml, rules);
        const settings = resolveSettings({}, configuration, rules);
        const inForce = rulesUnder(settings, overridesAt(settings.overrides, place)).rules;
        const told = Object.entries(rulesInPlace(configuration, place, rules)).filter(([, { state }]) => state.value === 'on');
        expect(Object.fromEntries(told.map(([id, { severity }]) => [id, severity?.value]))).toEqual(inForce);
        for (const [id, { severity }] of told) {
          const index = /^overrides\[(\d)\]/.exec(severity?.from ?? '')?.[1];
          const source =
            index === undefined ? (severity?.from === 'severity' ? value.severity : undefined) : value.overrides[Number(index)].severity;
          if (severity?.from !== 'rule') expect(source?.[id]).toBe(severity?.value);
          else expect(severity.value).toBe(rules.find((rule) => rule.id === id)?.severity);
        }
      }),
    );
  });
});
