/** Ways to start the server: in this process for a headless client, or as the process itself for an editor. */
import { join } from 'node:path';
import type { MessageReader, MessageWriter } from 'vscode-languageserver-protocol/node';
import { connectionLogger } from '../host/index.ts';
import { startServer } from '../lsp/index.ts';
import { cacheDirectory } from './cache-directory.ts';
import { createInProcessConnection, createProcessConnection, isAlive, type Transport } from './connections.ts';
import { createJournal } from './crash-journal.ts';
import { processEnvironment } from './go-environment.ts';
import { createNodeHost, type NodeHostOptions } from './host.ts';

export interface InProcessServer {
  /** For `createProtocolConnection`. */
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Ends the workers and closes both ends; without it the process stays alive. */
  dispose(): Promise<void>;
}

/** Starts a server in this process; its analysis runs in worker threads. */
export function connectInProcess(options: NodeHostOptions): InProcessServer {
  const host = createNodeHost(options);
  const { server, reader, writer, dispose } = createInProcessConnection();
  startServer(server, host);
  return {
    reader,
    writer,
    async dispose() {
      await host.service.dispose();
      dispose();
    },
  };
}

/** Starts a server that is this process; `exit` is called once, at its end. */
export function serveProcess(version: string, transport: Transport, exit: (code: number, reason: string) => void): void {
  const directory = cacheDirectory(processEnvironment());
  const journal = directory === undefined ? undefined : createJournal({ directory: join(directory, 'journal'), version, isAlive });
  const end = (code: number, reason: string): void => {
    journal?.close();
    exit(code, reason);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => end(1, signal));
  const connection = createProcessConnection(transport, end);
  startServer(connection, createNodeHost({ version, logger: connectionLogger(connection), journal }));
}
