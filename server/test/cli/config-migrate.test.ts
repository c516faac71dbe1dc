/** `config migrate` as a process: a file of golangci-lint becomes one of ours, which is valid and holds for the next review. */
import { afterAll, describe, expect, it } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

const GOLANGCI = `version: "2"
run: { timeout: 5m }
linters:
  enable: [prealloc, bodyclose]
  exclusions:
    warn-unused: true
    paths: ["gone"]
    rules:
      - { path: "quiet/", linters: [prealloc] }
severity:
  rules:
    - { linters: [prealloc], path: "hot/", severity: error }
`;

const projects: Project[] = [];

afterAll(() => {
  for (const project of projects) project.dispose();
});

function project(files: Readonly<Record<string, string>>): Project {
  const made = makeProject(files);
  projects.push(made);
  return made;
}

describe('config migrate', () => {
  it('writes what verify accepts and review goes by, and says what is left', async () => {
    const { directory: cwd, write } = project({ '.golangci.yml': GOLANGCI, 'a.go': GROWTH, 'hot/b.go': GROWTH, 'quiet/c.go': GROWTH });
    const { code, stdout, stderr } = await escapement(['config', 'migrate'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'these belong on the command line: --timeout 5m\nno rule is like these linters, which stay with golangci-lint: bodyclose\n',
    });
    write('.escapement.yml', stdout);
    expect(await escapement(['config', 'verify'], { cwd })).toMatchObject({ code: 0 });
    const review = await escapement(['review', '--format', 'json'], { cwd });
    const { findings } = JSON.parse(review.stdout);
    expect(findings.map(({ file, severity }: { readonly file: string; readonly severity: string }) => `${file} ${severity}`)).toEqual([
      'a.go hint',
      'hot/b.go error',
    ]);
    expect(review.stderr).toBe('.escapement.yml: exclusions.paths: "**/gone" matches no file; take it out, or mend the pattern\n');
  });

  it('is an error that helps where there is nothing to migrate', async () => {
    const { directory: cwd } = project({});
    const { code, stderr } = await escapement(['config', 'migrate'], { cwd });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'escapement: config migrate: there is no .golangci.yml, .golangci.yaml, .golangci.toml, .golangci.json here; name the file\n',
    });
  });
});
