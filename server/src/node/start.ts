/** Ways to start the server: in this process for a headless client, or as the process itself for an editor. */
import type { MessageReader, MessageWriter } from 'vscode-languageserver-protocol/node';
import { connectionLogger } from '../host/index.ts';
import { startServer } from '../lsp/index.ts';
import { createInProcessConnection, createProcessConnection, type Transport } from './connections.ts';
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
  const connection = createProcessConnection(transport, exit);
  startServer(connection, createNodeHost({ version, logger: connectionLogger(connection) }));
}
