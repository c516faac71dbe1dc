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
      paths: ['**/third_party', '**/gen', '**/*_old.go'],
      rules: ['**/*_test.go', '**/foo', '**/bar'].map((path) => ({ path, rules: ['slice-growth'] })),
    });
    expect(notes).toEqual(['these belong on the command line: --tags integration']);
  });

  it('goes by the checks of a linter where it speaks of them', () => {
    const text = `version: "2"
linters:
  default: none
  enable: [gocritic, perfsprint, govet, staticcheck]
  settings:
    gocritic: { enabled-checks: [hugeParam], disabled-checks: [deferInLoop], settings: { hugeParam: { sizeThreshold: 200 } } }
    perfsprint: { error-format: false, integer-format: false, bool-format: false, hex-format: false }
    govet: { enable-all: true, disable: [fieldalignment] }
    staticcheck: { checks: ["SA*", "-SA6005"] }
`;
    const { value, notes } = migrate(text);
    const { enable, disable } = value.rules as { readonly enable: readonly string[]; readonly disable: readonly string[] };
    expect(enable).toContain('large-value-copy');
    expect(enable).not.toContain('struct-padding');
    expect(disable).toEqual(
      expect.arrayContaining(['append-loop', 'case-fold-compare', 'defer-in-loop', 'sprintf-conversion', 'sprintf-write']),
    );
    for (const rule of ['map-key-conversion', 'pool-by-value', 'waitgroup-add-inside', 'string-concat-loop', 'slice-growth'])
      expect(disable).not.toContain(rule);
    expect(notes).toEqual(["the settings of gocritic's hugeParam are not taken over: see the options of large-value-copy"]);
  });

  it('of version 1 has three linters for what is staticcheck now, and names of messages everywhere', () => {
    const text =
      'run: { go: 1.20, tests: false }\nlinters: { disable: [gosimple] }\nissues:\n  exclude: ["SA6002: "]\n  exclude-rules:\n    - { path: cmd, linters: [staticcheck] }\n';
    const { value } = migrate(text);
    expect(value.go).toBe('1.20');
    expect(value.rules).toMatchObject({ disable: ['append-loop'] });
    const { paths, rules } = value.exclusions as {
      readonly paths: readonly string[];
      readonly rules: readonly { path: string; rules: string[] }[];
    };
    expect(paths).toEqual(['**/*_test.go']);
    expect(rules.map(({ path }) => path)).toEqual(['**/cmd', '**']);
    expect(rules[0].rules).not.toContain('append-loop');
    expect(rules[1].rules).toEqual(['pool-by-value']);
  });

  it('keeps severities, the first that matches over later ones', () => {
    const text = `version: "2"
severity:
  default: error
  rules:
    - { linters: [prealloc], path: "internal/", severity: info }
    - { linters: [prealloc], severity: error }
    - { linters: [prealloc], path: "cmd/", severity: hint }
    - { linters: [makezero], severity: major }
    - { linters: [errcheck], severity: blocker }
`;
    const { value, notes } = migrate(text);
    expect(value.severity).toEqual({ 'slice-growth': 'error' });
    expect(value.overrides).toEqual([{ path: '**/internal', severity: { 'slice-growth': 'information' } }]);
    expect(notes).toEqual([
      expect.stringMatching(/^the severity "major" of makezero could not be taken over: .* make-len-append$/),
      expect.stringMatching(/^a severity for everything has no like here/),
    ]);
  });

  it('keeps the watch over exclusions that match nothing', () => {
    expect(migrate('version: "2"\nlinters: { exclusions: { warn-unused: true } }\n').value.exclusions).toEqual({ warnUnused: true });
  });

  it('says what belongs elsewhere, and what stays behind', () => {
    const text = `version: "2"
run: { timeout: 5m, concurrency: 4, go: latest }
output: { formats: { text: { path: stdout }, sarif: { path: out.sarif }, junit-xml: { path: stdout }, html: { path: x.html } } }
issues: { new-from-merge-base: main, whole-files: true, fix: true }
linters:
  enable: [bodyclose, errcheck, prealloc]
  exclusions:
    generated: lax
    paths-except: [api]
    rules:
      - { linters: [prealloc], text: "Consider" }
      - { linters: [prealloc], path-except: cmd }
      - { linters: [prealloc], path: "a(b+)c" }
      - { linters: [errcheck], path: "x(y+)z" }
      - { linters: [staticcheck], text: "SA9999" }
`;
    expect(migrate(text).notes).toEqual([
      expect.stringContaining('the pattern "a(b+)c"'),
      expect.stringContaining('paths-except "api"'),
      expect.stringContaining('an exclusion of prealloc goes by path-except or source'),
      expect.stringContaining('messages like "Consider"'),
      expect.stringContaining('generated files are known here by the line'),
      expect.stringContaining('run.go "latest"'),
      'these belong on the command line: --timeout 5m --jobs 4 --new-from-merge-base main --whole-files --fix --format sarif:out.sarif --format junit',
      'no rule is like these linters, which stay with golangci-lint: bodyclose, errcheck',
    ]);
  });

  it.each([
    ['foo|bar', ['**/foo', '**/bar']],
    ['^.*\\.(pb|y)\\.go$', ['**/*.pb.go', '**/*.y.go']],
    ['(internal\\/|benchmark\\/)', ['**/internal', '**/benchmark']],
    ['^api/(v1|v2)/', ['api/v1', 'api/v2']],
    ['zz_generated.*\\.go$', ['**/*zz_generated*.go']],
    ['examples/*', ['**/examples']],
    ['^pkg.*proto', []],
    ['(a|b)(c|d)(e|f)(g|h)(i|j)(k|l)', []],
    ['/', []],
  ])('has %j as paths', (pattern, paths) => {
    const { value, notes } = migrate(`version: "2"\nlinters: { exclusions: { paths: [${JSON.stringify(pattern)}] } }\n`);
    expect((value.exclusions as { readonly paths?: readonly string[] } | undefined)?.paths ?? []).toEqual(paths);
    expect(notes).toHaveLength(paths.length === 0 ? 1 : 0);
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
