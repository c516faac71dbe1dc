/**
 * Files for a server that cannot read them itself: through the editor, which reads whatever is open in it, be it on a disk or at
 * the other end of the world.
 */
import { FileSystemError, FileType, Uri, workspace } from 'vscode';
import { LARGEST_READ, type ReadEntry, type ReadFile, type ReadFilesParams, type ReadFilesResult } from '../../server/src/lsp/protocol.ts';

/** Reads at a time: a remote folder answers each with a request of its own. */
const AT_ONCE = 16;

export async function readFiles({ directories, files }: ReadFilesParams): Promise<ReadFilesResult> {
  return { directories: await each(directories, readDirectory), files: await each(files, readFile) };
}

async function readDirectory(uri: Uri): Promise<readonly ReadEntry[]> {
  return (await workspace.fs.readDirectory(uri)).map(([name, type]) => ({ name, kind: kindOf(type) }));
}

async function readFile(uri: Uri): Promise<ReadFile> {
  const { size } = await workspace.fs.stat(uri);
  if (size > LARGEST_READ) return { size };
  return { base64: toBase64(await workspace.fs.readFile(uri)) };
}

/** What a link leads to is told in another bit, and counts. */
function kindOf(type: FileType): ReadEntry['kind'] {
  if ((type & FileType.Directory) !== 0) return 'directory';
  return (type & FileType.File) !== 0 ? 'file' : 'other';
}

type Missing = null | 'unreadable';

/** In the order of the URIs. */
async function each<Answer>(uris: readonly string[], read: (uri: Uri) => Promise<Answer>): Promise<(Answer | Missing)[]> {
  const answers: (Answer | Missing)[] = uris.map(() => null);
  const waiting = uris.entries();
  const work = async (): Promise<void> => {
    for (const [i, uri] of waiting) answers[i] = await read(Uri.parse(uri, true)).catch(missing);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return answers;
}

function missing(error: unknown): Missing {
  const isAbsent = error instanceof FileSystemError && (error.code === 'FileNotFound' || error.code === 'FileNotADirectory');
  return isAbsent ? null : 'unreadable';
}

/** Arguments of one call. */
const CHUNK = 0x2000;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += CHUNK) text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(text);
}
