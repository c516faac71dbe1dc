/**
 * Document URIs to the server's paths and back. A path is a file's one identity, so that every spelling a client may choose
 * (`c%3A`, `C:`, `GitHub`) must end at the same one. Documents of other schemes get paths that no file system has, below a root
 * `//SCHEME:AUTHORITY`: files of one remote folder are neighbours, and nobody climbs from them to the local disk.
 */
import { URI } from 'vscode-uri';
import { baseName, joinPath } from '../base/index.ts';

/**
 * The first segment: `SCHEME:`, the authority, `?` with a query and `#` with a fragment, all encoded; or after a second colon
 * the whole of a path that is no place in a tree, as `untitled:Untitled-1` has.
 */
const FOREIGN = /^\/\/([a-z][a-z0-9+.-]+):(:?)([^/?#]*)(?:\?([^/#]*))?(?:#([^/]*))?(\/.*|$)/s;
const UNC = /^\/\/([^/]+)(\/.*|$)/s;

/** Of clients that put `file://` before a path which begins with two slashes already; a strict parser takes no such path. */
const EXTRA_SLASHES = /^file:\/{4,}/i;

/** Undefined for what is no URI at all. */
export function pathOfUri(uri: string): string | undefined {
  let parsed: URI;
  try {
    parsed = URI.parse(uri.toWellFormed().replace(EXTRA_SLASHES, 'file:///'), true);
  } catch {
    return undefined;
  }
  // What has a drive for a scheme is a path that somebody took for a URI.
  if (parsed.scheme.length === 1) return drivePath(`${parsed.scheme}:${parsed.path}`);
  return parsed.scheme.toLowerCase() === 'file' ? filePath(parsed) : foreignPath(parsed);
}

/** The URI as a client would write it; open documents keep their own spelling instead. */
export function uriOfPath(path: string): string {
  const foreign = FOREIGN.exec(path);
  if (foreign !== null) return foreignUri(foreign);
  const unc = UNC.exec(path);
  if (unc !== null) return URI.from({ scheme: 'file', authority: decodeURIComponent(unc[1]), path: unc[2] }).toString();
  return URI.from({ scheme: 'file', path: path.startsWith('/') ? path : `/${path}` }).toString();
}

/** Schemes under which editors show what a file once was, with nothing else in the URI that says so. */
const PAST_SCHEMES: ReadonlySet<string> = new Set(['diffview', 'fugitive', 'git', 'gitlens', 'gitsigns']);

/** Whether the document is another version of a file, like the left side of a diff: a query names the version, or the scheme does. */
export function isOtherVersion(path: string): boolean {
  const foreign = FOREIGN.exec(path);
  return foreign !== null && (foreign[4] !== undefined || PAST_SCHEMES.has(foreign[1]));
}

function filePath({ authority, path }: URI): string {
  if (/^\/[A-Za-z]:/.test(path)) return drivePath(path.slice(1));
  const host = authority.toLowerCase();
  if (host === '' || host === 'localhost') return joinPath('/', path.replace(/^\/+/, ''));
  return joinPath(`//${encodeURIComponent(host)}`, path.replace(/^\/+/, ''));
}

/** The drive in lower case, as VS Code writes it. */
function drivePath(path: string): string {
  return joinPath(`${path[0].toLowerCase()}:`, path.slice(2).replaceAll('\\', '/').replace(/^\/+/, ''));
}

function foreignPath({ scheme, authority, path, query, fragment }: URI): string {
  const isPlace = path === '' || (path.startsWith('/') && (scheme !== 'untitled' || path.endsWith('.go')));
  const place = isPlace ? encodeURIComponent(authority.toLowerCase()) : `:${encodeURIComponent(path)}`;
  const version = (query === '' ? '' : `?${encodeURIComponent(query)}`) + (fragment === '' ? '' : `#${encodeURIComponent(fragment)}`);
  return `//${scheme.toLowerCase()}:${place}${version}${isPlace ? path : `/${goName(path)}`}`;
}

/** The name ends in `.go`, because that is how the analysis knows Go. */
function goName(path: string): string {
  const name = baseName(path);
  return name.endsWith('.go') ? name : `${name}.go`;
}

function foreignUri([, scheme, opaque, place, query, fragment, path]: RegExpExecArray): string {
  const decoded = decodeURIComponent(place);
  const of = opaque === '' ? { authority: decoded, path } : { path: decoded };
  return URI.from({ scheme, ...of, query: decodeURIComponent(query ?? ''), fragment: decodeURIComponent(fragment ?? '') }).toString();
}
