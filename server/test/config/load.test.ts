/** The configuration file in three formats: what is read, what is wrong with it and where, and what cannot harm. */
import { describe, expect, it } from 'vitest';
import { findConfiguration, parseConfiguration } from '../../src/config/index.ts';
import type { Rule } from '../../src/rules/index.ts';
import { memoryFiles } from '../support/files.ts';
import { flaggedCall, oldCall } from '../support/test-rules.ts';

const withOptions: Rule = {
  ...flaggedCall,
  id: 'with-options',
  options: {
    limit: { type: 'integer', default: 3, minimum: 0, maximum: 10, doc: 'How many.' },
    tests: { type: 'boolean', default: false, doc: 'Also tests.' },
  },
};
const rules = [flaggedCall, oldCall, withOptions];
const load = (path: string, text: string): ReturnType<typeof parseConfiguration> => parseConfiguration(path, text, rules);
const problems = (path: string, text: string): string[] =>
  load(path, text).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);

const YAML = `version: 1
rules:
  default: all
  disable: [old-call]
  settings:
    with-options:
      limit: 7
      tests: true
exclusions:
  paths: ["gen/**"]
  rules:
    - path: cmd
      rules: [flagged-call]
severity:
  flagged-call: error
overrides:
  - path: hot
    enable: [old-call]
    severity: { flagged-call: hint }
go: "1.22"
`;
const TOML = `version = 1
go = "1.22"
[rules]
default = "all"
disable = ["old-call"]
[rules.settings.with-options]
limit = 7
tests = true
[exclusions]
paths = ["gen/**"]
[[exclusions.rules]]
path = "cmd"
rules = ["flagged-call"]
[severity]
flagged-call = "error"
[[overrides]]
path = "hot"
enable = ["old-call"]
severity = { flagged-call = "hint" }
`;
const JSON_TEXT = `{
  // JSON may have comments and a trailing comma.
  "version": 1,
  "rules": { "default": "all", "disable": ["old-call"], "settings": { "with-options": { "limit": 7, "tests": true } } },
  "exclusions": { "paths": ["gen/**"], "rules": [{ "path": "cmd", "rules": ["flagged-call"] }] },
  "severity": { "flagged-call": "error" },
  "overrides": [{ "path": "hot", "enable": ["old-call"], "severity": { "flagged-call": "hint" } }],
  "go": "1.22",
}
`;

describe('a configuration', () => {
  it.each([
    ['/m/.escapement.yml', YAML],
    ['/m/.escapement.toml', TOML],
    ['/m/.escapement.json', JSON_TEXT],
  ])('%s says the same in each format', (path, text) => {
    expect(load(path, text)).toEqual({
      problems: [],
      configuration: {
        directory: '/m',
        rules: { default: 'all', disable: ['old-call'], settings: { 'with-options': { limit: 7, tests: true } } },
        exclusions: { paths: ['gen/**'], rules: [{ path: 'cmd', rules: ['flagged-call'] }] },
        severity: { 'flagged-call': 'error' },
        overrides: [{ path: 'hot', enable: ['old-call'], severity: { 'flagged-call': 'hint' } }],
        go: 22,
      },
    });
  });

  it('with a problem still says the rest', () => {
    const { configuration, problems: found } = load('/m/.escapement.yml', 'version: 1\nrules:\n  default: all\n  enabel: []\n');
    expect(found).toHaveLength(1);
    expect(configuration?.rules.default).toBe('all');
  });
});

it('a key without a value says nothing', () => {
  expect(problems('/m/.escapement.yml', 'version: 1\nrules:\n  enable:\nexclusions:\n')).toEqual([]);
});

it('of very many problems the first hundred are told, each at its place', () => {
  const text = `version: 1\n${Array.from({ length: 20_000 }, (_, i) => `é${i}: ü\n`).join('')}`;
  const told = problems('/m/.escapement.yml', text);
  expect(told.length).toBe(100);
  expect(told[99]).toMatch(/^101:1 é99 is unknown/);
});

