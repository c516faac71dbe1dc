/** The language server's host in a browser: files come from the client, the analysis runs in a worker of the server's worker. */
import type { Logger } from '../base/index.ts';
import {
  createSettler,
  createWorkerPool,
  Deadlines,
  explainRule,
  MemoryFiles,
  type WorkerEvents,
  type WorkerService,
  type WorkerThread,
} from '../host/index.ts';
import type { ClientReadFiles, ServerHost, WantedFiles } from '../lsp/index.ts';
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
  let listener: (wanted: WantedFiles) => void = () => {};
  const memory = new MemoryFiles({ readsPackages: false, onWanted: () => setTimeout(askForOwn) });
  const askForOwn = (): void => {
    const wanted = memory.takeWanted();
    if (wanted !== undefined) listener(wanted);
  };
  const files = {
    snapshot: () => memory.snapshot(),
    reconsider: (paths: readonly string[]) => memory.reconsider(paths),
    want: (wanted: WantedFiles) => listener(wanted),
  };
  const service = createWorkerPool({ startWorker, logger, workers: WORKERS, deadlines: new Deadlines(), files, deadlineMs });
  return {
    version,
    service,
    fileSystem: memory,
    logger,
    settle: createSettler(memory),
    explain: explainRule,
    ruleUrl,
    parallelism: 2 * WORKERS,
    clientFiles: clientFilesOf(memory, service, (each) => {
      listener = each;
    }),
    quarantined: () => service.quarantined(),
    debugLines: () => [
      'in a browser',
      `workers ${service.threads.alive} of ${WORKERS}, replaced ${service.threads.replaced}`,
      memory.describe(),
    ],
  };
}

function clientFilesOf(memory: MemoryFiles, service: WorkerService, onWanted: ClientReadFiles['onWanted']): ClientReadFiles {
  return {
    onWanted,
    provide(files) {
      memory.provide(files);
      service.provide(files);
    },
  };
}
