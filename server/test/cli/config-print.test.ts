/** `config print` as a process: what holds for a directory or a file, and what says so; the review of the same file agrees. */
import { afterAll, describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const CONFIGURATION = `version: 1
rules:
  disable: [map-growth]
  settings:
    slice-growth: { tests: true }
exclusions:
  paths: ["gen/**"]
overrides:
  - path: "hot/**"
    enable: [struct-padding]
    severity: { slice-growth: error }
`;

const projects: Project[] = [];

afterAll(() => {
  for (const project of projects) project.dispose();
});

function project(): Project {
  const made = makeProject({ '.escapement.yml': CONFIGURATION, 'a.go': GROWTH, 'hot/b.go': GROWTH, 'gen/c.go': GROWTH });
  projects.push(made);
  return made;
}

describe.concurrent('config print', () => {
  it('says of a file which rules are on, how severe they are, and by which key', async () => {
    const { directory: cwd } = project();
    const run = await escapement(['config', 'print', 'hot/b.go'], { cwd });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const { file, path, rules, settings, excludedBy } = JSON.parse(run.stdout);
    expect({ file, path, excludedBy }).toEqual({ file: '.escapement.yml', path: 'hot/b.go', excludedBy: undefined });
    expect(rules['slice-growth']).toMatchObject({
      state: { value: 'on', from: 'default' },
      severity: { value: 'error', from: 'overrides[0].severity' },
      options: { tests: { value: true, from: 'rules.settings.slice-growth' } },
    });
    expect(rules['map-growth']).toEqual({ state: { value: 'off', from: 'rules.disable' } });
    expect(rules['struct-padding'].state).toEqual({ value: 'on', from: 'overrides[0].enable' });
    expect(settings.overrides.each).toHaveLength(1);
    const { stdout } = await escapement(['review', '-q', '--fail-on', 'never'], { cwd });
    expect(stdout.split('\n').map((line) => line.split(':').slice(0, 4).join(':'))).toEqual(['a.go:6:3: hint', 'hot/b.go:6:3: error', '']);
  });

  it('says of a file that it is not reviewed, and by which key', async () => {
    const { directory: cwd } = project();
    const { stdout } = await escapement(['config', 'print', 'gen/c.go'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ path: 'gen/c.go', excludedBy: 'exclusions.paths[0]' });
  });

  it('says of a directory what holds where nothing else is said', async () => {
    const { directory: cwd } = project();
    const printed = JSON.parse((await escapement(['config', 'print'], { cwd })).stdout);
    expect(printed.path).toBeUndefined();
    expect(printed.rules['slice-growth'].severity).toEqual({ value: 'hint', from: 'rule' });
    expect(printed.rules['struct-padding'].state).toEqual({ value: 'off', from: 'default' });
  });

  it('of nothing is an error that helps', async () => {
    const { directory: cwd } = project();
    expect(await escapement(['config', 'print', 'b.go'], { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'escapement: b.go: no such file or directory; did you mean a.go?\n',
    });
  });

  it('fails as verify does where the file is wrong', async () => {
    const { directory: cwd, write } = project();
    write('.escapement.yml', 'version: 1\noverrides:\n  - severity: { slice-groth: error }\n');
    const run = await escapement(['config', 'print', 'a.go'], { cwd });
    expect(run).toEqual(await escapement(['config', 'verify'], { cwd }));
    expect(run.stderr).toContain('.escapement.yml:3:');
    expect(run.stderr).toContain('did you mean slice-growth?');
    expect(run.stderr).toContain('has no path');
  });
});
