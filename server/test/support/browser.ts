/** The web server's bundle in a thread that has nothing but what a browser has, and a client at the other end of its port. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, Worker } from 'node:worker_threads';
import { createProtocolConnection, PortMessageReader, PortMessageWriter } from 'vscode-languageserver-protocol/node';
import { READ_FILES_REQUEST, type ReadFilesParams, type ReadFilesResult, type Settings, type WebServerStart } from '../../src/lsp/index.ts';
import { DISTRIBUTION } from './distribution.ts';
import { connectTestClient, type TestClient } from './lsp-client.ts';

export interface BrowserOptions {
  /** URIs to texts; what the client can read. */
  readonly files?: Readonly<Record<string, string>>;
  readonly root?: string;
  readonly settings?: Settings;
  /** Default true. */
  readonly mayStartWorkers?: boolean;
  /** Awaited before each reading of files. */
  readonly beforeReading?: () => Promise<void>;
}

export interface BrowserClient extends TestClient {
  /** All URIs that the server asked for, in order. */
  readonly asked: string[];
}

export async function startBrowserClient(options: BrowserOptions = {}): Promise<BrowserClient> {
  const code = readFileSync(join(DISTRIBUTION, 'web/server.js'), 'utf8');
  const mayStartWorkers = options.mayStartWorkers ?? true;
  const thread = new Worker(new URL('browser-scope.mjs', import.meta.url), { workerData: { code, mayStartWorkers } });
  const { port1, port2 } = new MessageChannel();
  const facts = readdirSync(join(DISTRIBUTION, 'facts'));
  const start: WebServerStart = {
    role: 'server',
    bundle: 'blob:bundle',
    assets: {
      grammar: readFileSync(join(DISTRIBUTION, 'grammars/go-tables.bin')),
      facts: Object.fromEntries(facts.map((name) => [name, readFileSync(join(DISTRIBUTION, 'facts', name))])),
    },
  };
  thread.postMessage({ data: start, ports: [port2] }, [port2]);
  const connection = createProtocolConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
  const asked: string[] = [];
  connection.onRequest(READ_FILES_REQUEST, async (params: ReadFilesParams) => {
    asked.push(...params.directories, ...params.files);
    await options.beforeReading?.();
    return readFrom(options.files ?? {}, params);
  });
  const stop = async (): Promise<void> => {
    await thread.terminate();
    port1.close();
  };
  const client = await connectTestClient(connection, { ...options, initializationOptions: { readsFiles: true } }, [], stop);
  return Object.assign(client, { asked });
}

/** As an editor answers that holds these files and no others. */
export function readFrom(files: Readonly<Record<string, string>>, params: ReadFilesParams): ReadFilesResult {
  return {
    directories: params.directories.map((uri) => {
      const prefix = uri.endsWith('/') ? uri : `${uri}/`;
      const below = Object.keys(files).filter((each) => each.startsWith(prefix));
      const names = new Map(below.map((each) => each.slice(prefix.length).split('/')).map(([name, ...rest]) => [name, rest.length > 0]));
      return names.size === 0 ? null : [...names].map(([name, isDirectory]) => ({ name, kind: isDirectory ? 'directory' : 'file' }));
    }),
    files: params.files.map((uri) => (Object.hasOwn(files, uri) ? { base64: Buffer.from(files[uri]).toString('base64') } : null)),
  };
}
