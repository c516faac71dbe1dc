/** Escapement on Node: files, worker threads, transports. */
export { createInProcessConnection } from './connections.ts';
export { dependencyLines } from './dependencies.ts';
export { distributionIn } from './distribution.ts';
export { createNodeFileSystem } from './file-system.ts';
export { explainRule } from './host.ts';
export { createLocalService } from './local-service.ts';
export { silentLogger } from './logger.ts';
export { createGoSession } from './session.ts';
export { createSettler } from './settle.ts';
export { connectInProcess, serveProcess } from './start.ts';
export { runWorker } from './worker-main.ts';
export { createWorkerService, type WorkerService, type WorkerServiceOptions } from './worker-service.ts';
