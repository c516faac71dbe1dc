/** What Go's own tools say of a tree, so that before and after can be held against each other. */
import { dirname } from 'node:path';
import { type Ran, run } from './commands.ts';
import { judge } from './judge.ts';
import { type Subject, type Texts, withTexts } from './subject.ts';

/** What did not hold, and what was said. */
export interface Problem {
  readonly step: 'build' | 'vet' | 'gofmt' | 'comments' | 'tests' | 'second run' | 'parse' | 'types' | 'fault';
  readonly says: string;
}

/** The messages of `go build` and `go vet`, sorted and without places, because lines move. */
export interface State {
  readonly build: readonly string[];
  readonly vet: readonly string[];
}

/** `go list -export` compiles as `go build` does, and links no programs. */
export async function stateOf(subject: Subject, packages: readonly string[]): Promise<State> {
  const build = await run('go', ['list', '-export', '-f', '{{if .Export}}{{end}}', ...packages], subject);
  const vet = await run('go', ['vet', ...packages], subject);
  return { build: build.code === 0 ? [] : messages(build), vet: messages(vet) };
}

/** What is said now and was not said before, however often. */
export function worse(before: State, after: State): readonly Problem[] {
  const fresh = (step: keyof State): readonly Problem[] =>
    after[step].filter((line) => !before[step].includes(line)).map((says) => ({ step, says }));
  return [...fresh('build'), ...fresh('vet')];
}

/** Files that gofmt had nothing to say of before and would change now. */
export async function gofmtDrift(subject: Subject, before: Texts, changed: Texts): Promise<readonly Problem[]> {
  const after = await unformatted(subject, [...changed.keys()]);
  if (after.length === 0) return [];
  const wasDirty = await withTexts(before, after, (folder) => unformatted({ ...subject, folder }, after));
  return after.filter((name) => !wasDirty.includes(name)).map((says) => ({ step: 'gofmt', says }));
}

/** Comments that are there more or less often than before. */
export async function commentChanges(subject: Subject, before: Texts, changed: Texts): Promise<readonly Problem[]> {
  const names = [...changed.keys()];
  const lines = await withTexts(before, names, async (folder) =>
    (await judge(['comments', folder, subject.folder], names, subject)).split('\n'),
  );
  return lines.filter((line) => line !== '').map((says) => ({ step: 'comments', says }));
}

/** The folders of the files, as patterns of the go command. */
export function packagesOf(names: Iterable<string>): readonly string[] {
  return [...new Set([...names].map((name) => `./${dirname(name)}`))].sort();
}

async function unformatted(subject: Subject, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0) return [];
  const { stdout } = await run('gofmt', ['-l', ...names], subject);
  return stdout.split('\n').filter((line) => line !== '');
}

function messages({ stdout, stderr }: Ran): readonly string[] {
  const lines = `${stdout}${stderr}`.split('\n').map((line) => line.replace(/:\d+(:\d+)?/g, '').trim());
  return [...new Set(lines.filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('go: downloading')))].sort();
}
