/** Opens one file in a server process of its own, types into it, and times each edit until its diagnostics arrive. */
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { HoverRequest } from 'vscode-languageserver-protocol/node';
import { BenchServer, quantile, uriOf } from './server.ts';

const WARM_UP = 10;

export interface EditLatency {
  readonly medianMs: number;
  readonly p95Ms: number;
  /** A hover where there is nothing to say: transport and message loop alone. */
  readonly bareMedianMs: number;
  /** User and system time of the server process per edit. */
  readonly cpuMs: number;
}

export async function measureEdits(path: string, edits: number): Promise<EditLatency> {
  const server = await BenchServer.start();
  await server.open(path, readFileSync(path, 'utf8'));
  const times: number[] = [];
  const bare: number[] = [];
  let cpuBefore = 0;
  for (let edit = 0; edit < WARM_UP + edits; edit++) {
    if (edit === WARM_UP) cpuBefore = server.cpuMs;
    const elapsed = await timeEdit(server, path, edit);
    const idle = await timeBareRequest(server, path);
    if (edit < WARM_UP) continue;
    times.push(elapsed);
    bare.push(idle);
  }
  const cpuMs = (server.cpuMs - cpuBefore) / edits;
  await server.stop();
  return { medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95), bareMedianMs: quantile(bare, 0.5), cpuMs };
}

/** Types a comment into the empty line it first makes at the top, so that the place of everything below moves. Milliseconds. */
export async function timeEdit(server: BenchServer, path: string, edit: number): Promise<number> {
  const start = { line: 0, character: edit === 0 ? 0 : 2 };
  const begin = performance.now();
  await server.edit(path, edit + 1, start, start, edit === 0 ? '//\n' : 'x');
  await server.pull(path);
  return performance.now() - begin;
}

async function timeBareRequest({ connection }: BenchServer, path: string): Promise<number> {
  const begin = performance.now();
  await connection.sendRequest(HoverRequest.type, { textDocument: { uri: uriOf(path) }, position: { line: 0, character: 0 } });
  return performance.now() - begin;
}