describe('problems stand at their place and name the remedy', () => {
  it.each([
    ['version: 1\nrule: {}\n', '2:1 rule is unknown: did you mean rules?'],
    ['version: 1\nrules:\n  enable: [flaged-call]\n', '3:12 An item of rules.enable cannot be flaged-call: did you mean flagged-call?'],
    [
      'version: 1\nseverity:\n  flagged-call: loud\n',
      '3:17 severity.flagged-call cannot be loud: use one of error, warning, information, hint.',
    ],
    ['version: 2\n', '1:10 version must be 1.'],
    ['rules: {}\n', '1:1 The configuration has no version: add `version` (1).'],
    ['version: 1\ngo: 1.20\n', '2:5 go must be a Go version such as "1.22", in quotes.'],
    ['version: 1\ngo: "2.0"\n', '2:5 go must be a Go version such as "1.22".'],
    [
      'version: 1\nrules:\n  settings:\n    with-options:\n      limit: 11\n',
      '5:14 rules.settings.with-options.limit must be a whole number from 0 to 10.',
    ],
    ['version: 1\nrules: [a]\n', '2:8 rules must be a map of default, compat, enable, disable, settings.'],
    ['version: 1\nrules:\n  enable: flagged-call\n', '3:11 rules.enable must be a list.'],
    ['version: 1\nversion: 1\n', '2:1 The key version is there twice: keep one.'],
    ['', '1:1 The configuration is empty: begin with `version: 1`.'],
    ['# only a comment\n', '1:1 The configuration is empty: begin with `version: 1`.'],
    ['version: 1\noverrides:\n  - path: x\n    paths: y\n', '4:5 paths is unknown in an item of overrides: did you mean path?'],
    ['version: 1\nexclusions:\n  rules:\n    - path: x\n', '4:7 An item of exclusions.rules has no rules: add `rules` (a list).'],
  ])('%j', (text, expected) => {
    expect(problems('/m/.escapement.yml', text)).toEqual([expected]);
  });

  it('counts columns in bytes', () => {
    expect(problems('/m/.escapement.yml', 'version: 1\nseverity: { "ä": hint }\n')[0]).toMatch(/^2:13 ä is unknown/);
    expect(problems('/m/.escapement.yml', 'version: 1\nrules: { "ää": 1, b: 2 }\n')[1]).toMatch(/^2:21 b is unknown/);
  });

  it.each([
    ['version = 1\n[rulez]\n', '2:2 rulez is unknown: did you mean rules?'],
    ['version = 1\n[rules.settings.with-options]\nlimt = 3\n', '3:1 limt is unknown in rules.settings.with-options: did you mean limit?'],
    ['version = 1\nrules.enable = ["x"]\n', '2:1 An item of rules.enable cannot be x: use one of flagged-call, old-call, with-options.'],
    ['version = \n', '1:11 This is not TOML: invalid value'],
  ])('in TOML: %j', (text, expected) => {
    expect(problems('/m/.escapement.toml', text)).toEqual([expected]);
  });

  it.each([
    ['{ "version": 1, "rulez": {} }', '1:17 rulez is unknown: did you mean rules?'],
    ['{ "version": 1, "version": 1 }', '1:17 The key version is there twice: keep one.'],
    ['{ "version": 1', '1:15 This is not JSON: CloseBraceExpected'],
  ])('in JSON: %j', (text, expected) => {
    expect(problems('/m/.escapement.json', text)).toEqual([expected]);
  });
});

describe('a hostile file', () => {
  const deep = 200_000;
  it.each([
    ['/m/.escapement.yml', `version: 1\nrules: ${'['.repeat(deep)}${']'.repeat(deep)}\n`],
    ['/m/.escapement.toml', `version = 1\nrules = ${'['.repeat(deep)}${']'.repeat(deep)}\n`],
    ['/m/.escapement.json', `{"rules":${'['.repeat(deep)}${']'.repeat(deep)}}`],
    ['/m/.escapement.yml', `version: 1\nrules: ${'- '.repeat(deep)}x\n`],
    ['/m/.escapement.yml', `version: 1\nrules:\n${Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('')}`],
    ['/m/.escapement.yml', 'a: &a [x]\nversion: 1\nrules: *a\n'],
    ['/m/.escapement.yml', `version: 1\n${'# x\n'.repeat(300_000)}`],
    ['/m/.escapement.yml', '\0\u0001'],
    ['/m/.escapement.yml', '!!js/function x'],
  ])('%s is refused without harm', (path, text) => {
    expect(problems(path, text).length).toBeGreaterThan(0);
  });

  it.each(['yml', 'json'])('cannot reach a prototype (%s)', (extension) => {
    const { configuration } = load(
      `/m/.escapement.${extension}`,
      '{"version": 1, "rules": {"__proto__": {"default": "all"}}, "severity": {"__proto__": {"flagged-call": "error"}}}',
    );
    expect(configuration?.rules.default).toBeUndefined();
    expect(configuration?.severity['flagged-call']).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'default')).toBe(false);
  });
});

describe('findConfiguration', () => {
  const find = (files: readonly string[], directory: string): string | undefined =>
    findConfiguration(memoryFiles(Object.fromEntries(files.map((path) => [path, '']))), directory);

  it('takes the nearest one upward', () => {
    expect(find(['/r/.git/HEAD', '/r/.escapement.yml', '/r/m/.escapement.toml', '/r/m/p/x.go'], '/r/m/p')).toBe('/r/m/.escapement.toml');
  });

  it('goes beyond the module up to the git root, and no further', () => {
    expect(find(['/r/.git/HEAD', '/r/.escapement.yml', '/r/m/go.mod'], '/r/m')).toBe('/r/.escapement.yml');
    expect(find(['/.escapement.yml', '/r/.git/HEAD', '/r/m/go.mod'], '/r/m')).toBeUndefined();
  });

  it('stops at the module outside a repository', () => {
    expect(find(['/.escapement.yml', '/r/m/go.mod', '/r/m/p/x.go'], '/r/m/p')).toBeUndefined();
    expect(find(['/r/m/.escapement.json', '/r/m/go.mod', '/r/m/p/x.go'], '/r/m/p')).toBe('/r/m/.escapement.json');
  });
});
