/**
 * Which lines are new, by a git revision or a patch, and so which findings are. Git is asked for a diff and nothing else:
 * fixed arguments, no external diff, no hooks, no file system monitor, and never a git that lies in the reviewed tree.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute } from 'node:path';
import { parsePatch } from 'diff';
import { directoryOf, isWithin } from '../base/index.ts';
import { forTerminal } from '../report/index.ts';
import { type Io, UsageError } from './io.ts';
import type { NewCode } from './options.ts';
import { absolutePath, nativePath } from './paths.ts';

/** New lines (from 1) by absolute path; `whole` are files all of whose lines are new. */
export interface NewLines {
  readonly whole: ReadonlySet<string>;
  readonly lines: ReadonlyMap<string, ReadonlySet<number>>;
}

/** `directory` is where the reviewed code lies. Throws UsageError when git, the revision or the patch is missing. */
export function findNewLines(newCode: NewCode, directory: string, io: Io): NewLines {
  switch (newCode.kind) {
    case 'patch':
      return ofPatchFile(newCode.file, io);
    case 'revision':
      return ofRevision('--new-from-rev', newCode.revision, directory, io, (commit) => commit);
    case 'merge-base':
      return ofRevision('--new-from-merge-base', newCode.revision, directory, io, (commit, git) => {
        const base = git(['merge-base', commit, 'HEAD']);
        if (base === undefined)
          throw new UsageError(
            `--new-from-merge-base: ${shown(newCode.revision)} and HEAD have no common ancestor; fetch the whole history`,
          );
        return base.trim();
      });
  }
}

/** Whether a line from `line` to `endLine` (from 1) of a file is new. */
export function isNew({ whole, lines }: NewLines, path: string, line: number, endLine: number): boolean {
  if (whole.has(path)) return true;
  const its = lines.get(path);
  if (its === undefined) return false;
  for (let at = line; at <= endLine; at++) if (its.has(at)) return true;
  return false;
}

/**
 * Absolute, sorted. A whole package is looked at where a file of it changed, because what makes a finding may be in another file. What a change
 * does to findings of other packages is not: that would be a review of all that imports them.
 */
export function directoriesWithNewLines({ whole, lines }: NewLines): readonly string[] {
  const changed = [...lines].flatMap(([path, its]) => (its.size > 0 ? [path] : []));
  return [...new Set([...whole, ...changed].filter((path) => path.endsWith('.go')).map(directoryOf))].sort();
}

function ofPatchFile(file: string, io: Io): NewLines {
  let text: string;
  try {
    text = readFileSync(file === '-' ? 0 : nativePath(absolutePath(io.cwd, file)), 'utf8');
  } catch {
    throw new UsageError(`--new-from-patch: cannot read ${shown(file)}`);
  }
  return { whole: new Set(), lines: linesOfPatch(text, patchRoots(absolutePath(io.cwd, '.')), `--new-from-patch: ${shown(file)}`) };
}

/** Names in a patch are relative to the working directory (`diff -u`) or to the repository's top (`git diff`). */
function patchRoots(cwd: string): readonly string[] {
  for (let directory = cwd; ; directory = directoryOf(directory)) {
    if (statSync(nativePath(`${directory}/.git`), { throwIfNoEntry: false }) !== undefined) return [cwd, directory];
    if (directory === directoryOf(directory)) return [cwd];
  }
}

type Git = (args: readonly string[]) => string | undefined;

