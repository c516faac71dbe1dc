/** What keeps `--fix` from a file: nothing is half written, the file and the remedy are named, and the review tells what is really there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, linkSync, lstatSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { DISTRIBUTION, escapement } from '../support/distribution.ts';
import { GROWTH, GROWTH_FIXED, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const projects: Project[] = [];

afterAll(() => {
  for (const project of projects) project.dispose();
});

function project(files: Readonly<Record<string, string>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

const FIX = ['review', '--fix', '--no-config', '--fail-on', 'never'];
const SCRIPT = join(DISTRIBUTION, 'escapement.js');

describe.concurrent('a file without the right to write', () => {
  it('is left alone, and its finding told', async () => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH, 'b/b.go': GROWTH.replace('package p', 'package b') });
    chmodSync(join(cwd, 'a.go'), 0o444);
    const { code, stdout, stderr } = await escapement([...FIX, '--format', 'json'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `Fixed 1 finding in 1 file.\na.go: not fixed: it is read-only; make it writable (chmod u+w), or write a patch with --fix-patch\n`,
    });
    expect(JSON.parse(stdout).findings.map(({ file, line }: { file: string; line: number }) => `${file}:${line}`)).toEqual(['a.go:6']);
    expect(read('a.go')).toBe(GROWTH);
    expect(read('b/b.go')).toBe(GROWTH_FIXED.replace('package p', 'package b'));
  });

  it.each(['--diff', '--fix-patch'])('is shown fixed by %s', async (option) => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH });
    chmodSync(join(cwd, 'a.go'), 0o444);
    const args = option === '--diff' ? ['--diff'] : ['--fix-patch', 'out.patch'];
    const { code, stdout, stderr } = await escapement(['review', '--no-config', '--fail-on', 'never', ...args], { cwd });
    expect({ code, stderr }).toEqual({ code: option === '--diff' ? 1 : 0, stderr: 'Would fix 1 finding in 1 file.\n' });
    expect(option === '--diff' ? stdout : read('out.patch')).toContain('+\tls := make([]int, 0, len(words))\n');
    expect(read('a.go')).toBe(GROWTH);
  });
});

/** A command that is held to rights also where root runs the tests; undefined where that cannot be had. */
const PLAIN: readonly string[] | undefined = plainUser();

function plainUser(): readonly string[] | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.getuid?.() !== 0) return [];
  const command = ['setpriv', '--bounding-set=-dac_override,-dac_read_search', '--inh-caps=-dac_override,-dac_read_search'];
  return spawnSync(command[0], [...command.slice(1), 'true']).status === 0 ? command : undefined;
}

describe.skipIf(PLAIN === undefined)('a folder that may not be written to (skipped where rights bind nobody)', () => {
  it('keeps its files as they are', () => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH });
    chmodSync(cwd, 0o555);
    const [command, ...args] = [...(PLAIN ?? []), process.execPath, SCRIPT, ...FIX, '-q'];
    const { status, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
    chmodSync(cwd, 0o755);
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: 'a.go: not fixed: its folder may not be written to; change the rights or the owner\n',
    });
    expect(read('a.go')).toBe(GROWTH);
    expect(readdirSync(cwd).sort()).toEqual(['a.go', 'go.mod']);
  });
});

