/** Who wins: the client over the file, the file over the rule. */
import { describe, expect, it } from 'vitest';
import { type ClientSettings, parseConfiguration, resolveSettings } from '../../src/config/index.ts';
import { rules as allRules, type Rule } from '../../src/rules/index.ts';
import { flaggedCall, oldCall } from '../support/test-rules.ts';

const quiet: Rule = { ...flaggedCall, id: 'quiet-rule', preset: 'all', severity: 'hint' };
const rules = [flaggedCall, oldCall, quiet];
const resolve = (client: ClientSettings, yaml?: string): ReturnType<typeof resolveSettings> =>
  resolveSettings(
    client,
    yaml === undefined ? undefined : parseConfiguration('/m/.escapement.yml', `version: 1\n${yaml}`, rules).configuration,
    rules,
  );
const on = (client: ClientSettings, yaml?: string): Record<string, string> => ({ ...resolve(client, yaml).rules });

describe('rules that run', () => {
  it('are the recommended ones', () => {
    expect(on({})).toEqual({ 'flagged-call': 'warning', 'old-call': 'hint' });
  });

  it('are all, or none, of a preset', () => {
    expect(Object.keys(on({ preset: 'all' }))).toEqual(['flagged-call', 'old-call', 'quiet-rule']);
    expect(on({}, 'rules: { default: none }')).toEqual({});
  });

  it('are those the file enables, without those it disables', () => {
    expect(Object.keys(on({}, 'rules: { default: none, enable: [quiet-rule, old-call], disable: [old-call] }'))).toEqual(['quiet-rule']);
  });

  it('have the severity of the file', () => {
    expect(on({}, 'severity: { old-call: error }')).toEqual({ 'flagged-call': 'warning', 'old-call': 'error' });
  });

  it('are as the client says, whatever the file says', () => {
    const file = 'rules: { disable: [flagged-call] }\nseverity: { old-call: error }';
    expect(on({ rules: { 'flagged-call': 'hint', 'old-call': 'off' } }, file)).toEqual({ 'flagged-call': 'hint' });
  });

  it('are exactly those named with the preset none', () => {
    expect(
      on(
        { preset: 'none', rules: { 'quiet-rule': 'on', 'old-call': 'on' } },
        'rules: { enable: [flagged-call] }\nseverity: { old-call: error }',
      ),
    ).toEqual({
      'quiet-rule': 'hint',
      'old-call': 'error',
    });
  });

  it('ignore null, wrong values and names nobody knows', () => {
    const client = {
      preset: null,
      rules: { 'flagged-call': null, 'old-call': 'loud', constructor: 'error', unknown: 'error' },
    } as unknown as ClientSettings;
    expect(on(client)).toEqual(on({}));
  });
});

it('options of the client go over those of the file, one by one', () => {
  const withOptions: Rule = {
    ...flaggedCall,
    options: {
      a: { type: 'integer', default: 0, minimum: 0, maximum: 9, doc: 'A.' },
      b: { type: 'integer', default: 0, minimum: 0, maximum: 9, doc: 'B.' },
    },
  };
  const { configuration } = parseConfiguration(
    '/m/.escapement.yml',
    'version: 1\nrules: { settings: { flagged-call: { a: 1, b: 1 } } }\n',
    [withOptions],
  );
  const { ruleOptions } = resolveSettings({ ruleOptions: { 'flagged-call': { b: 2, a: null } } }, configuration, [withOptions]);
  expect(ruleOptions).toEqual({ 'flagged-call': { a: 1, b: 2 } });
});

it('options are quiet where nothing but the preset turns a rule on', () => {
  const talkative: Rule = { ...flaggedCall, options: { more: { type: 'boolean', default: true, recommended: false, doc: 'More.' } } };
  const optionsOf = (client: ClientSettings, yaml = ''): unknown => {
    const { configuration } = parseConfiguration('/m/.escapement.yml', `version: 1\n${yaml}`, [talkative]);
    return { ...resolveSettings(client, configuration, [talkative]).ruleOptions };
  };
  const quietOnes = { 'flagged-call': { more: false } };
  expect([optionsOf({}), optionsOf({ rules: { 'flagged-call': 'error' } }), optionsOf({}, 'rules: { default: recommended }')]).toEqual([
    quietOnes,
    quietOnes,
    quietOnes,
  ]);
  expect([optionsOf({ preset: 'all' }), optionsOf({ rules: { 'flagged-call': 'on' } }), optionsOf({}, 'rules: { default: all }')]).toEqual([
    {},
    {},
    {},
  ]);
  expect(optionsOf({}, 'rules: { enable: [flagged-call] }')).toEqual({});
  const said = { 'flagged-call': { more: true } };
  expect([optionsOf({ ruleOptions: said }), optionsOf({}, 'rules: { settings: { flagged-call: { more: true } } }')]).toEqual([said, said]);
});

it('target and version have defaults, and the client’s version counts before the file’s', () => {
  expect(resolve({})).toMatchObject({ goos: 'linux', goarch: 'amd64', tags: [], showPossible: false });
  expect(resolve({}).go).toBeUndefined();
  expect(resolve({ go: 'go1.20.3' }, 'go: "1.22"').go).toBe(20);
  expect(resolve({ go: 'nonsense' }, 'go: "1.22"').go).toBe(22);
});

it('exclusions are relative to the file', () => {
  expect(resolve({}, 'exclusions: { paths: [gen] }').exclusions).toEqual({ root: '/m', paths: ['gen'], rules: [] });
  expect(resolve({}).exclusions).toBeUndefined();
});

it('settings are plain data that can cross a thread', () => {
  const settings = resolve({ preset: 'all' }, 'exclusions: { paths: [gen] }');
  expect(structuredClone(settings)).toEqual(settings);
});

describe('compat', () => {
  const alsoIn = (id: string): boolean => allRules.find((rule) => rule.id === id)?.alsoIn !== undefined;
  const off = (client: ClientSettings, text = 'version: 1\n'): string[] => {
    const { configuration } = parseConfiguration('/w/.escapement.yml', text);
    const { rules: on } = resolveSettings(client, configuration);
    const { rules: without } = resolveSettings({ preset: client.preset ?? configuration?.rules.default }, undefined);
    return Object.keys(without).filter((id) => !Object.hasOwn(on, id));
  };

  it('turns off what other tools report too, and nothing else', () => {
    const muted = off({ preset: 'all', compat: ['gopls', 'perfsprint'] });
    expect(muted).toEqual(
      expect.arrayContaining(['case-fold-compare', 'errorf-without-verb', 'loop-variable-copy', 'sprintf-conversion', 'sprintf-write']),
    );
    expect(muted).not.toContain('lost-cancel');
    expect(muted.every(alsoIn)).toBe(true);
    expect(off({ preset: 'all', compat: ['golangci-lint'] })).toContain('append-loop');
    expect(off({ preset: 'all' })).toEqual([]);
  });

  it('is said in the configuration too, and gives way to a name', () => {
    const text = 'version: 1\nrules:\n  default: all\n  compat: [gopls]\n  enable: [sprintf-write]\n';
    expect(off({}, text)).toContain('case-fold-compare');
    expect(off({}, text)).not.toContain('sprintf-write');
    expect(off({ rules: { 'case-fold-compare': 'on' } }, text)).not.toContain('case-fold-compare');
  });
});
