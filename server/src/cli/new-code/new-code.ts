/** What counts as new code: which lines of which files, by a git revision or a patch, and what there was before. */
import { readdirSync, statSync } from 'node:fs';
import { directoryOf, isWithin, joinPath } from '../../base/index.ts';
import { commitOf, mergeBaseOf, type Repository, remedyFor, repositoryOf, shown } from '../files/git.ts';
import { nativePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import { type Io, UsageError } from '../io.ts';
import type { NewCodeChoice } from '../options.ts';
import { type ChangedLines, changedLines, type FileChange, type Hunk, parseDiff } from './changed-lines.ts';
import { patchedCode } from './patched-code.ts';

export interface NewCode {
  /** By absolute path: files that changed and are still there. */
  readonly files: ReadonlyMap<string, ChangedLines>;
  /** The code before the change, of each repository; none for a patch that the files do not bear out. */
  readonly bases: readonly Base[];
}

/** Code before a change, and which of its Go files changed since. */
export type Base = CommitBase | PatchBase;

export interface CommitBase {
  readonly kind: 'commit';
  readonly repository: Repository;
  readonly commit: string;
  readonly files: readonly FileNames[];
}

export interface PatchBase {
  readonly kind: 'patch';
  readonly files: readonly FileNames[];
  /** By the path before: what the patch was made for. */
  readonly texts: ReadonlyMap<string, Uint8Array>;
}

/** Absolute paths of one file; undefined where it was not or is not. */
export interface FileNames {
  readonly path: string | undefined;
  readonly oldPath: string | undefined;
}

/** `directory` is where the reviewed code lies. Throws UsageError when git, the revision or the patch is missing. */
export function findNewCode(choice: NewCodeChoice, directory: string, io: Io): NewCode {
  if (choice.kind === 'patch') return patchedCode(choice.file, directory, io);
  const option = choice.kind === 'revision' ? '--new-from-rev' : '--new-from-merge-base';
  const repository = repositoryOf(option, directory, io);
  const find = choice.kind === 'revision' ? commitOf : mergeBaseOf;
  return ofRevision(repository, find(repository, choice.revision), choice.revision, io);
}

/**
 * Go files that have to be reviewed for what is new in them whatever was changed there, absolute and sorted: those that changed, and with them the
 * rest of their packages but for tests, because what makes a finding may be in another file. `reach.ts` finds the others.
 */
export function filesToReview({ files }: NewCode): readonly string[] {
  const changed = [...files.keys()].filter((path) => path.endsWith('.go'));
  const directories = new Set(changed.filter((path) => !isTest(path)).map(directoryOf));
  return [...new Set([...changed, ...[...directories].flatMap(sourcesIn)])].sort();
}

function isTest(path: string): boolean {
  return path.endsWith('_test.go');
}

function sourcesIn(directory: string): readonly string[] {
  try {
    const names = readdirSync(nativePath(directory));
    return names.filter((name) => name.endsWith('.go') && !isTest(name)).map((name) => joinPath(directory, name));
  } catch {
    return [];
  }
}

/** A file of a repository or of a submodule in it, which a diff or nobody knows. */
interface Change {
  readonly path: string | undefined;
  readonly oldPath: string | undefined;
  readonly hunks: readonly Hunk[];
}

function ofRevision(repository: Repository, commit: string, revision: string, io: Io): NewCode {
  const changes: Change[] = [];
  const bases: Base[] = [];
  const open = [{ repository, commit }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const known = tracked(next.repository, next.commit, revision);
    const unknown = untracked(next.repository, revision);
    bases.push({ kind: 'commit', ...next, files: [...known, ...unknown].map(({ path, oldPath }) => ({ path, oldPath })) });
    changes.push(...known, ...unknown);
    open.push(...submodules(next.repository, next.commit, io));
  }
  const lines = changedLines(changes);
  return {
    files: new Map(changes.flatMap(({ path }, i) => (path === undefined ? [] : [[path, lines[i]] as const]))),
    bases,
  };
}

const DIFF = [
  ...['diff', '--no-color', '--no-ext-diff', '--no-textconv', '--text', '--find-renames', '--ignore-all-space', '--unified=0'],
  ...['--src-prefix=a/', '--dst-prefix=b/', '--ignore-submodules'],
];
const GO_FILES = ['--', ':(top,glob)**/*.go'];

function tracked(repository: Repository, commit: string, revision: string): readonly Change[] {
  const { option, top } = repository;
  const diff = repository.text([...DIFF, commit, ...GO_FILES]);
  if (diff === undefined) throw cannotCompare(repository, revision);
  const pathOf = (name: string | undefined): string | undefined => (name === undefined ? undefined : joinPath(top, name.slice(2)));
  return parseDiff(diff, `${option} ${shown(revision)}`).map(
    ({ oldName, newName, hunks }: FileChange): Change => ({ path: pathOf(newName), oldPath: pathOf(oldName), hunks }),
  );
}

/** Files that git does not know yet are new from the first line to the last, unless they came from elsewhere. */
function untracked(repository: Repository, revision: string): readonly Change[] {
  const names = repository.text(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', ...GO_FILES]);
  if (names === undefined) throw cannotCompare(repository, revision);
  return splitNames(names).map((name): Change => {
    const path = joinPath(repository.top, name);
    const added = new TextDecoder().decode(readIfThere(path)).split(/\r?\n/);
    return { path, oldPath: undefined, hunks: [{ start: 1, added, removed: [] }] };
  });
}

function cannotCompare(repository: Repository, revision: string): UsageError {
  return new UsageError(
    `${repository.option}: git could not compare with ${shown(revision)}; ${remedyFor(repository) ?? 'git fsck may say why'}`,
  );
}

/** Those that are checked out, each with the commit that the revision had of it; of one that came since, everything is new. */
function submodules(repository: Repository, commit: string, io: Io): readonly { repository: Repository; commit: string }[] {
  const links = (lines: string | undefined): Map<string, string> =>
    new Map(
      splitNames(lines ?? '').flatMap((line) => {
        const [, object, name] = /^160000 (?:commit )?([0-9a-f]+)(?: 0)?\t(.*)$/s.exec(line) ?? [];
        return object === undefined ? [] : [[name, object] as const];
      }),
    );
  const now = links(repository.text(['ls-files', '--stage', '-z']));
  if (now.size === 0) return [];
  const before = links(repository.text(['ls-tree', '-r', '-z', '--full-tree', commit]));
  return [...now.keys()].flatMap((name) => {
    const path = joinPath(repository.top, name);
    if (statSync(nativePath(joinPath(path, '.git')), { throwIfNoEntry: false }) === undefined) return [];
    const inner = repositoryOf(repository.option, path, io);
    const base = before.get(name) ?? inner.text(['hash-object', '-t', 'tree', '--stdin'])?.trim();
    return base === undefined || !isWithin(repository.top, inner.top) ? [] : [{ repository: inner, commit: base }];
  });
}

export function splitNames(output: string): readonly string[] {
  return output.split('\0').filter((name) => name !== '');
}
