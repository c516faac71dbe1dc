/** What a worker thread of Node runs: the worker's side of the pool on the thread's own port. */
import { parentPort, workerData } from 'node:worker_threads';
import { MemoryFiles, type Signals, type ToWorker, WorkerSide, withForeignFiles } from '../host/index.ts';
import { createNodeFileSystem } from './file-system.ts';
import type { SessionFactory } from './session.ts';
import { Signal, type WorkerData } from './worker-data.ts';

/** Runs until the worker is terminated. Rejects, and so ends the worker, when the session cannot be made. */
export async function runWorker(createSession: SessionFactory): Promise<void> {
  const port = parentPort;
  if (port === null) throw new Error('not a worker thread');
  const data: WorkerData = workerData;
  const foreign = new MemoryFiles({ readsPackages: true });
  const session = await createSession(withForeignFiles(createNodeFileSystem(), foreign), data.assets, foreign);
  const side = new WorkerSide(
    session,
    { send: (message) => port.postMessage(message), close: () => port.close() },
    sharedSignals(new Int32Array(data.signals)),
    foreign,
  );
  port.on('message', (message: ToWorker) => side.receive(message));
  port.postMessage({ kind: 'ready' });
}

function sharedSignals(cells: Int32Array): Signals {
  return {
    isCancelled: (job) => Atomics.load(cells, Signal.cancelledJob) === job,
    isPaused: (job) => Atomics.load(cells, Signal.pausedJob) === job,
  };
}
