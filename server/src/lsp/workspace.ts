/**
 * All files of the workspace, or of the targets a headless client named, reviewed package by package. What was reviewed and
 * did not change is not reviewed again, so that a second scan costs a look at each file's entry.
 */
import { type CancellationToken, Cancelled, directoryOf, errorMessage, throwIfCancelled } from '../base/index.ts';
import { type Discovery, type ReviewedParts, type RuleFault, type Skipped, standFor } from '../review/index.ts';
import type { ServerHost } from './host.ts';
import type { ReviewSummary } from './protocol.ts';
import type { FileReview, Reviews } from './reviews.ts';
import { uriOfPath } from './uri.ts';

/** Files that one call reviews at most, so that results stream and cancellation bites. */
const BATCH = 32;

/** The message loop hears nothing for so long at most while a scan goes through what it knows. */
const TURN_MS = 5;

export interface ScanListener {
  /** One package's files, or a part of a large one's. */
  onReviews(reviews: readonly FileReview[]): void;
  onProgress(done: number, total: number): void;
}

export class Workspace {
  /** Absolute paths of files and directories to review. */
  targets: readonly string[] = [];
  /** Of the targets' files those to review; undefined means all. */
  only: ReadonlySet<string> | undefined;
  roots: readonly string[] = [];
  summary: ReviewSummary = { files: 0, faults: [], skipped: [] };
  private found: Discovery | undefined;
  /** Paths of the files of which not all is reviewed. */
  private parts: readonly string[] = [];
  /** Times that files came or went, because a walk may have been by before. */
  private changes = 0;

  constructor(
    private readonly host: ServerHost,
    private readonly reviews: Reviews,
    /** Called with the directories that have a configuration file of their own, before a file of theirs is reviewed. */
    private readonly onConfigured: (directories: readonly string[]) => Promise<void>,
  ) {}

  /** From now on these files are reviewed too. */
  widen(paths: readonly string[]): void {
    this.targets = [...new Set([...this.targets, ...paths])];
    if (this.only !== undefined) this.only = new Set([...this.only, ...paths]);
    this.forgetFiles();
  }

  /** From now on no more than these parts are reviewed. */
  narrow(parts: ReviewedParts): void {
    this.host.service.narrow(parts);
    this.reviews.drop([...new Set([...this.parts, ...parts.keys()])]);
    this.parts = [...parts.keys()];
  }

  /** For clients that tell nothing of files: all that was found is looked up anew. */
  distrustFiles(): void {
    if (this.found === undefined) return;
    this.host.service.invalidate(this.found.files);
    this.reviews.touchAll();
    this.forgetFiles();
  }

  /** Files came or went. */
  forgetFiles(): void {
    this.changes++;
    this.found = undefined;
  }

  /** A document was opened or closed: a file that is nowhere on disk comes and goes with it. */
  documentMoved(path: string, isOpen: boolean): void {
    const { fileSystem } = this.host;
    if (fileSystem.size(path) !== undefined) return;
    // Which modules there are is not known before the walk is over.
    if (this.found === undefined) this.changes++;
    if (this.found === undefined || !standFor(fileSystem, this.reviewed, path)) return;
    this.changes++;
    const others = this.found.files.filter((each) => each !== path);
    this.found = { ...this.found, files: isOpen ? [...others, path].sort() : others };
  }

  private get reviewed(): readonly string[] {
    return this.targets.length > 0 ? this.targets : [...this.roots, ...(this.found?.modules ?? [])];
  }

  /** Absolute paths of the files that a scan reviews, sorted. */
  async files(token: CancellationToken): Promise<readonly string[]> {
    return (await this.find(token)).files;
  }

