/** Escapement on Node: files, worker threads, transports. */
export { createInProcessConnection } from './connections.ts';
export { dependencyLines } from './dependencies.ts';
export { distributionIn } from './distribution.ts';
export { createNodeFileSystem } from './file-system.ts';
export { createGoSession } from './session.ts';
export { connectInProcess, serveProcess } from './start.ts';
export { runWorker } from './worker-main.ts';
export { createWorkerService, type WorkerServiceOptions } from './worker-service.ts';
