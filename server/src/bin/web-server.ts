/**
 * Entry of the worker in a browser. The same bundle is the server and the analysis that the server starts, whichever the first
 * message says: a second file would hold most of the first again.
 */
import type { WebServerStart } from '../lsp/index.ts';
import { type AnalysisStart, type BrowserWorker, type BrowserWorkerEvents, type Platform, serve, startAnalysis } from '../web/index.ts';

declare const ESCAPEMENT_VERSION: string;
declare const self: DedicatedWorkerGlobalScope;

const platform: Platform = { scope: self, startWorker: typeof Worker === 'function' ? startWorker : undefined };

self.onmessage = ({ data, ports }: MessageEvent<WebServerStart | AnalysisStart>) => {
  if (data.role === 'server') {
    void serve(ESCAPEMENT_VERSION, data, ports[0], platform);
    return;
  }
  const receive = startAnalysis(data, self);
  self.onmessage = (event) => receive(event.data);
};

function startWorker(url: string, { onMessage, onError }: BrowserWorkerEvents): BrowserWorker {
  const worker = new Worker(url, { name: 'Escapement analysis' });
  worker.onmessage = ({ data }) => onMessage(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onError(event.message || 'it could not be loaded');
  };
  return worker;
}
