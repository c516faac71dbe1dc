/**
 * Types into an open file while the server scans its workspace: what a key costs then, and how long the message loop stands
 * still. Beside it, the same clock in a process that does nothing, because a busy machine lets that stand still too.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type WorkspaceDiagnosticReportPartialResult, WorkspaceDiagnosticRequest } from 'vscode-languageserver-protocol/node';
import { fileOfAbout } from './corpus.ts';
import { timeEdit } from './edit-latency.ts';
import { BenchServer, quantile } from './server.ts';

const PROBE = join(import.meta.dirname, 'loop-delay.cjs');
/** Between two keys; ten a second is fast. */
const KEY_MS = 100;
const FILES_IN_PACKAGE = 20;

interface Scan {
  readonly files: number;
  readonly seconds: number;
  readonly keys: readonly number[];
  readonly quietKeys: readonly number[];
  readonly loop: LoopDelay;
  readonly idle: LoopDelay;
  readonly residentMb: number;
  readonly cpuSeconds: number;
}

interface LoopDelay {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export async function printScans(root: string, files: number): Promise<void> {
  console.log(
    '| workspace | files | scan, s | CPU, s | keys | key to diagnostics during it, median ms | p95 ms | after it, median ms | p95 ms | loop delay p99 ms | longest ms | of an idle process, p99 ms | longest ms | resident MB |',
  );
  console.log(`| --- |${' ---: |'.repeat(13)}`);
  print('GOROOT/src', await measureScan(root, fileOfAbout(root, 2000).path));
  const synthetic = makeWorkspace(root, files);
  try {
    print('synthetic', await measureScan(synthetic.directory, synthetic.file));
  } finally {
    rmSync(synthetic.directory, { recursive: true });
  }
}

function print(name: string, { files, seconds, keys, quietKeys, loop, idle, residentMb, cpuSeconds }: Scan): void {
  const of = (values: readonly number[]): number[] => [quantile(values, 0.5), quantile(values, 0.95)];
  const figures = [...of(keys), ...of(quietKeys), loop.p99, loop.max, idle.p99, idle.max].map((value) => value.toFixed(1));
  console.log(
    `| ${name} | ${files} | ${seconds.toFixed(0)} | ${cpuSeconds.toFixed(0)} | ${keys.length} | ${figures.join(' | ')} | ${residentMb.toFixed(0)} |`,
  );
}

async function measureScan(root: string, file: string): Promise<Scan> {
  const idle = spawn(process.execPath, ['--require', PROBE, '-e', 'setInterval(() => {}, 1e6)'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let idleErrors = '';
  idle.stderr.setEncoding('utf8').on('data', (text: string) => {
    idleErrors += text;
  });
  const server = await BenchServer.start({ root, node: ['--require', PROBE] });
  try {
    await server.open(file, readFileSync(file, 'utf8'));
    await server.pull(file);
    for (const each of [server, idle]) signalTo(each);
    await sleep(500);
    server.errors = '';
    idleErrors = '';
    const { files, seconds, keys } = await scanAndType(server, file);
    for (const each of [server, idle]) signalTo(each);
    await sleep(500);
    const quietKeys: number[] = [];
    for (let edit = keys.length; edit < keys.length + 60; edit++) quietKeys.push(await timeEdit(server, file, edit));
    const [loop, idleLoop] = [server.errors, idleErrors].map(delayIn);
    return {
      ...{ files, seconds, keys, quietKeys, loop, idle: idleLoop },
      ...{ residentMb: server.residentMb, cpuSeconds: server.cpuMs / 1000 },
    };
  } finally {
    idle.kill();
    await server.stop();
  }
}

async function scanAndType(server: BenchServer, file: string): Promise<Pick<Scan, 'files' | 'seconds' | 'keys'>> {
  const seen = new Set<string>();
  const { connection } = server;
  connection.onProgress(WorkspaceDiagnosticRequest.partialResult, 'scan', ({ items }: WorkspaceDiagnosticReportPartialResult) => {
    for (const { uri } of items) seen.add(uri);
  });
  let isScanning = true;
  const begin = performance.now();
  const scan = connection
    .sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [], partialResultToken: 'scan' })
    .then(() => (performance.now() - begin) / 1000)
    .finally(() => {
      isScanning = false;
    });
  const keys: number[] = [];
  while (isScanning) {
    keys.push(await timeEdit(server, file, keys.length));
    await sleep(KEY_MS);
  }
  return { files: seen.size, seconds: await scan, keys };
}

function signalTo(process_: { signal(signal: NodeJS.Signals): void } | { kill(signal: NodeJS.Signals): boolean }): void {
  if ('signal' in process_) process_.signal('SIGUSR2');
  else process_.kill('SIGUSR2');
}

function delayIn(errors: string): LoopDelay {
  const told = errors.match(/loop delay (\{.*\})/)?.[1];
  return told === undefined ? { p50: Number.NaN, p99: Number.NaN, max: Number.NaN } : JSON.parse(told);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Packages of twenty small files with something to find, and in one of them a file of 2,000 lines to type into. */
function makeWorkspace(root: string, files: number): { readonly directory: string; readonly file: string } {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'escapement-scan-'));
  writeFileSync(join(directory, 'go.mod'), 'module example.com/scan\n\ngo 1.22\n');
  for (let i = 0; i < files; i++) {
    const folder = join(directory, `d${Math.floor(i / FILES_IN_PACKAGE / 50)}`, `p${Math.floor(i / FILES_IN_PACKAGE)}`);
    if (i % FILES_IN_PACKAGE === 0) mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `f${i}.go`), smallFile(i));
  }
  const file = join(directory, 'd0/big/big.go');
  mkdirSync(join(directory, 'd0/big'));
  writeFileSync(file, readFileSync(fileOfAbout(root, 2000).path));
  return { directory, file };
}

function smallFile(i: number): string {
  const functions = Array.from(
    { length: 6 },
    (_, k) => `func f${i}_${k}(xs []int, names []string) (out []int) {
	for _, x := range xs {
		out = append(out, x*${k}+len(names))
	}
	v := &item${i}{n: ${k}, next: nil}
	held${i} = v
	return out
}
`,
  );
  return `package p\n\ntype item${i} struct {\n\tn    int\n\tnext *item${i}\n}\n\nvar held${i} *item${i}\n\n${functions.join('\n')}`;
}
