/** `exclusions.warnUnused`: patterns of the configuration that match no file are named, where all that it holds for is reviewed. */
import { afterAll, describe, expect, it } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject } from './project.ts';

const CONFIGURATION = `version: 1
exclusions:
  warnUnused: true
  paths: ["gen/**", "old"]
  rules:
    - path: "a.go"
      rules: [slice-growth]
    - path: "gone/*.go"
      rules: [map-growth]
overrides:
  - path: "sub/**"
    disable: [map-growth]
  - path: "lost/**"
    disable: [map-growth]
`;
const FILES = { '.escapement.yml': CONFIGURATION, 'a.go': GROWTH, 'gen/gen.go': GROWTH, 'sub/s.go': CLEAN };
const UNUSED =
  '.escapement.yml: exclusions.paths: "old" matches no file; take it out, or mend the pattern\n' +
  '.escapement.yml: exclusions.rules: "gone/*.go" matches no file; take it out, or mend the pattern\n' +
  '.escapement.yml: overrides: "lost/**" matches no file; take it out, or mend the pattern\n';

const project = makeProject(FILES);
afterAll(() => project.dispose());

describe('exclusions that match no file', () => {
  it.each([
    ['are named, and change nothing else', ['review', './...'], UNUSED],
    ['are not named by a review of a part', ['review', './sub/...'], ''],
    ['are not named when all is to be quiet', ['review', '-q', './...'], ''],
  ])('%s', async (_, args, stderr) => {
    expect(await escapement([...args, '--format', 'json'], { cwd: project.directory })).toMatchObject({ code: 0, stderr });
  });

  it('are not named unless that is asked for', async () => {
    project.write('.escapement.yml', CONFIGURATION.replace('true', 'false'));
    expect(await escapement(['review', './...', '--format', 'json'], { cwd: project.directory })).toMatchObject({ code: 0, stderr: '' });
  });
});
