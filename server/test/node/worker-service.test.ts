import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { CancellationSource, neverCancelled } from '../../src/base/index.ts';
import { silentLogger, type WorkerService } from '../../src/host/index.ts';
import { createWorkerService, type WorkerServiceOptions } from '../../src/node/index.ts';
import { DISTRIBUTION } from '../support/distribution.ts';
import { startReview } from '../support/starved.ts';

const directory = mkdtempSync(join(tmpdir(), 'escapement-'));
const services: WorkerService[] = [];
const workerFile = join(DISTRIBUTION, 'bug-worker.js');

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.dispose()));
});

afterAll(() => rmSync(directory, { recursive: true }));

function start(options: Partial<WorkerServiceOptions> = {}): WorkerService {
  const assets = { grammars: directory, facts: '' };
  const service = createWorkerService({ workerFile, assets, logger: silentLogger, workers: 2, ...options });
  services.push(service);
  return service;
}

function put(service: WorkerService, texts: Readonly<Record<string, string>>): string[] {
  for (const [path, text] of Object.entries(texts)) service.open({ path, version: 1, text });
  return Object.keys(texts);
}

/** Names of files with findings. */
async function bugsIn(service: WorkerService, paths: readonly string[]): Promise<readonly string[]> {
  return (await service.review(paths, neverCancelled)).findings.map(({ path }) => path);
}

function madeFile(path: string): Promise<void> {
  return expect.poll(() => existsSync(path), { timeout: 15_000, interval: 5 }).toBe(true);
}

