/**
 * A thread of Node in the guise of a browser's worker: the code runs where there is nothing but what a browser has, so that the
 * slightest use of Node fails. `workerData`: the code, and whether it may start workers of its own.
 */
import vm from 'node:vm';
import { MessageChannel, parentPort, Worker, workerData } from 'node:worker_threads';

const { code, mayStartWorkers } = workerData;
const urls = new Map();

class BrowserWorker {
  constructor(url) {
    this.thread = urls.get(url).then((text) => {
      const thread = new Worker(new URL(import.meta.url), { workerData: { code: text, mayStartWorkers: false } });
      thread.on('message', (data) => this.onmessage?.({ data }));
      thread.on('error', (error) => this.onerror?.({ message: error.message, preventDefault() {} }));
      return thread;
    });
  }

  postMessage(data) {
    this.thread.then((thread) => thread.postMessage({ data, ports: [] }));
  }

  terminate() {
    this.thread.then((thread) => thread.terminate());
  }
}

class BrowserUrl extends URL {
  static createObjectURL(blob) {
    const url = `blob:${urls.size}`;
    urls.set(url, blob.text());
    return url;
  }

  static revokeObjectURL() {}
}

const { Blob, DecompressionStream, Response, TextDecoder, TextEncoder, atob, btoa, clearTimeout, performance, queueMicrotask, setTimeout } =
  globalThis;
const scope = {
  ...{ Blob, DecompressionStream, Response, TextDecoder, TextEncoder, atob, btoa, clearTimeout, performance, queueMicrotask, setTimeout },
  ...{ MessageChannel, URL: BrowserUrl, console },
  ...(mayStartWorkers ? { Worker: BrowserWorker } : {}),
  onmessage: null,
  postMessage: (data) => parentPort.postMessage(data),
  close: () => process.exit(),
};
scope.self = scope;
urls.set('blob:bundle', Promise.resolve(code));

parentPort.on('message', (event) => scope.onmessage?.(event));
vm.runInNewContext(code, scope, { filename: 'bundle.js' });
