/** The language server's host on Node. */
import { availableParallelism } from 'node:os';
import { isForeign, type Logger } from '../base/index.ts';
import { createSettler, explainRule, type Journal, shareFiles, withForeignFiles } from '../host/index.ts';
import type { ServerHost } from '../lsp/index.ts';
import { ruleUrl } from '../rules/index.ts';
import { dependencyLines } from './dependencies.ts';
import { ownDistribution } from './distribution.ts';
import { createNodeFileSystem } from './file-system.ts';
import { createWorkerService, defaultWorkers } from './worker-service.ts';

export interface NodeHostOptions {
  /** Of the product. */
  readonly version: string;
  readonly logger: Logger;
  /** Most worker threads. Default: one less than processors, four at most. */
  readonly jobs?: number;
  /** Keeps what is put aside beyond the process; none by default. */
  readonly journal?: Journal;
  /** Processor time for one file. Default 10,000. */
  readonly deadlineMs?: number;
  /** Default: the distribution beside this bundle. */
  readonly distribution?: ReturnType<typeof ownDistribution>;
}

export function createNodeHost({ version, logger, jobs, journal, deadlineMs, distribution }: NodeHostOptions): ServerHost {
  const shared = shareFiles(isForeign);
  const fileSystem = withForeignFiles(createNodeFileSystem(), shared.memory);
  const workers = jobs ?? defaultWorkers();
  const service = createWorkerService({
    ...(distribution ?? ownDistribution()),
    logger,
    workers,
    journal,
    deadlineMs,
    files: shared.ofPool,
  });
  return {
    version,
    service,
    fileSystem,
    logger,
    settle: createSettler(fileSystem),
    explain: explainRule,
    ruleUrl,
    parallelism: 2 * workers,
    clientFiles: shared.ofClient(service),
    quarantined: () => service.quarantined(),
    readmit: (path) => service.readmit(path),
    debugLines: (roots) => [
      `node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} processors`,
      `threads ${service.threads.alive} of ${workers}, replaced ${service.threads.replaced}`,
      `memory ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MiB`,
      ...dependencyLines(fileSystem, roots, false),
    ],
  };
}
