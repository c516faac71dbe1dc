/**
 * Our reports as reviewdog reads them, itself, with its local reporter and a diff: the findings that it passes on are those that we have on the
 * lines of the change. Needs the go command and modules to build reviewdog of.
 */
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildReviewdog } from '../../../scripts/demo/reviewdog.ts';
import { escapement, ROOT } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

const BUILD_TIMEOUT = 600_000;

const LEAK =
  'package p\n\nimport "context"\n\nfunc leak(c context.Context) context.Context {\n\tc, _ = context.WithCancel(c)\n\treturn c\n}\n';

const built = buildReviewdog(ROOT);
const trouble = 'trouble' in built ? built.trouble : '';
const REVIEWDOG = 'path' in built ? built.path : '';
if (trouble !== '' && process.env.CI) throw new Error(`reviewdog could not be built: ${trouble}`);

let project: Project;

function git(...args: string[]): string {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.com'];
  const { status, stdout, stderr } = spawnSync('git', [...identity, ...args], { cwd: project.directory, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function reviewdog(
  reader: string,
  reporter: string,
  report: string,
): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const args = [`-f=${reader}`, `-reporter=${reporter}`, '-diff=git diff HEAD~1', '-filter-mode=added', '-fail-level=any'];
  return spawnSync(REVIEWDOG, args, { cwd: project.directory, input: report, encoding: 'utf8' });
}

describe.skipIf(trouble !== '')(`reviewdog${trouble === '' ? '' : ' (skipped: it could not be built)'}`, () => {
  beforeAll(() => {
    project = makeProject({ 'old.go': LEAK, 'größe.go': GROWTH.replace('lengths', 'größe') });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'old');
    project.write('new.go', LEAK.replace('leak', 'more'));
    project.write('größe.go', `${GROWTH.replace('lengths', 'größe')}\n${GROWTH.replace('package p\n', '').replace('lengths', 'länge')}`);
    git('add', '-A');
    git('commit', '-qm', 'new');
  }, BUILD_TIMEOUT);
  afterAll(() => project?.dispose());

  it.each([
    ['rdjson', 'rdjson'],
    ['rdjsonl', 'rdjsonl'],
    ['sarif', 'sarif'],
    ['checkstyle', 'checkstyle'],
  ])('passes on of %s what the change brings', async (format, reader) => {
    const report = await escapement(['review', '--rules', 'all', '--format', format], { cwd: project.directory });
    const told = reviewdog(reader, 'local', report.stdout);
    expect(told).toMatchObject({ status: 1, stderr: expect.stringContaining('found at least one issue') });
    expect(told.stdout).toContain('context.WithCancel is discarded');
    const places = reviewdog(reader, 'rdjsonl', report.stdout)
      .stdout.trim()
      .split('\n')
      .map((line) => JSON.parse(line).location)
      .map(({ path, range }) => `${path}:${range.start.line}`);
    const ours = await escapement(['review', '--rules', 'all', '--new-from-rev', 'HEAD~1', '-q'], { cwd: project.directory });
    const expected = ours.stdout.split('\n').flatMap((line) => /^([^:\s]+\.go:\d+):/.exec(line)?.[1] ?? []);
    expect(expected).toContain('new.go:6');
    expect([...new Set(places)].sort()).toEqual([...new Set(expected)].sort());
  });
});
