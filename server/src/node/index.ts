/** Escapement on Node: files, worker threads, transports. */
export { createInProcessConnection, type Transport } from './connections.ts';
export { type Distribution, distributionIn, ownDistribution } from './distribution.ts';
export { createNodeFileSystem } from './file-system.ts';
export { createNodeHost, explainRule, type NodeHostOptions } from './host.ts';
export { createLocalService } from './local-service.ts';
export { connectionLogger, silentLogger, stderrLogger } from './logger.ts';
export { type Assets, createGoSession, type SessionFactory } from './session.ts';
export { createSettler } from './settle.ts';
export { connectInProcess, type InProcessServer, serveProcess } from './start.ts';
export { runWorker } from './worker-main.ts';
export { createWorkerService, defaultWorkers, type WorkerService, type WorkerServiceOptions } from './worker-service.ts';
