/** `--no-more-than`: counts against a revision, whose files are read from git and nowhere else. */
import { describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, untilAllHaveRun } from './project.ts';
import { makeRepository, type Repository } from './repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const keep = untilAllHaveRun();

function repository(files: Readonly<Record<string, string>>): Repository {
  return keep(makeRepository(files));
}

const run = (cwd: string, ...args: readonly string[]) =>
  escapement(['review', '--format', 'json:out.json', '--no-more-than', 'HEAD', ...args], { cwd });

const SITE = `package p

var kept []*int

func keep(n int) {
	for i := 0; i < n; i++ {
		v := i
		kept[i] = &v
	}
}
`;

describe.concurrent('counts against a revision', () => {
  it('fail where there is more, with what was, what is and what is new', async () => {
    const { directory, write } = repository({ 'a.go': GROWTH, 'b.go': CLEAN });
    write('b.go', GROWTH.replace('lengths', 'sizes'));
    const { code, stderr } = await run(directory, '.');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^compared with HEAD \([0-9a-f]{12}\):\n +base +now\n/);
    expect(stderr).toMatch(/\n {2}slice-growth +1 +2 {2}\+1\n {2}heap sites in hot code +\d/);
    expect(stderr).toContain('\nb.go:6:3: new: slice-growth in sizes\n');
    expect(stderr).not.toContain('a.go');
  });

  it('are in the reports', async () => {
    const { directory, write, read } = repository({ 'a.go': GROWTH, 'b.go': CLEAN });
    write('b.go', GROWTH.replace('lengths', 'sizes'));
    const outputs = ['--format', 'junit:out.xml', '--format', 'sarif:out.sarif', '--format', 'markdown:out.md'];
    const env = { GITHUB_STEP_SUMMARY: `${directory}/summary.md` };
    const args = ['review', '--no-more-than', 'HEAD', '--format', 'github', '--format', 'json:out.json', ...outputs];
    const { stdout } = await escapement(args, { cwd: directory, env });
    const { comparison } = JSON.parse(read('out.json'));
    expect(comparison).toMatchObject({ revision: 'HEAD', more: true, commit: expect.stringMatching(/^[0-9a-f]{40}$/) });
    expect(comparison.counts[0]).toEqual({ what: 'slice-growth', base: 1, now: 2 });
    expect(comparison.new).toEqual([{ file: 'b.go', line: 6, column: 3, what: 'slice-growth in sizes' }]);
    expect(JSON.parse(read('out.sarif')).runs[0].properties).toEqual({ comparison });
    expect(read('out.xml')).toContain(`message="slice-growth: 2, where HEAD (${comparison.commit.slice(0, 12)}) has 1"`);
    expect(read('out.md')).toContain('| **slice\\-growth** | 1 | 2 |');
    expect(read('summary.md')).toBe(read('out.md'));
    expect(stdout).toMatch(/^::error title=escapement::slice-growth: 2, where HEAD \([0-9a-f]{12}\) has 1\n/);
  });

  it('see what is allocated in a loop though no rule that is on does', async () => {
    const { directory, write } = repository({ 'a.go': CLEAN });
    write('a.go', SITE);
    const { code, stderr } = await run(directory, '--rules', 'lost-cancel');
    expect(code).toBe(1);
    expect(stderr).toMatch(/\n {2}heap sites in hot code +0 +1 {2}\+1\na\.go:7:3: new: heap site \(moved\) in keep\n$/);
  });

  it('make room by what is mended, and take no notice of what moves', async () => {
    const { directory, write, git } = repository({ 'a.go': GROWTH, 'sub/b.go': SITE });
    git('mv', 'a.go', 'c.go');
    write('sub/b.go', `// Package p.\n${SITE}`);
    const { code, stderr } = await run(directory, './...');
    expect({ code, more: stderr.includes('+') }).toEqual({ code: 0, more: false });
    write('c.go', CLEAN);
    write('d.go', GROWTH.replace('lengths', 'sizes'));
    expect((await run(directory, './...', '--new-from-rev', 'HEAD')).code).toBe(0);
  });

  it('need the revision, and say so', async () => {
    const { directory } = repository({ 'a.go': CLEAN });
    const { code, stderr } = await escapement(['review', '--no-more-than', 'nope'], { cwd: directory });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'escapement: --no-more-than: unknown revision "nope"; fetch it, or check its name\n',
    });
  });
});
