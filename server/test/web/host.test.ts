/** The host of a browser, with a worker that never answers: deadlines hold there too, as far as time can be told. */
import { describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { silentLogger, type ToWorker, type WorkerEvents, type WorkerThread } from '../../src/host/index.ts';
import { createWebHost } from '../../src/web/host.ts';

const SETTINGS = { rules: {}, ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: false };

/** Reviews every file but those called `hangs.go`, on which it is busy until it is killed. */
class FakeWorker implements WorkerThread {
  readonly isReady = true;
  isBusy = false;

  constructor(
    private readonly events: WorkerEvents,
    private readonly log: string[],
  ) {
    log.push('started');
    queueMicrotask(() => events.onMessage({ kind: 'ready' }));
  }

  send(message: ToWorker): void {
    this.log.push(message.kind);
    if (message.kind !== 'review' || this.isBusy) return;
    for (const path of message.paths) {
      this.isBusy = path.endsWith('hangs.go');
      if (this.isBusy) return;
      this.events.onMessage({ kind: 'reviewed', job: message.job, review: { findings: [], faults: [], files: 1, skipped: [] } });
    }
    this.events.onMessage({ kind: 'done', job: message.job });
  }

  cancel(): void {}
  pause(): void {}
  async stop(): Promise<void> {}
  async kill(): Promise<void> {
    this.log.push('killed');
  }
}

describe('the host in a browser', () => {
  it('kills a worker that hangs, tells the next one what it knew, and puts the file aside', async () => {
    const log: string[] = [];
    const host = createWebHost({ version: '', logger: silentLogger, deadlineMs: 60, startWorker: (events) => new FakeWorker(events, log) });
    await host.service.configure(SETTINGS);
    host.clientFiles?.provide({ directories: [], files: [{ path: '/w/go.mod' }] });
    host.service.open({ path: '/w/hangs.go', version: 1, text: '' });
    const review = await host.service.review(['/w/hangs.go', '/w/fine.go'], neverCancelled);
    expect(review.files).toBe(1);
    expect(review.skipped).toEqual([{ path: '/w/hangs.go', why: expect.stringMatching(/^put aside: twice took longer than 0\.\d+ s$/) }]);
    expect(host.quarantined?.()).toEqual(review.skipped);
    expect(log.filter((each) => each === 'killed')).toHaveLength(2);
    const second = log.slice(log.indexOf('killed'));
    expect(second.slice(0, 5)).toEqual(['killed', 'started', 'provide', 'configure', 'open']);
  });
});
