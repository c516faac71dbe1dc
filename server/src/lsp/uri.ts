/**
 * Document URIs to the server's paths and back. A path is a file's one identity, so that every spelling a client may choose
 * (`c%3A`, `C:`) must end at the same one. Documents that are no files get a path no file system has.
 */
import { URI } from 'vscode-uri';

const FOREIGN = /^\/([a-z][a-z0-9+.-]*):\/([^/]*)(\/.*)$/;

/** Undefined for what is no URI at all. */
export function pathOfUri(uri: string): string | undefined {
  let parsed: URI;
  try {
    parsed = URI.parse(uri, true);
  } catch {
    return undefined;
  }
  if (parsed.scheme !== 'file') return foreignPath(parsed);
  const path = parsed.authority === '' ? parsed.path : `//${parsed.authority}${parsed.path}`;
  return /^\/[A-Za-z]:/.test(path) ? path[1].toLowerCase() + path.slice(2) : path;
}

/** The URI as a client would write it; open documents keep their own spelling instead. */
export function uriOfPath(path: string): string {
  const foreign = FOREIGN.exec(path);
  if (foreign !== null) return URI.from({ scheme: foreign[1], authority: foreign[2], path: foreign[3] }).toString();
  const unc = /^\/\/([^/]+)(\/.*)$/.exec(path);
  if (unc !== null) return URI.from({ scheme: 'file', authority: unc[1], path: unc[2] }).toString();
  return URI.from({ scheme: 'file', path: path.startsWith('/') ? path : `/${path}` }).toString();
}

/** The name ends in `.go`, because that is how the analysis knows Go. */
function foreignPath(uri: URI): string {
  const path = uri.path.startsWith('/') ? uri.path : `/${uri.path}`;
  return `/${uri.scheme}:/${uri.authority}${path}${path.endsWith('.go') ? '' : '.go'}`;
}