function ofRevision(option: string, revision: string, directory: string, io: Io, baseOf: (commit: string, git: Git) => string): NewLines {
  const git = gitIn(option, directory, io);
  const root = git(['rev-parse', '--show-toplevel'])?.replace(/\r?\n$/, '');
  if (root === undefined) throw new UsageError(`${option}: ${shown(directory)} is in no git work tree`);
  const commit = revision.startsWith('-') ? undefined : git(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])?.trim();
  if (commit === undefined) throw new UsageError(`${option}: unknown revision ${shown(revision)}; fetch it, or check its name`);
  const diff = git([
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--src-prefix=a/',
    '--dst-prefix=b/',
    '--unified=0',
    baseOf(commit, git),
    '--',
  ]);
  const untracked = git(['ls-files', '--others', '--exclude-standard', '--full-name', '-z', '--', ':/']);
  if (diff === undefined || untracked === undefined) throw new UsageError(`${option}: git could not compare with ${shown(revision)}`);
  const top = absolutePath(io.cwd, root);
  const whole = new Set(
    untracked
      .split('\0')
      .filter((name) => name !== '')
      .map((name) => absolutePath(top, name)),
  );
  return { whole, lines: linesOfPatch(diff, [top], `${option} ${shown(revision)}`) };
}

const HARMLESS = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.quotePath=true',
  '-c',
  'diff.noprefix=false',
  '-c',
  'diff.mnemonicPrefix=false',
];
const MAX_OUTPUT = 1 << 30;

/** Runs git in a directory; answers its output, or undefined when it failed. Throws UsageError when there is no git. */
function gitIn(option: string, directory: string, io: Io): Git {
  const cwd = nativePath(directory);
  const env = { ...io.env, PATH: trustedPath(io.env.PATH ?? '', directory), GIT_OPTIONAL_LOCKS: '0', GIT_PAGER: '', LC_ALL: 'C' };
  return (args) => {
    try {
      return execFileSync('git', [...HARMLESS, ...args], {
        cwd,
        env,
        encoding: 'utf8',
        maxBuffer: MAX_OUTPUT,
        stdio: ['ignore', 'pipe', 'ignore'],
        windowsHide: true,
      });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new UsageError(`${option}: there is no git; install it, or use --new-from-patch`);
      return undefined;
    }
  };
}

/** Undefined when there is no git. */
export function gitVersion(io: Io): string | undefined {
  try {
    return gitIn('git', absolutePath(io.cwd, '.'), io)(['--version'])?.trim();
  } catch {
    return undefined;
  }
}

/** Without relative entries and those in the reviewed tree, where a `git` could be planted. */
function trustedPath(path: string, directory: string): string {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !isWithin(directory, absolutePath('/', entry)))
    .join(delimiter);
}

/** Added lines of a unified diff. Names are tried below each root, with and without git's `b/`. */
function linesOfPatch(text: string, roots: readonly string[], what: string): Map<string, Set<number>> {
  const lines = new Map<string, Set<number>>();
  for (const { newFileName, hunks } of parsed(text, what)) {
    if (newFileName === undefined || newFileName === '/dev/null') continue;
    const added = hunks.flatMap(addedLines);
    for (const path of pathsOf(newFileName, roots)) lines.set(path, new Set([...(lines.get(path) ?? []), ...added]));
  }
  return lines;
}

/** Every path that a name may stand for; the ones that do not exist have no findings. */
function pathsOf(name: string, roots: readonly string[]): readonly string[] {
  const names = name.startsWith('b/') ? [name.slice(2), name] : [name];
  return [...new Set(roots.flatMap((root) => names.map((each) => absolutePath(root, each))))];
}

function parsed(text: string, what: string): ReturnType<typeof parsePatch> {
  try {
    return parsePatch(text);
  } catch (error) {
    throw new UsageError(`${what}: not a unified diff (${forTerminal(error instanceof Error ? error.message : String(error))})`);
  }
}

function addedLines({ newStart, lines }: { readonly newStart: number; readonly lines: readonly string[] }): readonly number[] {
  const added: number[] = [];
  let at = newStart;
  for (const line of lines) {
    if (line.startsWith('+')) added.push(at++);
    else if (line.startsWith(' ')) at++;
  }
  return added;
}

function shown(text: string): string {
  return `"${forTerminal(text)}"`;
}