describe.concurrent('a file of several names', () => {
  it('is changed once however often links lead to it, and the links stay', async () => {
    const { directory: cwd, read } = project({ 'real/a.go': GROWTH });
    mkdirSync(join(cwd, 'other'));
    symlinkSync('../real/a.go', join(cwd, 'other/link.go'));
    symlinkSync('real', join(cwd, 'folder'));
    const { code, stderr } = await escapement([...FIX, 'other/link.go', 'folder', 'real/a.go'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Fixed 1 finding in 1 file.\n' });
    expect(read('real/a.go')).toBe(GROWTH_FIXED);
    expect(['other/link.go', 'folder'].map((name) => lstatSync(join(cwd, name)).isSymbolicLink())).toEqual([true, true]);
    expect(readdirSync(join(cwd, 'real'))).toEqual(['a.go']);
  });

  it('parts from its hard links, which keep what they were', async () => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH });
    linkSync(join(cwd, 'a.go'), join(cwd, 'kept.txt'));
    const { code } = await escapement(FIX, { cwd });
    expect(code).toBe(0);
    expect([read('a.go'), read('kept.txt')]).toEqual([GROWTH_FIXED, GROWTH]);
    expect(statSync(join(cwd, 'a.go')).nlink).toBe(1);
  });
});

describe.concurrent('a disk without room', () => {
  it.skipIf(process.platform !== 'linux')('keeps a file whole', () => {
    const { directory } = project({});
    // A disk of its own, for this process and its children alone; where nobody may have one the test says so.
    const script = `mount -t tmpfs -o size=64k tmpfs ${directory} || exit 99
      cd ${directory} && printf 'module p\\n\\ngo 1.26\\n' > go.mod && printf '%s' "$GROWTH" > a.go
      head -c 100000 /dev/zero > rest 2>/dev/null
      "$@"; echo "code $?"; cat a.go; ls -A`;
    const args = ['--mount', 'sh', '-c', script, 'sh', process.execPath, SCRIPT, ...FIX, '-q', '--format', 'json:/dev/null'];
    const { status, stdout, stderr } = spawnSync('unshare', args, { encoding: 'utf8', env: { ...process.env, GROWTH } });
    if (status === 99 || status === null || /unshare/.test(stderr)) return console.warn(`no disk of a test's own: ${stderr}`);
    expect(stderr).toBe('a.go: not fixed: the disk is full; make room there and run again\n');
    expect(stdout).toBe(`code 2\n${GROWTH}a.go\ngo.mod\nrest\n`);
  });

  it.skipIf(process.platform !== 'linux').each(['--fix-patch', '--format'])('is told for the file of %s', async (option) => {
    const { directory: cwd, read } = project({ 'a.go': GROWTH });
    const args = option === '--format' ? ['--format', 'json:/dev/full'] : ['--fix-patch', '/dev/full'];
    const { code, stderr } = await escapement(['review', '--no-config', ...args], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `escapement: ${option}: cannot write /dev/full: the disk is full; make room there and run again\n`,
    });
    expect(read('a.go')).toBe(GROWTH);
  });
});

describe.concurrent('a file that changes meanwhile', () => {
  /** Our server, on whose way a request for fixes changes a file. */
  function meddlingServer({ directory }: Project, file: string, text: string): string {
    const script = join(directory, 'server.cjs');
    writeFileSync(
      script,
      `const { spawn } = require('node:child_process');
       const server = spawn(process.execPath, [${JSON.stringify(SCRIPT)}, 'lsp', '--stdio'], { stdio: ['pipe', 'inherit', 'inherit'] });
       let isDone = false;
       process.stdin.on('data', (chunk) => {
         if (!isDone && chunk.includes('textDocument/codeAction')) {
           isDone = true;
           require('node:fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(text)});
         }
         server.stdin.write(chunk);
       });
       process.stdin.on('end', () => server.stdin.end());
       server.on('close', (code) => process.exit(code ?? 1));`,
    );
    return `"${process.execPath}" '${script}'`;
  }

  it('is left as somebody else made it, and reviewed so', async () => {
    const made = project({ 'a.go': GROWTH, 'b.go': GROWTH.replace('lengths', 'sizes') });
    const newer = `${GROWTH}\nvar newer = 1\n`;
    const server = meddlingServer(made, join(made.directory, 'a.go'), newer);
    const { code, stdout, stderr } = await escapement([...FIX, '--server', server], { cwd: made.directory });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'Fixed 1 finding in 1 file.\na.go: not fixed: it changed while it was reviewed; review again\n',
    });
    expect(stdout).toContain('a.go:6:3: hint: ');
    expect(stdout).not.toContain('b.go');
    expect([made.read('a.go'), made.read('b.go')]).toEqual([newer, GROWTH_FIXED.replace('lengths', 'sizes')]);
    expect(readdirSync(made.directory).sort()).toEqual(['a.go', 'b.go', 'go.mod', 'server.cjs']);
  });
});

