/** Turning a rule off in a configuration changes what it says by that, and its text by as little. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { configurationWithout, disableRule, parseConfiguration } from '../../src/config/index.ts';

const RULE = 'slice-growth';

describe('in YAML', () => {
  it.each([
    ['no rules', 'version: 1 # ours\n', 'version: 1 # ours\nrules:\n  disable:\n    - slice-growth\n'],
    ['no end of line', 'version: 1', 'version: 1\nrules:\n  disable:\n    - slice-growth\n'],
    ['empty rules', 'version: 1\nrules:\ngo: "1.22"\n', 'version: 1\nrules:\n  disable: [slice-growth]\ngo: "1.22"\n'],
    [
      'other keys, comments kept',
      'version: 1\nrules:\n    # all of them\n    default: all # yes\n\n# the end\n',
      'version: 1\nrules:\n    # all of them\n    disable: [slice-growth]\n    default: all # yes\n\n# the end\n',
    ],
    [
      'a list',
      'version: 1\nrules:\n  disable:\n  - lost-cancel # noisy\n  default: all\n',
      'version: 1\nrules:\n  disable:\n  - lost-cancel # noisy\n  - slice-growth\n  default: all\n',
    ],
    [
      'a list in brackets',
      'version: 1\nrules:\n  disable: [ "lost-cancel" ]\n',
      'version: 1\nrules:\n  disable: [ "lost-cancel", slice-growth ]\n',
    ],
    ['an empty list', 'version: 1\nrules:\n  disable: []\n', 'version: 1\nrules:\n  disable: [slice-growth]\n'],
    ['braces', 'version: 1\nrules: {default: all}\n', 'version: 1\nrules: {disable: [slice-growth], default: all}\n'],
    ['a list without entries', 'version: 1\nrules:\n  disable:\n', 'version: 1\nrules:\n  disable: [slice-growth]\n'],
    [
      'lines that end in CR LF',
      'version: 1\r\nrules:\r\n  disable:\r\n    - lost-cancel\r\n',
      'version: 1\r\nrules:\r\n  disable:\r\n    - lost-cancel\r\n    - slice-growth\r\n',
    ],
  ])('with %s', (_, text, expected) => {
    expect(disableRule('/w/.escapement.yml', text, RULE)).toBe(expected);
  });

  it.each([
    ['is broken', 'version: 1\nrules: [\n'],
    ['has another error', 'version: 1\nrules:\n  default: some\n'],
    ['says so already', 'version: 1\nrules:\n  disable: [slice-growth]\n'],
  ])('gives nothing where the text %s', (_, text) => {
    expect(disableRule('/w/.escapement.yml', text, RULE)).toBeUndefined();
  });
});

describe('in JSON', () => {
  it('keeps comments and the layout', () => {
    const text = '{\n    // ours\n    "version": 1,\n    "rules": {\n        "disable": ["lost-cancel"]\n    }\n}\n';
    expect(disableRule('/w/.escapement.json', text, RULE)).toBe(text.replace('"lost-cancel"]', '"lost-cancel","slice-growth"]'));
    expect(disableRule('/w/.escapement.json', '{"version": 1}', RULE)).toContain('"slice-growth"');
  });
});

describe('in TOML', () => {
  it.each([
    ['no rules', 'version = 1 # ours\n', 'version = 1 # ours\n\n[rules]\ndisable = ["slice-growth"]\n'],
    [
      'rules',
      'version = 1\n[rules] # these\ndefault = "all"\n',
      'version = 1\n[rules] # these\ndisable = ["slice-growth"]\ndefault = "all"\n',
    ],
    [
      'options of rules only',
      'version = 1\n[rules.settings.slice-growth]\ntests = true\n',
      'version = 1\n[rules.settings.slice-growth]\ntests = true\n\n[rules]\ndisable = ["slice-growth"]\n',
    ],
  ])('with %s', (_, text, expected) => {
    expect(disableRule('/w/.escapement.toml', text, RULE)).toBe(expected);
  });

  it('adds to a list', () => {
    const text = 'version = 1\n[rules]\ndisable = [\n  "lost-cancel", # noisy\n]\n';
    const changed = disableRule('/w/.escapement.toml', text, RULE);
    expect(changed).toContain('# noisy');
    expect(parseConfiguration('/w/.escapement.toml', changed ?? '').configuration?.rules.disable).toContain(RULE);
  });

  it('gives nothing where the rules stand in another form', () => {
    expect(disableRule('/w/.escapement.toml', 'version = 1\nrules = { default = "all" }\n', RULE)).toBeUndefined();
  });
});

it('a new configuration turns off just the rule', () => {
  const { configuration, problems } = parseConfiguration('/w/.escapement.yml', configurationWithout(RULE));
  expect(problems).toEqual([]);
  expect(configuration?.rules).toEqual({ disable: [RULE] });
});

it('keeps every line of a configuration, whatever is in it', () => {
  const line = fc.constantFrom('# a comment', '', 'go: "1.22"', 'severity:\n  lost-cancel: hint', 'exclusions:\n  paths: ["a/**"] # b');
  const rules = fc.constantFrom('', 'rules:\n  enable: [lost-cancel]', 'rules:\n  # c\n  default: all', 'rules: {disable: [lost-cancel]}');
  fc.assert(
    fc.property(fc.uniqueArray(line), rules, fc.uniqueArray(line), (above, own, below) => {
      const lines = ['version: 1', ...above, own, ...below.filter((each) => each === '' || each.startsWith('#'))];
      const text = `${lines.join('\n')}\n`;
      const changed = disableRule('/w/.escapement.yml', text, RULE);
      expect(changed).toBeDefined();
      const left = (changed ?? '').replace(/\n? *(?:disable:\n *)?- slice-growth|(?:disable: )?\[slice-growth\](?:, )?|, slice-growth/, '');
      const squeezed = (some: string): string => some.replace(/\s+|rules:/g, '');
      expect(squeezed(left)).toBe(squeezed(text));
    }),
  );
});
