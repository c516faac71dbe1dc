/**
 * A process that reviews one text with the tiny analysis in a worker and prints what came of it, for tests that take the
 * processor away from the whole of it. Arguments: worker, deadline in milliseconds, text.
 */
import { neverCancelled } from '../../src/base/index.ts';
import { silentLogger } from '../../src/host/index.ts';
import { createWorkerService } from '../../src/node/index.ts';

const [workerFile, deadlineMs, text] = process.argv.slice(2);
const assets = { grammars: '', facts: '' };
const service = createWorkerService({ workerFile, assets, logger: silentLogger, workers: 1, deadlineMs: Number(deadlineMs) });
service.open({ path: '/w/a.go', version: 1, text });
void service.review(['/w/a.go'], neverCancelled).then(async ({ findings, skipped }) => {
  console.log(JSON.stringify({ findings: findings.length, skipped, replaced: service.threads.replaced }));
  await service.dispose();
});
