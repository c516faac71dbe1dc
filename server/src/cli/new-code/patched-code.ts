/** New code by a patch: its lines, and the code that it was made for, got by taking it back, as far as the files are what it makes of them. */
import { readFileSync, statSync } from 'node:fs';
import { applyPatch, reversePatch } from 'diff';
import { directoryOf, joinPath } from '../../base/index.ts';
import { shown } from '../files/git.ts';
import { absolutePath, nativePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import { type Io, UsageError } from '../io.ts';
import { changedLines, type FileChange, parseDiff } from './changed-lines.ts';
import type { NewCode, PatchBase } from './new-code.ts';

/** A file of the patch, with the path that its new name stands for; undefined where it is gone. */
interface PlacedChange extends FileChange {
  readonly path: string | undefined;
  /** Which of the candidates that is, for the old name too. */
  readonly place: number;
  /** Undefined where the patch does not fit. */
  readonly before: string | undefined;
}

/** `file` as given, `-` for standard input; `directory` is where the reviewed code lies. Throws UsageError for what is no patch, and for one of which no Go file is there. */
export function patchedCode(file: string, directory: string, io: Io): NewCode {
  const what = `--new-from-patch: ${shown(file)}`;
  const roots = [...new Set([...patchRoots(absolutePath(io.cwd, '.')), ...patchRoots(directory)])];
  const changes = parseDiff(textOf(file, io), what)
    .filter(isOfGo)
    .map((change) => placed(change, roots));
  const ofGo = changes.filter(({ newName }) => newName?.endsWith('.go'));
  if (ofGo.length > 0 && ofGo.every(({ path }) => path === undefined))
    throw new UsageError(
      `${what}: no file that it names is there, such as ${shown(ofGo[0].newName ?? '')}; run in the directory that its names are relative to`,
    );
  const lines = changedLines(changes);
  const files = changes.flatMap(({ path }, i) => (path === undefined ? [] : [[path, lines[i]] as const]));
  const base = baseOf(changes, roots);
  return { files: new Map(files), bases: base === undefined ? [] : [base] };
}

function isOfGo({ oldName, newName }: FileChange): boolean {
  return [oldName, newName].some((name) => name?.endsWith('.go'));
}

function textOf(file: string, io: Io): string {
  try {
    return readFileSync(file === '-' ? 0 : nativePath(absolutePath(io.cwd, file)), 'utf8');
  } catch {
    throw new UsageError(`--new-from-patch: cannot read ${shown(file)}`);
  }
}

/** Names in a patch are relative to the directory where it was made (`diff -u`) or to the repository's top (`git diff`). */
function patchRoots(start: string): readonly string[] {
  for (let directory = start; ; directory = directoryOf(directory)) {
    if (statSync(nativePath(joinPath(directory, '.git')), { throwIfNoEntry: false }) !== undefined) return [start, directory];
    if (directory === directoryOf(directory)) return [start];
  }
}

/** What git puts before names, `a/` and `b/`, or with `diff.mnemonicPrefix` what it compares: index, work tree, commit, object. */
const PREFIX = /^[abciow]\//;

/** What a name may stand for, the likeliest first: git's are relative to the top, and other tools put a directory before them. */
function pathsOf(name: string, [cwd, ...others]: readonly string[]): readonly string[] {
  const stripped = name.slice(name.indexOf('/') + 1);
  if (PREFIX.test(name)) return [...others, cwd].flatMap((root) => [joinPath(root, stripped), joinPath(root, name)]);
  return [name, stripped].flatMap((each) => [cwd, ...others].map((root) => joinPath(root, each)));
}

/** Where the patch fits, or else where there is such a file. */
function placed(change: FileChange, roots: readonly string[]): PlacedChange {
  const { newName } = change;
  if (newName === undefined) return { ...change, path: undefined, place: 0, before: takenBack(change, '') };
  const candidates = pathsOf(newName, roots).flatMap((path, place) => {
    const bytes = readIfThere(path);
    return bytes === undefined ? [] : [{ path, place, before: takenBack(change, decoder.decode(bytes)) }];
  });
  const found = candidates.find(({ before }) => before !== undefined) ?? candidates[0];
  return { ...change, ...(found ?? { path: undefined, place: 0, before: undefined }) };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text before; undefined where the patch does not fit. */
function takenBack({ patch }: FileChange, text: string): string | undefined {
  if (patch.hunks.length === 0) return text;
  const before = applyPatch(text, reversePatch(patch));
  return before === false ? undefined : before;
}

/** Undefined where a file is not there, or not what the patch makes of it. */
function baseOf(changes: readonly PlacedChange[], roots: readonly string[]): PatchBase | undefined {
  const texts = new Map<string, Uint8Array>();
  const files: { path: string | undefined; oldPath: string | undefined }[] = [];
  for (const { path, place, before, oldName } of changes) {
    if (before === undefined) return undefined;
    const oldPath = oldName === undefined ? undefined : pathsOf(oldName, roots)[place];
    if (oldPath !== undefined) texts.set(oldPath, new TextEncoder().encode(before));
    files.push({ path, oldPath });
  }
  return { kind: 'patch', files, texts };
}
