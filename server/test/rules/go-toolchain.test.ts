/**
 * The Go toolchain's word on what rules show and write: fixtures, goldens and the samples of the docs compile and are as gofmt
 * leaves them. One build for each set of tags; nothing is run. Without Go the tests are skipped and say so.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { FIXTURES, loadRules } from './fixtures.ts';

const MODULE = dirname(FIXTURES);
const hasGo = spawnSync('go', ['version']).status === 0;
const unless = hasGo ? '' : ' (skipped: there is no go command)';
const ENVIRONMENT = { ...process.env, GOFLAGS: '-mod=mod', GOPROXY: 'off', GOTOOLCHAIN: 'local', GOWORK: 'off', CGO_ENABLED: '0' };
/** bad.go; bad.fixed.go; bad.fixed.suggestion.go, whose constraint is `fixed && suggestion`. */
const TAGS = ['', 'fixed', 'fixed,suggestion'];
const TIMEOUT = 300_000;

const modules = modulesBelow(FIXTURES);
const scratch = mkdtempSync(join(tmpdir(), 'escapement-docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasGo)(`fixtures${unless}`, () => {
  it.each(TAGS)(
    'compile with the tags [%s]',
    (tags) => {
      expect(compile(MODULE, './rules/...', tags)).toBe('');
    },
    TIMEOUT,
  );

  it.each(modules)(
    '$name compiles, fixed or not',
    ({ directory }) => {
      expect(TAGS.map((tags) => compile(directory, './...', tags)).join('')).toBe('');
    },
    TIMEOUT,
  );

  it('are as gofmt leaves them', () => {
    const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.go') && !name.includes('crlf'),
    );
    expect(unformatted(FIXTURES, files)).toBe('');
  });
});

describe.skipIf(!hasGo)(`samples of the docs${unless}`, async () => {
  const loaded = await loadRules();
  for (const each of loaded) {
    if ('problem' in each) continue;
    const go = Math.min(each.rule.go.to ?? 26, 26);
    for (const sample of ['bad', 'good'] as const) write(join(`go1.${go}`, `${each.id}-${sample}`, 'p.go'), each.rule.docs[sample]);
    write(join(`go1.${go}`, 'go.mod'), `module docs\n\ngo 1.${go}\n`);
  }

  it.each(readdirSync(scratch))(
    'compile at %s',
    (name) => {
      expect(compile(join(scratch, name), './...', '')).toBe('');
    },
    TIMEOUT,
  );

  it('are as gofmt leaves them', () => {
    const files = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.go'));
    expect(unformatted(scratch, files)).toBe('');
  });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(scratch, path)), { recursive: true });
  writeFileSync(join(scratch, path), text);
}

function modulesBelow(directory: string): { name: string; directory: string }[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('go.mod'));
  return files.map((name) => ({ name: dirname(name), directory: join(directory, dirname(name)) }));
}

/** What the compiler says, or nothing. `-export` compiles each package and writes no program. */
function compile(directory: string, pattern: string, tags: string): string {
  const { status, stderr, stdout } = spawnSync(
    'go',
    ['list', '-export', '-test=false', `-tags=${tags}`, '-f', '{{if .Export}}{{end}}', pattern],
    {
      cwd: directory,
      env: ENVIRONMENT,
      encoding: 'utf8',
    },
  );
  return status === 0 ? '' : `${relative(MODULE, directory)} [${tags}]\n${stdout.trim()}\n${stderr}`;
}

function unformatted(directory: string, files: readonly string[]): string {
  return files.length === 0 ? '' : execFileSync('gofmt', ['-l', ...files], { cwd: directory, encoding: 'utf8' });
}
