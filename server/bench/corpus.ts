/** What is measured on: the Go library, pinned by the toolchain's version and written by people, or any folder of Go. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** GOROOT/src, or undefined without a toolchain. */
export function goRoot(): string | undefined {
  const { status, stdout } = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  return status === 0 ? join(stdout.trim(), 'src') : undefined;
}

const LARGE_PACKAGES = ['net/http', 'go/types', 'encoding/json', 'reflect', 'crypto/tls', 'database/sql'];

/** The file of a few large packages whose length is nearest to `lines`. */
export function fileOfAbout(root: string, lines: number): { readonly path: string; readonly lines: number } {
  const files = LARGE_PACKAGES.flatMap((name) =>
    readdirSync(join(root, name))
      .filter((file) => file.endsWith('.go') && !file.endsWith('_test.go') && !file.includes('bundle'))
      .map((file) => {
        const path = join(root, name, file);
        return { path, lines: readFileSync(path, 'utf8').split('\n').length };
      }),
  );
  return files.reduce((best, file) => (Math.abs(file.lines - lines) < Math.abs(best.lines - lines) ? file : best));
}

export interface CorpusFile {
  readonly path: string;
  readonly source: Uint8Array;
}

/** Every Go file below a folder but those in testdata, in the order of their paths. */
export function readCorpus(directory: string): CorpusFile[] {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return entry.name === 'testdata' ? [] : readCorpus(path);
    return entry.name.endsWith('.go') ? [{ path, source: new Uint8Array(readFileSync(path)) }] : [];
  });
}
