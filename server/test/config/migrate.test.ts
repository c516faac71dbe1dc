/** What a configuration of golangci-lint comes to: its linters are rules, its exclusions ours, and what has no like is said. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { migrateGolangci, parseConfiguration } from '../../src/config/index.ts';

function migrate(text: string, path = '.golangci.yml'): { readonly value: Record<string, unknown>; readonly notes: readonly string[] } {
  const migration = migrateGolangci(path, text);
  if (typeof migration === 'string') throw new Error(migration);
  expect(parseConfiguration('.escapement.yml', migration.text).problems).toEqual([]);
  return { value: parse(migration.text), notes: migration.notes };
}

const VERSION_2 = `version: "2"
run:
  go: "1.24"
  build-tags: [integration]
linters:
  default: none
  enable: [govet, staticcheck, gocritic, prealloc]
  disable: [perfsprint]
  settings:
    govet: { enable: [fieldalignment] }
    gocritic: { enabled-tags: [performance] }
    staticcheck: { checks: ["all", "-SA6002", "-S10*"] }
  exclusions:
    paths: ['third_party$', '(^|/)gen(/|$)', '.*_old\\.go']
    rules:
      - { path: '_test\\.go', linters: [prealloc, errcheck] }
      - { path: 'foo|bar', linters: [prealloc] }
`;

describe('a configuration of golangci-lint', () => {
  it('of version 2', () => {
    const { value, notes } = migrate(VERSION_2);
    const { rules, exclusions, go } = value as { rules: Record<string, string[]>; exclusions: unknown; go: string };
    expect(go).toBe('1.24');
    expect(rules.enable).toEqual(expect.arrayContaining(['struct-padding', 'large-value-copy']));
    expect(rules.disable).toEqual(['append-loop', 'pool-by-value', 'redundant-sprint', 'sprintf-conversion', 'string-concat-loop']);
    expect(exclusions).toEqual({
      paths: ['**/third_party', '**/gen'],
      rules: [{ path: '**/*_test.go', rules: ['slice-growth'] }],
    });
    expect(notes).toEqual([
      expect.stringContaining('".*_old\\\\.go"'),
      expect.stringContaining('"foo|bar"'),
      'build tags belong on the command line: --tags integration',
    ]);
  });

  it('of version 1', () => {
    const text = 'linters:\n  enable: [gocritic]\n  disable: [prealloc]\nissues:\n  exclude-dirs: [vendor]\n';
    expect(migrate(text).value).toEqual({
      version: 1,
      rules: { default: 'recommended', disable: ['slice-growth'] },
      exclusions: { paths: ['**/vendor'] },
    });
  });

  it('in TOML and JSON', () => {
    expect(migrate('[linters]\ndisable = ["prealloc"]\n', '.golangci.toml').value.rules).toMatchObject({ disable: ['slice-growth'] });
    expect(migrate('{"linters": {"disable": ["prealloc"]}}', '.golangci.json').value.rules).toMatchObject({ disable: ['slice-growth'] });
  });

  it('that says nothing leaves everything as it is', () => {
    expect(migrate('version: "2"\n').value).toEqual({ version: 1, rules: { default: 'recommended' } });
  });

  it.each([
    ['- a', /must be a map/],
    ['a: [', /not YAML/],
  ])('that is none is answered with what is wrong: %s', (text, says) => {
    expect(migrateGolangci('.golangci.yml', text)).toMatch(says);
  });
});
