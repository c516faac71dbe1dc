/** What the server uses of a browser, named here so that its code needs no global of one and runs in tests. */

/** A worker as seen from outside. */
export interface BrowserWorker {
  postMessage(message: unknown): void;
  /** Wherever it is. */
  terminate(): void;
}

export interface BrowserWorkerEvents {
  onMessage(data: unknown): void;
  /** It could not be loaded, or something in it was thrown and not caught; a phrase. */
  onError(reason: string): void;
}

/** The scope of a worker as seen from inside. */
export interface WorkerScope {
  postMessage(message: unknown): void;
  close(): void;
}

export interface Platform {
  readonly scope: WorkerScope;
  /** Starts a worker from a URL; throws where that is not allowed. Absent where workers cannot start any. */
  readonly startWorker: ((url: string, events: BrowserWorkerEvents) => BrowserWorker) | undefined;
}

/** A page that forbids workers need not say so. */
const PATIENCE_MS = 5000;

/** Whether workers may start workers here. Some browsers lack them, and a page may forbid them. */
export async function mayStartWorkers({ startWorker }: Platform): Promise<boolean> {
  if (startWorker === undefined) return false;
  const url = URL.createObjectURL(new Blob(['postMessage(0)'], { type: 'text/javascript' }));
  try {
    return await new Promise<boolean>((resolve) => {
      const end = (answer: boolean): void => {
        resolve(answer);
        worker.terminate();
      };
      const worker = startWorker(url, { onMessage: () => end(true), onError: () => end(false) });
      setTimeout(() => end(false), PATIENCE_MS);
    });
  } catch {
    return false;
  } finally {
    URL.revokeObjectURL(url);
  }
}
