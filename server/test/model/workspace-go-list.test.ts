/** The go command as the judge of which files of the standard library belong together. Skipped where there is none. */
import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { baseName } from '../../src/base/index.ts';
import { NEWEST_GO, Workspace } from '../../src/model/index.ts';
import { diskFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const PACKAGES = [
  'bytes',
  'crypto/x509',
  'internal/cpu',
  'internal/goexperiment',
  'math/big',
  'net',
  'net/http',
  'os',
  'os/user',
  'runtime',
  'sort',
  'strings',
  'syscall',
  'time',
];
const PLATFORMS = [
  ['linux', 'amd64'],
  ['windows', 'arm64'],
  ['js', 'wasm'],
] as const;

interface Listed {
  readonly Dir: string;
  readonly ImportPath: string;
  readonly GoFiles?: readonly string[];
  readonly TestGoFiles?: readonly string[];
  readonly XTestGoFiles?: readonly string[];
}

const release = version();
const isComparable = release === `go1.${NEWEST_GO}`;

beforeAll(loadTestGrammar);

describe.runIf(isComparable)('go list', () => {
  it.each(PLATFORMS)('agrees on %s/%s', (goos, goarch) => {
    const workspace = new Workspace(diskFiles, { goos, goarch, tags: [], go: undefined });
    for (const listed of goList(goos, goarch)) {
      const inside = [...(listed.GoFiles ?? []), ...(listed.TestGoFiles ?? [])].sort();
      const outside = [...(listed.XTestGoFiles ?? [])].sort();
      for (const [files, suffix] of [
        [inside, ''],
        [outside, '_test'],
      ] as const) {
        if (files.length === 0) continue;
        const found = workspace.packageOf(`${listed.Dir}/${files[0]}`);
        expect([found?.importPath, found?.files.map((file) => baseName(file.path))]).toEqual([listed.ImportPath + suffix, files]);
      }
    }
  });
});

it.skipIf(isComparable)(
  `go list is not compared: ${release ?? 'no Go toolchain'} is here, the model knows go1.${NEWEST_GO}`,
  () => undefined,
);

function version(): string | undefined {
  try {
    return /^go1\.\d+/.exec(execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' }))?.[0];
  } catch {
    return undefined;
  }
}

function goList(goos: string, goarch: string): Listed[] {
  const env = { ...process.env, GOOS: goos, GOARCH: goarch, CGO_ENABLED: '0', GOFLAGS: '', GOTOOLCHAIN: 'local' };
  const text = execFileSync('go', ['list', '-json=Dir,ImportPath,GoFiles,TestGoFiles,XTestGoFiles', ...PACKAGES], {
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return text
    .split(/(?<=^\})\n/m)
    .filter((part) => part.trim() !== '')
    .map((part): Listed => JSON.parse(part));
}
