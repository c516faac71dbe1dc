/** Small Go modules in git repositories, reviewed by the built command line. */
import { execFileSync } from 'node:child_process';
import { escapement } from '../support/distribution.ts';
import { makeProject, type Project } from './project.ts';

export interface Repository extends Project {
  git(...args: readonly string[]): string;
  commit(): void;
  /** `file:line` of the findings that a review reports. Rejects where it could not be done. */
  review(...args: readonly string[]): Promise<readonly string[]>;
}

/** The branch `main` with one commit. */
export function makeRepository(files: Readonly<Record<string, string>>): Repository {
  const project = makeProject(files);
  const git = (...args: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always', ...args], {
      cwd: project.directory,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  const commit = (): void => {
    git('add', '--all', '.');
    git('commit', '-qm', 'x');
  };
  const review = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { stdout, stderr, code } = await escapement(['review', '--format', 'json', ...args], { cwd: project.directory });
    if (code === 2) throw new Error(stderr);
    return JSON.parse(stdout).findings.map((finding: { file: string; line: number }) => `${finding.file}:${finding.line}`);
  };
  git('init', '-q', '-b', 'main');
  commit();
  return { ...project, git, commit, review };
}
