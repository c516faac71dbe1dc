/** The Go library as a corpus: pinned by the toolchain's version, free of dependencies, written by people. */
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
