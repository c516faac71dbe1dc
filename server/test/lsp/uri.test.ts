/** The one mapping between URIs and paths: every spelling of a document ends at one path, different documents never do. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { directoryOf, isForeign } from '../../src/base/index.ts';
import { pathOfUri, uriOfPath } from '../../src/lsp/index.ts';
import { isOtherVersion } from '../../src/lsp/uri.ts';

describe('paths of files', () => {
  it.each([
    ['file:///w/a.go', '/w/a.go'],
    ['file:///w/a%20b.go', '/w/a b.go'],
    ['file:///w//x/../a.go', '/w/a.go'],
    ['file:////w/a.go', '/w/a.go'],
    ['FILE://///server/share/a.go', '/server/share/a.go'],
    ['file:////c:/w/a.go', 'c:/w/a.go'],
    ['file://localhost/w/a.go', '/w/a.go'],
    ['FILE:///w/a.go', '/w/a.go'],
    ['file:///c%3A/w/a.go', 'c:/w/a.go'],
    ['file:///C:/w/a.go', 'c:/w/a.go'],
    ['file:///C%3A%5Cw%5Ca.go', 'c:/w/a.go'],
    ['C:\\w\\a.go', 'c:/w/a.go'],
    ['file://Server/share/a.go', '//server/share/a.go'],
  ])('%s is %s', (uri, path) => {
    expect(pathOfUri(uri)).toBe(path);
    expect(isForeign(path)).toBe(false);
  });

  it('no URI has no path', () => {
    expect(pathOfUri('a.go')).toBeUndefined();
    expect(pathOfUri('')).toBeUndefined();
  });
});

describe('paths of what is no file', () => {
  it.each([
    ['vscode-vfs://GitHub/o/r/a.go', '//vscode-vfs:github/o/r/a.go'],
    ['vscode-remote://ssh-remote%2bhost/w/a.go', '//vscode-remote:ssh-remote%2Bhost/w/a.go'],
    ['vscode-test-web://mount/a.go', '//vscode-test-web:mount/a.go'],
    ['memfs:/a.go', '//memfs:/a.go'],
    ['memfs:/go.mod', '//memfs:/go.mod'],
    ['untitled:Untitled-1', '//untitled::Untitled-1/Untitled-1.go'],
    ['untitled:/w/a.go', '//untitled:/w/a.go'],
    ['vscode-vfs://github/o/r%0A/a%E2%80%A8.go', '//vscode-vfs:github/o/r\n/a\u2028.go'],
    ['git:/w/a.go?%7B%22ref%22%3A%22HEAD%22%7D', '//git:?%7B%22ref%22%3A%22HEAD%22%7D/w/a.go'],
  ])('%s is %s', (uri, path) => {
    expect(pathOfUri(uri)).toBe(path);
    expect(isForeign(path)).toBe(true);
    expect(pathOfUri(uriOfPath(path))).toBe(path);
  });

  it('gives each untitled document a package of its own', () => {
    const [one, two] = ['untitled:Untitled-1', 'untitled:Untitled-2'].map((uri) => directoryOf(pathOfUri(uri) ?? ''));
    expect(one).not.toBe(two);
  });

  it('keeps a version of a file apart from the file and its neighbours', () => {
    const directories = ['git:/w/a.go?HEAD', 'git:/w/a.go?HEAD~1', 'git:/w/a.go', 'file:///w/a.go'].map((uri) =>
      directoryOf(pathOfUri(uri) ?? ''),
    );
    expect(new Set(directories).size).toBe(4);
  });
});

describe('other versions of a file', () => {
  it.each(['git:/w/a.go?HEAD', 'git:/w/a.go', 'gitlens://abc/w/a.go', 'vscode-vfs://github/o/r/a.go?ref', 'fugitive:///w/.git//0/a.go'])(
    '%s is one',
    (uri) => {
      expect(isOtherVersion(pathOfUri(uri) ?? '')).toBe(true);
    },
  );

  it.each(['file:///w/a.go', 'vscode-vfs://github/o/r/a.go', 'untitled:Untitled-1', 'memfs:/a?b/c.go'.replace('?', '%3F')])(
    '%s is none',
    (uri) => {
      expect(isOtherVersion(pathOfUri(uri) ?? '')).toBe(false);
    },
  );
});

const segment = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => !/[/\\]/.test(text) && text !== '.' && text !== '..');
const place = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}.go`);
const scheme = fc.constantFrom('file', 'vscode-vfs', 'vscode-remote', 'memfs', 'vscode-test-web', 'git', 'untitled', 'x-y.z+1');
const authority = fc.constantFrom('', 'github', 'ssh-remote+host', 'dev-container+7b:9', 'a b', 'mount:80', 'é');
const query = fc.constantFrom('', '{"ref":"HEAD"}', 'a=b&c=/d#e', '%2F');
/** Files have no query, and the name of a drive stands for no directory. */
const documents = fc
  .record({ scheme, authority, path: place, query, fragment: fc.constantFrom('', 'W0s', 'a/b') })
  .map((parts) => (parts.scheme === 'file' ? { ...parts, query: '', fragment: '' } : parts))
  .filter(({ path }) => !/^\/[A-Za-z]:/.test(path));

/** All characters that may be are percent-encoded, in lower-case digits. */
function shouted({
  scheme,
  authority,
  path,
  query,
  fragment,
}: Record<'scheme' | 'authority' | 'path' | 'query' | 'fragment', string>): string {
  const encoded = (text: string): string =>
    [...new TextEncoder().encode(text)].map((byte) => (byte === 47 ? '/' : `%${byte.toString(16).padStart(2, '0')}`)).join('');
  const tail = (query === '' ? '' : `?${encoded(query)}`) + (fragment === '' ? '' : `#${encoded(fragment)}`);
  return `${scheme}:${authority === '' ? '' : `//${encoded(authority)}`}${encoded(path)}${tail}`;
}

describe('any document', () => {
  it('comes back as the same URI, and is the same in every spelling', () => {
    fc.assert(
      fc.property(documents, (parts) => {
        const uri = URI.from(parts).toString();
        const path = pathOfUri(uri) ?? '';
        expect(uriOfPath(path)).toBe(uri);
        expect(pathOfUri(URI.from(parts).toString(true))).toBeDefined();
        expect(pathOfUri(shouted(parts))).toBe(path);
        expect(isForeign(path)).toBe(parts.scheme !== 'file');
      }),
    );
  });

  it('shares its path with no other', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const [one, two] = [a, b].map((parts) => URI.from(parts).toString());
        expect(pathOfUri(one) === pathOfUri(two)).toBe(one === two);
      }),
    );
  });

  it('never makes the mapping throw', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((text) => `untitled:${text}`),
        ),
        (text) => {
          const path = pathOfUri(text);
          if (path !== undefined) expect(typeof uriOfPath(path)).toBe('string');
        },
      ),
    );
  });

  it('has the drive of Windows in lower case', () => {
    fc.assert(
      fc.property(fc.constantFrom('a', 'C', 'z'), place, (drive, path) => {
        const spellings = [`${drive}:`, `${drive.toUpperCase()}%3A`, `${drive.toLowerCase()}%3a`].map(
          (each) => `file:///${each}${URI.file(path).toString().slice('file://'.length)}`,
        );
        expect(new Set(spellings.map(pathOfUri))).toEqual(new Set([`${drive.toLowerCase()}:${path}`]));
        expect(uriOfPath(`${drive.toLowerCase()}:${path}`)).toBe(
          pathOfUri(spellings[0]) && URI.file(`/${drive.toLowerCase()}:${path}`).toString(),
        );
      }),
    );
  });
});
