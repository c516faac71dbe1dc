/**
 * The Go toolchain's word on what rules show and write: fixtures, goldens and the samples of the docs compile and are as gofmt
 * leaves them. One build for each set of tags; nothing is run. Without Go the tests are skipped and say so.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { COMPILE_TIMEOUT, compile, hasGo, unformatted, unlessGo, writeText } from '../support/go.ts';
import { FIXTURES, loadRules } from './fixtures.ts';

const MODULE = dirname(FIXTURES);
/** bad.go; bad.fixed.go; bad.fixed.suggestion.go, whose constraint is `fixed && suggestion`. */
const TAGS = ['', 'fixed', 'fixed,suggestion'];

const modules = modulesBelow(FIXTURES);
const scratch = mkdtempSync(join(tmpdir(), 'escapement-docs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasGo)(`fixtures${unlessGo}`, () => {
  it.each(TAGS)(
    'compile with the tags [%s]',
    (tags) => {
      expect(compile(MODULE, './rules/...', tags)).toBe('');
    },
    COMPILE_TIMEOUT,
  );

  it.each(modules)(
    '$name compiles, fixed or not',
    ({ directory }) => {
      expect(TAGS.map((tags) => compile(directory, './...', tags)).join('')).toBe('');
    },
    COMPILE_TIMEOUT,
  );

  it('are as gofmt leaves them', () => {
    const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.go') && !name.includes('crlf'),
    );
    expect(unformatted(FIXTURES, files)).toBe('');
  });
});

describe.skipIf(!hasGo)(`samples of the docs${unlessGo}`, async () => {
  const loaded = await loadRules();
  for (const each of loaded) {
    if ('problem' in each) continue;
    const go = Math.min(each.rule.go.to ?? 26, 26);
    for (const sample of ['bad', 'good'] as const)
      writeText(scratch, join(`go1.${go}`, `${each.id}-${sample}`, 'p.go'), each.rule.docs[sample]);
    writeText(scratch, join(`go1.${go}`, 'go.mod'), `module docs\n\ngo 1.${go}\n`);
  }

  it.each(readdirSync(scratch))(
    'compile at %s',
    (name) => {
      expect(compile(join(scratch, name), './...')).toBe('');
    },
    COMPILE_TIMEOUT,
  );

  it('are as gofmt leaves them', () => {
    const files = readdirSync(scratch, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.go'));
    expect(unformatted(scratch, files)).toBe('');
  });
});

function modulesBelow(directory: string): { name: string; directory: string }[] {
  if (!existsSync(directory)) return [];
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('go.mod'));
  return files.map((name) => ({ name: dirname(name), directory: join(directory, dirname(name)) }));
}
