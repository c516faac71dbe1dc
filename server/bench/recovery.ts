/** Kills a server with twenty open files and times how long it takes until a new one has told the same diagnostics again. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { isDeepStrictEqual } from 'node:util';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { BenchServer, quantile } from './server.ts';

const OPEN_FILES = 20;

export interface Recovery {
  readonly what: string;
  /** Milliseconds from the kill to the last of the diagnostics. */
  readonly times: readonly number[];
  /** The same, to the diagnostics of the first file, which is the one in view. */
  readonly first: readonly number[];
  readonly cpuMs: number;
}

export async function printRecovery(root: string, rounds: number): Promise<void> {
  console.log('| 20 open files of | kills | file in view, p95 ms | all, median ms | all, p95 ms | server CPU, ms |');
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |');
  const packages = [
    ['text/template', 'text/template/parse'],
    ['encoding/json', 'encoding/xml', 'encoding/csv', 'encoding/hex'],
    ['net/http'],
  ];
  for (const names of packages) {
    const { what, times, first, cpuMs } = await measureRecovery(root, names, rounds);
    const figures = [quantile(first, 0.95), quantile(times, 0.5), quantile(times, 0.95), cpuMs].map((value) => value.toFixed(0));
    console.log(`| ${what} | ${rounds} | ${figures.join(' | ')} |`);
  }
}

/** Throws when a new server tells anything else than the one before. */
async function measureRecovery(root: string, packages: readonly string[], rounds: number): Promise<Recovery> {
  const paths = packages.flatMap((name) => goFiles(join(root, name))).slice(0, OPEN_FILES);
  const texts = new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
  let server = await BenchServer.start();
  let expected = (await openAll(server, texts)).diagnostics;
  const [times, first]: number[][] = [[], []];
  let cpuMs = 0;
  for (let round = 0; round < rounds; round++) {
    const gone = server.exited;
    const begin = performance.now();
    server.signal('SIGKILL');
    await gone;
    server = await BenchServer.start();
    const { diagnostics, firstAt } = await openAll(server, texts);
    times.push(performance.now() - begin);
    first.push(firstAt - begin);
    cpuMs += server.cpuMs / rounds;
    if (!isDeepStrictEqual(diagnostics, expected)) throw new Error('a new server finds something else');
    expected = diagnostics;
  }
  await server.stop();
  return { what: `${packages.join(', ')} (${paths.length})`, times, first, cpuMs };
}

/** As an editor does: all are opened, the one in view is asked for first, then the others, all at once. */
async function openAll(
  server: BenchServer,
  texts: ReadonlyMap<string, string>,
): Promise<{ readonly diagnostics: readonly (readonly Diagnostic[])[]; readonly firstAt: number }> {
  for (const [path, text] of texts) await server.open(path, text);
  let firstAt = Number.NaN;
  const diagnostics = await Promise.all(
    [...texts.keys()].map((path, i) =>
      server.pull(path).then((items) => {
        if (i === 0) firstAt = performance.now();
        return items;
      }),
    ),
  );
  return { diagnostics, firstAt };
}

function goFiles(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.go'))
    .map((name) => join(directory, name));
}
