/** `--show-suppressed` as a process: what comments and the baseline keep quiet is in SARIF, marked as such, and nowhere else. */
import type { Log, Result } from 'sarif';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapement, type Run } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

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

/** `GROWTH` as another function, whose finding is on line 6, the comment on line 5. */
const ignored = (name: string, comment: string): string => GROWTH.replace('lengths', name).replace('\tfor', `\t${comment}\n\tfor`);
const FILES = {
  'a.go': GROWTH,
  'b.go': ignored('ours', '//escapement:ignore slice-growth -- few words, größtenteils'),
  'c.go': ignored('others', '//nolint:escapement // as agreed'),
  'd.go': ignored('bare', '//nolint'),
  'e.go': GROWTH.replace('lengths', 'known'),
};

async function shown(run: Promise<Run>): Promise<readonly Result[]> {
  const log: Log = JSON.parse((await run).stdout);
  return log.runs[0].results ?? [];
}

function told({ locations, suppressions }: Result): unknown {
  const file = locations?.[0].physicalLocation?.artifactLocation?.uri;
  return [
    file,
    ...(suppressions ?? []).map(({ kind, justification, location }) => [
      kind,
      justification,
      location?.physicalLocation?.region?.startLine,
    ]),
  ];
}

describe('--show-suppressed', () => {
  it('tells who keeps which finding quiet, and why', async () => {
    const { directory: cwd } = project(FILES);
    await escapement(['baseline', 'update', '--baseline', 'known.json', 'e.go'], { cwd });
    const args = ['review', '--show-suppressed', '--baseline', 'known.json', '--format', 'sarif'];
    const results = await shown(escapement(args, { cwd }));
    expect(results.map(told)).toEqual([
      ['a.go'],
      ['b.go', ['inSource', 'few words, größtenteils', 5]],
      ['c.go', ['inSource', 'as agreed', 5]],
      ['d.go', ['inSource', undefined, 5]],
      ['e.go', ['external', 'known to the baseline known.json', undefined]],
    ]);
    expect(results.every(({ suppressions }) => suppressions !== undefined)).toBe(true);
    expect(results.map(({ fixes = [] }) => fixes.length)).toEqual([1, 0, 0, 0, 1]);
  });

  it('counts nothing of it and prints it in no other format', async () => {
    const { directory: cwd, read } = project({ 'b.go': FILES['b.go'] });
    const args = ['review', '--fail-on', 'hint', '--max', 'slice-growth=0'];
    const without = await escapement([...args, '--format', 'json'], { cwd });
    const run = await escapement([...args, '--show-suppressed', '--format', 'json', '--format', 'sarif:out.sarif'], { cwd });
    expect(run).toEqual(without);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(read('out.sarif')).toContain('"suppressions"');
  });

  it('leaves the report as it was where nobody asks', async () => {
    const { directory: cwd } = project(FILES);
    const results = await shown(escapement(['review', '--format', 'sarif'], { cwd }));
    expect(results.map(told)).toEqual([['a.go'], ['e.go']]);
    expect(results.filter((result) => 'suppressions' in result)).toEqual([]);
  });

  it('fixes nothing that is kept quiet', async () => {
    const { directory: cwd, read } = project({ 'b.go': FILES['b.go'] });
    const run = await escapement(['review', '--fix=unsafe', '--show-suppressed', '--format', 'sarif:out.sarif'], { cwd });
    expect(run.code).toBe(0);
    expect(read('b.go')).toBe(FILES['b.go']);
  });

  it('needs a format that can hold it', async () => {
    const { directory: cwd } = project({ 'a.go': GROWTH });
    expect(await escapement(['review', '--show-suppressed'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'escapement: --show-suppressed: only SARIF can tell such findings from others; add --format sarif or --format sarif:FILE\n',
    });
  });
});