  /** Rejects with `Cancelled` after what was done until then is told; a package that cannot be reviewed becomes faults in the summary. */
  async scan(token: CancellationToken, listener: ScanListener): Promise<void> {
    const { files, skipped } = await this.find(token);
    const queue = batches(files);
    const made: FileReview[] = [];
    const faults: RuleFault[] = [];
    let turn = performance.now();
    const tell = (reviews: readonly FileReview[]): void => {
      made.push(...reviews);
      listener.onReviews(reviews);
      listener.onProgress(made.length, files.length);
    };
    const work = async (): Promise<void> => {
      for (let batch = queue.shift(); batch !== undefined; batch = queue.shift()) {
        throwIfCancelled(token);
        tell(await this.reviewBatch(batch, token, faults, tell));
        turn = await nextTurn(turn);
      }
    };
    const ends = await Promise.allSettled(Array.from({ length: Math.min(this.host.parallelism, queue.length) }, work));
    this.summary = summarize(made, faults, skipped);
    const failure = ends.find((end) => end.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
  }

  private async find(token: CancellationToken): Promise<Discovery> {
    while (this.found === undefined) {
      const { changes } = this;
      const found = this.targets.length > 0 ? await this.findTargets(token) : await this.findInRoots(token);
      await this.onConfigured(found.configured);
      if (changes === this.changes) this.found = found;
    }
    return this.found;
  }

  private async findTargets(token: CancellationToken): Promise<Discovery> {
    const { only } = this;
    const found = await this.host.service.discover(this.targets, token);
    return only === undefined ? found : { ...found, files: found.files.filter((path) => only.has(path)) };
  }

  /** A folder of an editor is shown as a whole, with the modules in it where the go command would stop, of a go.work or not. */
  private async findInRoots(token: CancellationToken): Promise<Discovery> {
    const files = new Set<string>();
    const skipped: Skipped[] = [];
    const modules = new Set<string>();
    const configured: string[] = [];
    for (let roots = this.roots; roots.length > 0; ) {
      const found = await this.host.service.discover(roots, token);
      for (const file of found.files) files.add(file);
      skipped.push(...found.skipped);
      configured.push(...found.configured);
      roots = found.modules.filter((module) => !modules.has(module));
      for (const module of roots) modules.add(module);
    }
    return { files: [...files].sort(), skipped, modules: [...modules], configured };
  }

  private async reviewBatch(
    paths: readonly string[],
    token: CancellationToken,
    faults: RuleFault[],
    salvage: (reviews: readonly FileReview[]) => void,
  ): Promise<FileReview[]> {
    try {
      return await this.reviews.files(paths, token, salvage);
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const message = errorMessage(error);
      this.host.logger.error(`review of ${paths.length} files failed: ${message}`);
      faults.push(...paths.map((path) => ({ path, ruleId: undefined, message })));
      return [];
    }
  }
}

/** What is known already costs no waiting, and a scan of nothing else would keep the message loop from hearing keys. */
async function nextTurn(since: number): Promise<number> {
  if (performance.now() - since < TURN_MS) return since;
  await new Promise((resolve) => setTimeout(resolve));
  return performance.now();
}

function batches(files: readonly string[]): string[][] {
  const result: string[][] = [];
  let last: string[] = [];
  for (const file of files) {
    const joins = last.length > 0 && last.length < BATCH && directoryOf(last[0]) === directoryOf(file);
    if (joins) last.push(file);
    else {
      last = [file];
      result.push(last);
    }
  }
  return result;
}

function summarize(reviews: readonly FileReview[], failed: readonly RuleFault[], undiscovered: readonly Skipped[]): ReviewSummary {
  const faults = [...reviews.flatMap((review) => review.faults), ...failed].sort(byPath);
  const skipped = [...reviews.flatMap((review) => review.skipped), ...undiscovered].sort(byPath);
  return {
    files: reviews.filter((review) => review.skipped.length === 0).length,
    faults: faults.map(({ path, ruleId, message }) => ({
      uri: uriOfPath(path),
      ...(ruleId === undefined ? {} : { rule: ruleId }),
      message,
    })),
    skipped: skipped.map(({ path, why }) => ({ uri: uriOfPath(path), why })),
  };
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
