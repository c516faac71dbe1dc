/** The bundle in the role of the server: LSP over a message port, as the browser's connections speak it. */
import { createConnection, type WatchDog } from 'vscode-languageserver';
import { BrowserMessageReader, BrowserMessageWriter, createProtocolConnection } from 'vscode-languageserver-protocol/browser';
import { connectionLogger } from '../host/index.ts';
import { startServer, type WebServerStart } from '../lsp/index.ts';
import { AnalysisWorker } from './analysis-worker.ts';
import { createWebHost } from './host.ts';
import { type BrowserWorker, type BrowserWorkerEvents, mayStartWorkers, type Platform } from './platform.ts';
import { SameThread } from './same-thread.ts';

/** Listens on `port`, which keeps what comes before, and ends the worker after `exit`. */
export async function serve(version: string, { bundle, assets }: WebServerStart, port: MessagePort, platform: Platform): Promise<void> {
  const mayStart = await mayStartWorkers(platform);
  const watchDog: WatchDog = { shutdownReceived: false, initialize() {}, exit: () => platform.scope.close() };
  const reader = new BrowserMessageReader(port);
  const connection = createConnection((logger) => createProtocolConnection(reader, new BrowserMessageWriter(port), logger), watchDog);
  const start = (events: BrowserWorkerEvents): BrowserWorker =>
    mayStart && platform.startWorker ? platform.startWorker(bundle, events) : new SameThread(events);
  const logger = connectionLogger(connection);
  startServer(connection, createWebHost({ version, logger, startWorker: (events) => new AnalysisWorker(start, assets, events) }));
  if (!mayStart) logger.warn('this browser lets workers start no workers: the analysis runs beside the server, and without deadlines');
}
