/**
 * Git, asked for diffs, names and objects and for nothing else: fixed arguments, no external diff, no hooks, no file system monitor, no
 * fetching of what a partial clone lacks, and never a git that lies in the reviewed tree.
 */
import { execFileSync } from 'node:child_process';
import { delimiter, isAbsolute } from 'node:path';
import { isWithin } from '../../base/index.ts';
import { forTerminal } from '../../report/index.ts';
import { type Io, UsageError } from '../io.ts';
import { absolutePath, nativePath } from './paths.ts';

/** A repository with a work tree, on behalf of an option that errors name. */
export interface Repository {
  readonly option: string;
  /** Absolute path of the work tree's top. */
  readonly top: string;
  /** Output of a git command run at the top, or undefined when it failed. */
  text(args: readonly string[]): string | undefined;
  bytes(args: readonly string[], input?: string): Buffer | undefined;
}

/** The one that a directory lies in. Throws UsageError where there is none, or no git. */
export function repositoryOf(option: string, directory: string, io: Io): Repository {
  const { text } = gitIn(option, directory, io);
  const root = text(['rev-parse', '--show-toplevel'])?.replace(/\r?\n$/, '');
  if (root === undefined || root === '') throw new UsageError(`${option}: ${shown(directory)} is in no git work tree`);
  const top = absolutePath(io.cwd, root);
  return { option, top, ...gitIn(option, top, io) };
}

/** The commit that a revision names. Throws UsageError, with the remedy, for one that is not there. */
export function commitOf(repository: Repository, revision: string): string {
  const { option, text } = repository;
  const commit = revision.startsWith('-') ? undefined : text(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])?.trim();
  if (commit !== undefined && commit !== '') return commit;
  throw new UsageError(`${option}: unknown revision ${shown(revision)}; ${remedyFor(repository) ?? 'fetch it, or check its name'}`);
}

/** The last commit that a revision and HEAD share. Throws UsageError where the history that is here does not show one. */
export function mergeBaseOf(repository: Repository, revision: string): string {
  const base = repository.text(['merge-base', commitOf(repository, revision), 'HEAD'])?.trim();
  if (base !== undefined && base !== '') return base;
  const remedy = remedyFor(repository) ?? 'fetch the whole history';
  throw new UsageError(`${repository.option}: ${shown(revision)} and HEAD have no common ancestor; ${remedy}`);
}

/** What to do about history or files that this clone left out; undefined when it has all. */
export function remedyFor({ text }: Repository): string | undefined {
  if (text(['rev-parse', '--is-shallow-repository'])?.trim() === 'true')
    return 'this clone is shallow: git fetch --unshallow, or check out with the whole history (fetch-depth: 0, GIT_DEPTH: 0)';
  if (text(['config', '--get-regexp', '^remote\\..*\\.promisor$']) !== undefined)
    return 'this clone is partial, and nothing is fetched from here: fetch without --filter';
  return undefined;
}

/** Undefined when there is no git. */
export function gitVersion(io: Io): string | undefined {
  try {
    return gitIn('git', absolutePath(io.cwd, '.'), io).text(['--version'])?.trim();
  } catch {
    return undefined;
  }
}

const HARMLESS = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=true',
  'diff.noprefix=false',
  'diff.mnemonicPrefix=false',
  'diff.relative=false',
].flatMap((setting) => ['-c', setting]);
const MAX_OUTPUT = 1 << 30;

/** Throws UsageError when there is no git. */
function gitIn(option: string, directory: string, io: Io): Pick<Repository, 'text' | 'bytes'> {
  const cwd = nativePath(directory);
  const quiet = { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1', GIT_TERMINAL_PROMPT: '0', GIT_PAGER: '', LC_ALL: 'C' };
  const env = { ...io.env, PATH: trustedPath(io.env.PATH ?? '', directory), ...quiet };
  const bytes = (args: readonly string[], input?: string): Buffer | undefined => {
    try {
      const stdio = [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'] as const;
      return execFileSync('git', [...HARMLESS, ...args], { cwd, env, input, maxBuffer: MAX_OUTPUT, stdio: [...stdio], windowsHide: true });
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new UsageError(`${option}: there is no git; install it, or use --new-from-patch`);
      return undefined;
    }
  };
  return { bytes, text: (args) => bytes(args)?.toString('utf8') };
}

/** Without relative entries and those in the reviewed tree, where a `git` could be planted. */
function trustedPath(path: string, directory: string): string {
  return path
    .split(delimiter)
    .filter((entry) => isAbsolute(entry) && !isWithin(directory, absolutePath('/', entry)))
    .join(delimiter);
}

export function shown(text: string): string {
  return `"${forTerminal(text)}"`;
}