describe('worker service', () => {
  it('reviews open documents and files on disk', async () => {
    const service = start();
    const onDisk = join(directory, 'disk.go');
    writeFileSync(onDisk, '// BUG\n');
    const paths = [...put(service, { '/w/a.go': '// BUG\n', '/w/b.go': '// fine\n' }), onDisk];
    expect(await service.review(paths, neverCancelled)).toMatchObject({ files: 3, faults: [], skipped: [] });
    expect(await bugsIn(service, paths)).toEqual([onDisk, '/w/a.go'].sort());
  });

  it('gives the same review whatever the number of workers', async () => {
    const texts = Object.fromEntries(Array.from({ length: 120 }, (_, i) => [`/w/${i % 13}/f${i}.go`, '// BUG BUG\n'.repeat(i % 3)]));
    const [one, three] = [start({ workers: 1 }), start({ workers: 3 })];
    const reviews = await Promise.all([one, three].map((service) => service.review(put(service, texts), neverCancelled)));
    expect(JSON.stringify(reviews[0])).toBe(JSON.stringify(reviews[1]));
    expect(reviews[0].findings).toHaveLength(240);
  });

  it('discovers files', async () => {
    writeFileSync(join(directory, 'found.go'), '');
    const { files } = await start().discover([directory], neverCancelled);
    expect(files).toContain(join(directory, 'found.go'));
  });

  it('keeps a fault to its file', async () => {
    const service = start();
    const paths = put(service, { '/w/a.go': '// BOOM\n', '/w/b.go': '// BUG\n' });
    expect(await service.review(paths, neverCancelled)).toMatchObject({
      faults: [{ path: '/w/a.go', message: 'boom' }],
      findings: [{ path: '/w/b.go' }],
    });
  });

  it('puts a file aside that hangs twice, and reviews the others', async () => {
    const service = start({ deadlineMs: 100 });
    const paths = put(service, { '/w/a.go': '// BUG\n', '/w/b.go': '// HANG\n', '/w/c.go': '// BUG\n', '/x/d.go': '// BUG\n' });
    const review = await service.review(paths, neverCancelled);
    expect(review.skipped).toEqual([{ path: '/w/b.go', why: 'put aside: twice took longer than 0.3 s' }]);
    expect(review.findings.map(({ path }) => path)).toEqual(['/w/a.go', '/w/c.go', '/x/d.go']);
    expect(service.threads.replaced).toBe(2);
    expect(service.quarantined()).toEqual(review.skipped);
  });

  it('lets a file be that had no processor for longer than its deadline', async () => {
    const starved = await startReview(200, 'BUSY 100 BUG', join(directory, 'starved'));
    starved.process.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    starved.process.kill('SIGCONT');
    expect(await starved.outcome).toEqual({ findings: 1, skipped: [], replaced: 0 });
  });

  it('puts a file aside that kills its worker twice, until it changes', async () => {
    const service = start();
    const paths = put(service, { '/w/a.go': '// CRASH\n', '/w/b.go': '// BUG\n' });
    const review = await service.review(paths, neverCancelled);
    expect(review.skipped).toMatchObject([{ path: '/w/a.go', why: expect.stringContaining('crashed the analysis') }]);
    expect(await bugsIn(service, paths)).toEqual(['/w/b.go']);
    expect(service.threads.replaced).toBe(2);
    service.change({ path: '/w/a.go', version: 2, text: '// BUG\n' });
    expect(await bugsIn(service, paths)).toEqual(['/w/a.go', '/w/b.go']);
  });

  it('tells a new worker what the old one knew', async () => {
    const service = start({ workers: 1 });
    await service.configure({ rules: { bug: 'warning' }, ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: false });
    const [bad, good] = put(service, { '/w/a.go': '// CRASH\n', '/w/b.go': '// BUG\n' });
    await service.review([bad], neverCancelled);
    expect(await bugsIn(service, [good])).toEqual([good]);
    await service.configure({
      rules: { other: 'warning' },
      ruleOptions: {},
      goos: 'linux',
      goarch: 'amd64',
      tags: [],
      showPossible: false,
    });
    expect(await bugsIn(service, [good])).toEqual([]);
  });

  it('cancels a review that runs and one that waits', async () => {
    const service = start({ workers: 1 });
    const begun = join(directory, 'cancelled');
    const [slow, other] = put(service, { '/w/a.go': `// BEGUN ${begun} UNTIL ${directory}/never\n`, '/w/b.go': '// BUG\n' });
    const source = new CancellationSource();
    const both = [service.review([slow], source.token), service.review([other], source.token)];
    const rejected = both.map((each) => expect(each).rejects.toThrow('cancelled'));
    await madeFile(begun);
    source.cancel();
    await Promise.all(rejected);
    expect(await bugsIn(service, [other])).toEqual([other]);
    expect(service.threads.replaced).toBe(0);
  });

  it('tells of each file as it is done, so that a cancellation loses only the one at work', async () => {
    const service = start({ workers: 1 });
    const begun = join(directory, 'heard');
    const paths = put(service, { '/w/a.go': '// BUG\n', '/w/b.go': `// BEGUN ${begun} UNTIL ${directory}/never\n`, '/w/c.go': '// BUG\n' });
    const source = new CancellationSource();
    const heard: string[] = [];
    const review = service.review(paths, source.token, (path, { findings }) => heard.push(`${path}: ${findings.length}`));
    const rejected = expect(review).rejects.toThrow('cancelled');
    await madeFile(begun);
    await expect.poll(() => heard.length).toBe(1);
    source.cancel();
    await rejected;
    expect(heard).toEqual(['/w/a.go: 1']);
  });

  it('lets an urgent file pass a long scan', async () => {
    const service = start({ workers: 1 });
    const [begun, go] = [join(directory, 'scanned'), join(directory, 'go')];
    const first = { '/w/f0.go': `// BEGUN ${begun} UNTIL ${go}\n` };
    const scanned = put(service, { ...first, ...Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`/w/f${i + 1}.go`, ''])) });
    const [urgent] = put(service, { '/w/now.go': '// BUG\n' });
    const order: string[] = [];
    const scan = service.review(scanned, neverCancelled).then(({ files }) => order.push(`scan of ${files}`));
    await madeFile(begun);
    const asked = bugsIn(service, [urgent]).then(() => order.push('urgent'));
    writeFileSync(go, '');
    await asked;
    await scan;
    expect(order).toEqual(['urgent', 'scan of 10']);
  });

  it('leaves a file of a scan half reviewed for an urgent one, but not for ever', async () => {
    const service = start({ workers: 1 });
    const [begun, go] = [join(directory, 'in-hand'), join(directory, 'let-go')];
    const scanned = put(service, { '/w/f0.go': `// BEGUN ${begun} UNTIL ${go} BUG\n`, '/w/f1.go': '' });
    const [urgent] = put(service, { '/w/now.go': '// BUG\n' });
    const scan = bugsIn(service, scanned);
    for (let times = 0; times < 3; times++) {
      await madeFile(begun);
      rmSync(begun);
      expect(await bugsIn(service, [urgent])).toEqual([urgent]);
    }
    await madeFile(begun);
    const order: string[] = [];
    const asked = bugsIn(service, [urgent]).then(() => order.push('urgent'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push('let go');
    writeFileSync(go, '');
    await asked;
    expect(order).toEqual(['let go', 'urgent']);
    expect(await scan).toEqual(['/w/f0.go']);
  });

  it('leaves a walk over a tree for an urgent file, and begins it anew', async () => {
    const service = start({ workers: 1 });
    const tree = join(directory, 'tree');
    mkdirSync(tree);
    for (const name of ['a.go', 'closed']) writeFileSync(join(tree, name), '');
    const walk = service.discover([tree], neverCancelled);
    const [urgent] = put(service, { '/w/now.go': '// BUG\n' });
    expect(await bugsIn(service, [urgent])).toEqual([urgent]);
    rmSync(join(tree, 'closed'));
    expect((await walk).files).toEqual([join(tree, 'a.go')]);
  });

  it('gives up with a reason when no worker can start', async () => {
    const broken = join(directory, 'broken.js');
    writeFileSync(broken, 'throw new Error("no grammar");');
    const service = start({ workerFile: broken });
    await expect(service.review(['/w/a.go'], neverCancelled)).rejects.toThrow('the analysis does not start');
    await expect(service.discover(['/w'], neverCancelled)).rejects.toThrow('no grammar');
  });

  it('ends what is under way when it is disposed', async () => {
    const service = start();
    const begun = join(directory, 'ended');
    const ended = expect(service.review(put(service, { '/w/a.go': `// BEGUN ${begun} HANG\n` }), neverCancelled)).rejects.toThrow(
      'cancelled',
    );
    await madeFile(begun);
    await service.dispose();
    await ended;
    expect(service.threads.alive).toBe(0);
  });
});
