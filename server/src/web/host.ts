/** The language server's host in a browser: files come from the client, the analysis runs in a worker of the server's worker. */
import type { Logger } from '../base/index.ts';
import {
  createSettler,
  createWorkerPool,
  Deadlines,
  explainRule,
  shareFiles,
  type WorkerEvents,
  type WorkerThread,
} from '../host/index.ts';
import type { ServerHost } from '../lsp/index.ts';
import { ruleUrl } from '../rules/index.ts';

export interface WebHostOptions {
  /** Of the product. */
  readonly version: string;
  readonly logger: Logger;
  readonly startWorker: (events: WorkerEvents) => WorkerThread;
  /** Time for one file, as `Deadlines` counts it. Default 10,000. */
  readonly deadlineMs?: number;
}

/** Each worker would hold all files once more. */
const WORKERS = 1;

export function createWebHost({ version, logger, startWorker, deadlineMs }: WebHostOptions): ServerHost {
  const shared = shareFiles(() => true);
  const { memory, ofPool } = shared;
  const service = createWorkerPool({ startWorker, logger, workers: WORKERS, deadlines: new Deadlines(), files: ofPool, deadlineMs });
  return {
    version,
    service,
    fileSystem: memory,
    logger,
    settle: createSettler(memory),
    explain: explainRule,
    ruleUrl,
    parallelism: 2 * WORKERS,
    clientFiles: shared.ofClient(service),
    quarantined: () => service.quarantined(),
    debugLines: () => [
      'in a browser',
      `workers ${service.threads.alive} of ${WORKERS}, replaced ${service.threads.replaced}`,
      memory.describe(),
    ],
  };
}
