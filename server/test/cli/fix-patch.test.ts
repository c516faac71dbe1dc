/** `--fix-patch` and `--diff` for git: it takes the patch as it is, whatever the files are called and end with, and then has what `--fix` makes. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { GROWTH } from './project.ts';
import { makeRepository, type Repository } from './repository.ts';

vi.setConfig({ testTimeout: 60_000 });

const named = (name: string): string => GROWTH.replace('lengths', name);
const CRLF = named('crlf').replaceAll('\n', '\r\n');

/** Names as any system takes them; others besides where the system does. */
const FILES: Readonly<Record<string, string>> = {
  'plain.go': named('plain'),
  'my file.go': named('spaced'),
  'größe.go': named('accents'),
  'sub/a.go': GROWTH.replace('package p', 'package sub'),
  'moved-from.go': named('moved'),
  'crlf.go': CRLF,
  'bom.go': `\ufeff${named('bom')}`,
  'bom-crlf-no-end.go': `\ufeff${CRLF.replace('crlf', 'bomCrlf').trimEnd()}`,
  'mixed.go': named('mixed').replace('{\n', '{\r\n'),
  'no-end.go': named('noEnd').trimEnd(),
  'one-line.go':
    'package p\n\nfunc last(w []string) (ls []int) { ls = []int{}; for _, x := range w { ls = append(ls, len(x)) }; return ls }',
  ...(process.platform === 'win32'
    ? {}
    : { 'quo"te.go': named('quote'), 'tab\there.go': named('tab'), 'back\\slash.go': named('backslash'), 'line\nfeed.go': named('feed') }),
};
const RENAMED = { 'moved-from.go': 'moved-to.go' };
const REVIEW = ['review', '--no-config', '--fail-on', 'never', '-q'];

let repository: Repository;
let fixed: ReadonlyMap<string, string>;
let copy: string;

beforeAll(async () => {
  repository = makeRepository(FILES);
  repository.git('config', 'core.autocrlf', 'false');
  for (const [from, to] of Object.entries(RENAMED)) repository.git('mv', from, to);
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-patch-')));
  cpSync(repository.directory, copy, { recursive: true });
  const { code, stderr } = await escapement([...REVIEW, '--fix'], { cwd: copy });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  fixed = textsIn(copy);
  expect([...fixed].filter(([name, text]) => name.endsWith('.go') && text.includes('[]int{}'))).toEqual([]);
}, 120_000);
afterAll(() => {
  repository.dispose();
  rmSync(copy, { recursive: true, force: true });
});

function textsIn(directory: string): ReadonlyMap<string, string> {
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.go'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(directory, name), 'utf8')]));
}

it('has a file for each that is fixed', () => {
  expect(fixed.size).toBe(Object.keys(FILES).length);
  expect(fixed.get('crlf.go')).toBe(CRLF.replace('[]int{}', 'make([]int, 0, len(words))'));
  expect(fixed.get('no-end.go')?.endsWith('}')).toBe(true);
});

it.each(['--fix-patch', '--diff'])('%s is what git applies to the same texts', async (option) => {
  const { directory: cwd, git, read } = repository;
  const patch = join(copy, 'out.patch');
  const args = option === '--diff' ? ['--diff'] : ['--fix-patch', patch];
  const { stdout } = await escapement([...REVIEW, ...args], { cwd });
  if (option === '--diff') writeFileSync(patch, stdout);
  git('apply', '--check', patch);
  git('apply', patch);
  expect(textsIn(cwd)).toEqual(fixed);
  git('apply', '-R', patch);
  expect(read('moved-to.go')).toBe(FILES['moved-from.go']);
});

it('is applied from the directory that it was made in', async () => {
  const { directory, git } = repository;
  await escapement([...REVIEW, '--fix-patch', 'sub.patch'], { cwd: join(directory, 'sub') });
  git('-C', 'sub', 'apply', 'sub.patch');
  expect(textsIn(directory).get('sub/a.go')).toBe(fixed.get('sub/a.go'));
  git('-C', 'sub', 'apply', '-R', 'sub.patch');
});
