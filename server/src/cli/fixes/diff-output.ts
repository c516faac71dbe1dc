/** `--diff`: what `--fix` would do, as a unified diff that `git apply` and `patch -p1` take. */
import { FILE_HEADERS_ONLY, formatPatch, structuredPatch } from 'diff';
import { relativePath } from '../../base/index.ts';
import type { Texts } from '../files/texts.ts';

/** Empty when no text differs from its file. */
export function unifiedDiff(texts: Texts, cwd: string): string {
  return texts
    .changed()
    .map((path) => fileDiff(relativePath(cwd, path), textOf(texts.original(path)), textOf(texts.bytes(path))))
    .join('');
}

function fileDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  return formatPatch(structuredPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 3 }), FILE_HEADERS_ONLY);
}

function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes ?? new Uint8Array());
}
