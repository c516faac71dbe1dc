/** What depends on the release whose compiler is modelled, which the version asked for chooses and go.mod does not. */
import { beforeAll, describe, expect, it } from 'vitest';
import { escapeOf } from '../../src/escape/index.ts';
import { compilerFor, Workspace } from '../../src/model/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const TEXT = `package m

func f(n int) int {
	s := make([]int, n)
	t := make([]int, 8)
	u := append(t, n)
	e := make([]struct{}, 4)
	return len(s) + len(u) + len(e)
}
`;

beforeAll(loadTestGrammar);

function sitesAt(asked: number | undefined, stated: string): string[] {
  const files = memoryFiles({ '/m/go.mod': `module example.com/m\n\n${stated}\n`, '/m/x.go': TEXT });
  const target = { goos: 'linux', goarch: 'amd64', tags: [], go: asked };
  const workspace = new Workspace(files, target, loadTestLibrary().at(compilerFor(asked)));
  const pkg = workspace.packageOf('/m/x.go');
  if (pkg === undefined) throw new Error('the text is no package');
  return escapeOf(workspace, pkg)
    .sites(pkg.files[0])
    .map(({ kind, gcSays, sink }) => [kind, gcSays, sink?.text].filter((part) => part !== undefined).join(' '));
}

describe('releases', () => {
  it('put slices of variable length on the heap before 1.25, and say nothing of append', () => {
    const older = ['make heap of a length that is known at run time only', 'make stack', 'make stack'];
    expect([sitesAt(24, 'go 1.26'), sitesAt(21, 'go 1.21')]).toEqual([older, older]);
  });

  it('are the newest unless another one is asked for, whatever go.mod says', () => {
    const newer = sitesAt(25, 'go 1.25');
    expect(newer.slice(0, 3)).toEqual(['make stack', 'make stack', 'append stack']);
    expect(newer[3]).toMatch(/^make heap/);
    expect([sitesAt(undefined, 'go 1.24'), sitesAt(undefined, 'go 1.21\n\ntoolchain go1.24.9')]).toEqual([newer, newer]);
  });
});
