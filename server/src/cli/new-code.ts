/** What counts as new code: which lines of which files, by a git revision or a patch, and what there was before. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { directoryOf, isWithin, joinPath } from '../base/index.ts';
import { type ChangedLines, changedLines, type FileChange, type Hunk, parseDiff } from './changed-lines.ts';
import { commitOf, mergeBaseOf, type Repository, remedyFor, repositoryOf, shown } from './git.ts';
import { type Io, UsageError } from './io.ts';
import type { NewCodeChoice } from './options.ts';
import { absolutePath, nativePath } from './paths.ts';
import { readIfThere } from './read-file.ts';

export interface NewCode {
  /** By absolute path: files that changed and are still there. */
  readonly files: ReadonlyMap<string, ChangedLines>;
  /** Where the code before the change can be read, in each repository; nowhere for a patch. */
  readonly bases: readonly Base[];
}

/** A commit, and what of it changed since. */
export interface Base {
  readonly repository: Repository;
  readonly commit: string;
  /** Absolute paths that the changed files had in the commit. */
  readonly changed: readonly string[];
}

/** `directory` is where the reviewed code lies. Throws UsageError when git, the revision or the patch is missing. */
export function findNewCode(choice: NewCodeChoice, directory: string, io: Io): NewCode {
  if (choice.kind === 'patch') return ofPatchFile(choice.file, io);
  const option = choice.kind === 'revision' ? '--new-from-rev' : '--new-from-merge-base';
  const repository = repositoryOf(option, directory, io);
  const find = choice.kind === 'revision' ? commitOf : mergeBaseOf;
  return ofRevision(repository, find(repository, choice.revision), choice.revision, io);
}

/**
 * Go files that have to be reviewed for what is new in them, absolute and sorted: those that changed, and with them the rest of their packages but for
 * tests, because what makes a finding may be in another file. What a change does to the findings of other packages is not asked.
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

function ofPatchFile(file: string, io: Io): NewCode {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : nativePath(absolutePath(io.cwd, file)), 'utf8');
  } catch {
    throw new UsageError(`--new-from-patch: cannot read ${shown(file)}`);
  }
  const changes = parseDiff(text, `--new-from-patch: ${shown(file)}`);
  const lines = changedLines(changes);
  const roots = patchRoots(absolutePath(io.cwd, '.'));
  // Of the paths that a name may stand for, those that do not exist have no findings.
  const files = changes.flatMap(({ newName }, i) => pathsOf(newName, roots).map((path) => [path, lines[i]] as const));
  return { files: new Map(files), bases: [] };
}

/** Names in a patch are relative to the working directory (`diff -u`) or to the repository's top (`git diff`). */
function patchRoots(cwd: string): readonly string[] {
  for (let directory = cwd; ; directory = directoryOf(directory)) {
    if (statSync(nativePath(joinPath(directory, '.git')), { throwIfNoEntry: false }) !== undefined) return [cwd, directory];
    if (directory === directoryOf(directory)) return [cwd];
  }
}

/** A name below each root, with and without git's `b/`. */
function pathsOf(name: string | undefined, roots: readonly string[]): readonly string[] {
  if (name === undefined) return [];
  const names = name.startsWith('b/') ? [name.slice(2), name] : [name];
  return [...new Set(roots.flatMap((root) => names.map((each) => joinPath(root, each))))];
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
    bases.push({ ...next, changed: known.flatMap(({ oldPath }) => oldPath ?? []) });
    changes.push(...known, ...untracked(next.repository, revision));
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
