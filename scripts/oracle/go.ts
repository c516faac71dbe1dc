/** Go as the judge runs it: one target, no cgo, no workspace, whatever the machine's own settings are. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const TARGET = {
  GOOS: 'linux',
  GOARCH: 'amd64',
  GOAMD64: 'v1',
  CGO_ENABLED: '0',
  GOWORK: 'off',
  GOEXPERIMENT: '',
  GOFLAGS: '-buildvcs=false',
};
const GO_SOURCE = join(import.meta.dirname, '../go-source');

/** Both streams of a command that succeeded. Throws with the beginning of what it said otherwise. */
export function go(args: readonly string[], folder: string): { readonly stdout: string; readonly stderr: string } {
  const { status, stdout, stderr, error } = spawnSync('go', args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 31 - 1,
    env: { ...process.env, ...TARGET },
  });
  if (error !== undefined) throw new Error(`cannot run go: ${error.message}`);
  if (status !== 0) throw new Error(`go ${args[0]} failed in ${folder}:\n${stderr.slice(0, 2000)}`);
  return { stdout, stderr };
}

/** What the program in `scripts/go-source` prints of a folder's packages as they are built for an architecture, line by line. */
export function goSource(
  mode: 'sites' | 'uses' | 'layouts',
  folder: string,
  patterns: readonly string[],
  goarch: string = TARGET.GOARCH,
): readonly string[] {
  const program = join(tmpdir(), `escapement-go-source-${process.pid}`);
  go(['build', '-o', program, '.'], GO_SOURCE);
  const { status, stdout, stderr } = spawnSync(program, [mode, folder, ...patterns], {
    encoding: 'utf8',
    maxBuffer: 2 ** 31 - 1,
    env: { ...process.env, ...TARGET, GOARCH: goarch },
  });
  if (status !== 0) throw new Error(stderr.slice(0, 2000));
  return stdout.split('\n').filter((line) => line !== '');
}