describe.concurrent('fixes in the place of others', () => {
  const nested = (depth: number): string => `${'fmt.Sprintf("%s", '.repeat(depth)}x${')'.repeat(depth)}`;
  const source = (depth: number): string =>
    `package p\n\nimport "fmt"\n\nfunc deep(x string) string {\n\treturn ${nested(depth)}\n}\n\nvar _ = fmt.Sprint\n`;

  it('are made one after the other, three times', async () => {
    const { directory: cwd, read } = project({ 'a.go': source(3) });
    const { code, stderr } = await escapement([...FIX, '--rules', 'redundant-sprint'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'Fixed 3 findings in 1 file.\n' });
    expect(read('a.go')).toContain('\treturn x\n');
  });

  it('are told where there are more, and made when it is run again', async () => {
    const { directory: cwd, read } = project({ 'a.go': source(5) });
    const diff = await escapement([...FIX, '--rules', 'redundant-sprint', '--diff'], { cwd });
    expect(diff.stderr).toContain('2 fixes are left, in the place of others');
    const first = await escapement([...FIX, '--rules', 'redundant-sprint'], { cwd });
    expect(first.stderr).toBe(
      'Fixed 3 findings in 1 file.\n2 fixes are left, in the place of others that were made; --fix, run again, makes them.\n',
    );
    expect(first.stdout).toContain('2 findings (2 hints)');
    const second = await escapement([...FIX, '--rules', 'redundant-sprint'], { cwd });
    expect(second.stderr).toBe('Fixed 2 findings in 1 file.\n');
    expect(read('a.go')).toContain('\treturn x\n');
  });

  it('at one place are made at once where neither concerns the other', async () => {
    const { directory: cwd, read } = project({
      'a.go': `package p

import "sync"

func run(tasks chan int, a, b, c, d, e []int) {
	a, b, c, d, e = b, c, d, e, a
	var group sync.WaitGroup
	for range 4 {
		group.Add(1)
		go func() {
			defer group.Done()
			for k := range tasks {
				a[k] = b[k] + c[k] + d[k] + e[k]
			}
		}()
	}
	group.Wait()
}
`,
    });
    const { stderr } = await escapement(['review', '--fix=unsafe', '--no-config', '--rules', 'closure-capture', '--fail-on', 'never'], {
      cwd,
    });
    expect(stderr).toMatch(/^Fixed [5-9] findings in 1 file\.\n$/);
    const again = await escapement(['review', '--fix=unsafe', '--no-config', '--rules', 'closure-capture', '--fail-on', 'never'], { cwd });
    expect(again.stderr).toBe('');
    expect(read('a.go')).toMatch(/(\n\t\t[a-e]\w* := [a-e]){5}\n\t\tgo func/);
  });

  it.skipIf(process.platform !== 'linux')('is told for standard output, and for standard error alone is no matter', () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    const run = (redirection: string): { code: number | null; stderr: string } => {
      const command = `"$0" "$1" review --no-config --fail-on hint ${redirection}`;
      const { status, stderr } = spawnSync('sh', ['-c', command, process.execPath, SCRIPT], { cwd, encoding: 'utf8' });
      return { code: status, stderr };
    };
    const why = 'standard output: cannot be written: the disk is full; make room there and run again';
    expect(run('> /dev/full')).toEqual({ code: 2, stderr: `escapement: ${why}\n` });
    expect(run('2> /dev/full')).toEqual({ code: 1, stderr: '' });
  });
});
