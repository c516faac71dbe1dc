/**
 * Reviews of single files, remembered until something they rest on changes. A result is bound to the version of the text it
 * was made from: when the text moves on meanwhile, the review is cancelled and made anew, and the old one never gets out.
 */
import type { Diagnostic } from 'vscode-languageserver';
import { CancellationSource, type CancellationToken, Cancelled, type FileSystem, LineTable, throwIfCancelled } from '../base/index.ts';
import {
  type FileListener,
  type Finding,
  type FixOfFinding,
  judgesAmong,
  type Review,
  type ReviewService,
  type RuleFault,
  type Skipped,
} from '../review/index.ts';
import { rules } from '../rules/index.ts';
import { type Conversion, type PositionedText, toDiagnostic } from './convert.ts';
import type { DocumentStore } from './documents.ts';
import type { PositionEncoding } from './encoding.ts';
import { Generations } from './generations.ts';
import { hashBytes, hashText } from './hash.ts';
import { isPutAside, noticeOf, shownOf } from './notices.ts';
import { uriOfPath } from './uri.ts';

export interface FileReview {
  readonly path: string;
  readonly uri: string;
  /** Null when the file on disk was reviewed. */
  readonly version: number | null;
  /** Of the bytes that positions were computed from; undefined when no position was needed. */
  readonly contentHash: string | undefined;
  readonly findings: readonly Finding[];
  /** One for each finding, in that order; then, why an open document was not reviewed. */
  readonly diagnostics: readonly Diagnostic[];
  /** What the client gets of them. */
  readonly shown: readonly Diagnostic[];
  /** Equal ids mean equal diagnostics of the same version under the same settings. */
  readonly resultId: string;
  readonly faults: readonly RuleFault[];
  readonly skipped: readonly Skipped[];
}

/** A review whose findings have only the fixes that stand. */
export interface StandingReview extends FileReview {
  /** The others, by their index before. */
  readonly refuted: readonly FixOfFinding[];
}

/** The text moved on each time a review of it was ready. */
export class Outdated extends Error {
  constructor() {
    super('the text kept changing');
  }
}

export interface ReviewsParts {
  readonly service: ReviewService;
  readonly documents: DocumentStore;
  readonly fileSystem: FileSystem;
  readonly encoding: () => PositionEncoding;
  readonly ruleUrl: (rule: string) => string;
  readonly settings: { readonly key: string; readonly isEnabled: boolean };
  /** Most diagnostics of one file that the client gets. */
  readonly limit: () => number;
  /** Whether the client also gets what comments keep quiet. */
  readonly takesSuppressed: () => boolean;
}

interface Run {
  readonly promise: Promise<FileReview>;
  attempt: CancellationSource;
  waiting: number;
}

/** Rules whose fixes may not stand. */
const JUDGES: ReadonlySet<string> = new Set(judgesAmong(rules).map(({ id }) => id));
const MAX_ATTEMPTS = 4;

export class Reviews {
  private readonly remembered = new Map<string, { readonly generation: number; readonly review: FileReview }>();
  private readonly runs = new Map<string, Run>();
  private readonly standing = new WeakMap<FileReview, StandingReview>();
  private readonly listeners = new Set<() => void>();
  private readonly generations: Generations;
  private active = 0;
  private activityListener: (isActive: boolean) => void = () => {};
  private putAsideListener: (path: string, why: string) => void = () => {};

  constructor(private readonly parts: ReviewsParts) {
    this.generations = new Generations(
      (path) => parts.documents.at(path) !== undefined,
      () => this.announce(),
    );
  }

  /** Rises with everything that may change a result. */
  get revision(): number {
    return this.generations.current;
  }

  /** An open document changed, came or went, or a closed one on disk. */
  touchDocument(path: string): void {
    this.generations.touch(path);
    this.runs.get(path)?.attempt.cancel();
    this.announce();
  }

  /** Whoever rests on what was touched, anywhere, is stale from now on, and not only after a while. */
  settle(): void {
    this.generations.settle();
  }

  /** Nothing is announced any more. */
  dispose(): void {
    this.generations.dispose();
  }

  touchAll(): void {
    this.generations.touchAll();
    for (const run of this.runs.values()) run.attempt.cancel();
    this.announce();
  }

  /** Calls the listener at every change; gives the way to forget it. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Of the newest text. Rejects with `Cancelled` or `Outdated`, or with the service's error. */
  async file(path: string, token: CancellationToken): Promise<FileReview> {
    if (this.parts.documents.at(path) === undefined) this.settle();
    const known = this.freshReview(path);
    if (known !== undefined && !this.movedOnDisk(known)) return known;
    throwIfCancelled(token);
    const run = this.runs.get(path) ?? this.startRun(path);
    run.waiting++;
    const forget = token.onCancelled?.(() => this.leave(path, run));
    try {
      return await run.promise;
    } finally {
      forget?.();
    }
  }

  /**
   * The review, less the fixes that a second analysis refutes: for whoever offers or makes them. Judged once for each review.
   * Rejects as `file` does.
   */
  async withStandingFixes(path: string, token: CancellationToken): Promise<StandingReview> {
    const review = await this.file(path, token);
    const known = this.standing.get(review);
    if (known !== undefined) return known;
    const isRefutable = review.findings.some(({ ruleId, fixes }) => fixes.length > 0 && JUDGES.has(ruleId));
    const refuted = isRefutable ? await this.parts.service.refutedFixes(path, token) : [];
    throwIfCancelled(token);
    // Whoever turns these fixes into edits takes lines and version from the text as it is now.
    if (this.versionOf(path) !== review.version) throw new Outdated();
    const judged = { ...review, findings: review.findings.map((finding) => withoutFixes(finding, refuted)), refuted };
    if (this.freshReview(path) === review) this.standing.set(review, judged);
    return judged;
  }

  /**
   * Of several files of one package. Files whose text moved on meanwhile are left out: their next review is due anyway. `salvage` gets
   * those that were done when the token was cancelled.
   */
  async files(
    paths: readonly string[],
    token: CancellationToken,
    salvage?: (reviews: readonly FileReview[]) => void,
  ): Promise<FileReview[]> {
    const fresh = new Map(paths.map((path) => [path, this.freshReview(path)]));
    const stale = paths.filter((path) => fresh.get(path) === undefined);
    const made = stale.length === 0 ? [] : await this.reviewFiles(stale, token, salvage);
    for (const review of made) fresh.set(review.path, review);
    return paths.flatMap((path) => fresh.get(path) ?? []);
  }

  /** Lines of texts as they are now; looks each file up once. */
  conversion(): Conversion {
    const texts = new Map<string, PositionedText | undefined>();
    const textOf = (path: string): PositionedText | undefined => {
      if (!texts.has(path)) texts.set(path, this.textNow(path));
      return texts.get(path);
    };
    return { encoding: this.parts.encoding(), textOf };
  }

  /** Calls the listener when the first review begins and when the last one ends. */
  onActivity(listener: (isActive: boolean) => void): void {
    this.activityListener = listener;
  }

  /** Calls the listener each time that a file turns out to be put aside. */
  onPutAside(listener: (path: string, why: string) => void): void {
    this.putAsideListener = listener;
  }

  /** Forgets what is known of files on disk that may have changed. */
  drop(paths: readonly string[]): void {
    for (const path of paths) this.remembered.delete(path);
  }

  private announce(): void {
    for (const listener of this.listeners) listener();
  }

  private freshReview(path: string): FileReview | undefined {
    const known = this.remembered.get(path);
    return known !== undefined && known.generation >= this.generations.of(path) ? known.review : undefined;
  }

  /** Nobody tells us of every change on disk; whoever acts on a closed file's positions must be sure of them. */
  private movedOnDisk(review: FileReview): boolean {
    if (review.version !== null || review.contentHash === undefined) return false;
    const bytes = this.parts.fileSystem.readFile(review.path);
    if (bytes !== undefined && hashBytes(bytes) === review.contentHash) return false;
    this.parts.service.invalidate([review.path]);
    this.drop([review.path]);
    return true;
  }

  private startRun(path: string): Run {
    const run: Run = { promise: Promise.resolve().then(() => this.untilCurrent(path, run)), attempt: new CancellationSource(), waiting: 0 };
    this.runs.set(path, run);
    const end = (): void => {
      if (this.runs.get(path) === run) this.runs.delete(path);
    };
    run.promise.then(end, end);
    return run;
  }

  private leave(path: string, run: Run): void {
    run.waiting--;
    if (run.waiting > 0) return;
    if (this.runs.get(path) === run) this.runs.delete(path);
    run.attempt.cancel();
  }

  private async untilCurrent(path: string, run: Run): Promise<FileReview> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      try {
        const [review] = await this.reviewFiles([path], run.attempt.token);
        if (review !== undefined && (attempt > 0 || this.freshReview(path) === review)) return review;
      } catch (error) {
        if (!(error instanceof Cancelled) || run.waiting === 0) throw error;
      }
      if (run.attempt.token.isCancelled) run.attempt = new CancellationSource();
    }
    throw new Outdated();
  }

  private async reviewFiles(
    paths: readonly string[],
    token: CancellationToken,
    salvage?: (reviews: readonly FileReview[]) => void,
  ): Promise<FileReview[]> {
    const before = paths.map((path) => ({ path, version: this.versionOf(path), generation: this.generations.of(path) }));
    const done = new Map<string, Review>();
    try {
      const onFile: FileListener | undefined = salvage && ((path, review) => void done.set(path, review));
      const review = this.parts.settings.isEnabled ? await this.reviewActively(paths, token, onFile) : EMPTY_REVIEW;
      throwIfCancelled(token);
      this.generations.note(review);
      return this.remember(before, groupByPath(review));
    } catch (error) {
      if (error instanceof Cancelled && salvage !== undefined) {
        for (const review of done.values()) this.generations.note(review);
        salvage(
          [...done].flatMap(([path, review]) =>
            this.remember(
              before.filter((each) => each.path === path),
              groupByPath(review),
            ),
          ),
        );
      }
      throw error;
    }
  }

  /** Those of the texts as they still are. */
  private remember(before: readonly TextBefore[], byPath: ReadonlyMap<string, ReviewParts>): FileReview[] {
    const conversion = this.conversion();
    return before.flatMap(({ path, version, generation }) => {
      if (this.versionOf(path) !== version) return [];
      const result = this.convert(path, byPath.get(path) ?? EMPTY_PARTS, conversion);
      if (generation === this.generations.of(path)) this.remembered.set(path, { generation, review: result });
      return [result];
    });
  }

  private async reviewActively(paths: readonly string[], token: CancellationToken, onFile?: FileListener): Promise<Review> {
    if (this.active++ === 0) this.activityListener(true);
    try {
      return await this.parts.service.review(paths, token, onFile);
    } finally {
      if (--this.active === 0) this.activityListener(false);
    }
  }

  private convert(path: string, parts: ReviewParts, conversion: Conversion): FileReview {
    const document = this.parts.documents.at(path);
    const ofFindings = parts.findings.flatMap((finding) => toDiagnostic(finding, conversion, this.parts.ruleUrl) ?? []);
    const notices = document === undefined ? [] : parts.skipped.flatMap(({ why }) => noticeOf(why) ?? []);
    const diagnostics = [...ofFindings, ...notices];
    const quiet = this.parts.takesSuppressed() ? parts.suppressed : [];
    const besides = quiet.flatMap((finding) => toDiagnostic(finding, conversion, this.parts.ruleUrl) ?? []);
    for (const { why } of parts.skipped) if (isPutAside(why)) this.putAsideListener(path, why);
    const version = document?.version ?? null;
    const text = parts.findings.length + quiet.length > 0 ? conversion.textOf(path) : undefined;
    return {
      path,
      uri: document?.uri ?? uriOfPath(path),
      version,
      contentHash: version === null ? text?.contentHash : undefined,
      findings: parts.findings,
      diagnostics,
      shown: [...shownOf(diagnostics, this.parts.limit()), ...besides],
      resultId: hashText(JSON.stringify([this.parts.settings.key, version, text?.contentHash, diagnostics, besides])),
      faults: parts.faults,
      skipped: parts.skipped,
    };
  }

  private versionOf(path: string): number | null {
    return this.parts.documents.at(path)?.version ?? null;
  }

  private textNow(path: string): PositionedText | undefined {
    const document = this.parts.documents.at(path);
    if (document !== undefined) return { uri: document.uri, version: document.version, lines: document.lines };
    const bytes = this.parts.fileSystem.readFile(path);
    if (bytes === undefined) return undefined;
    return { uri: uriOfPath(path), version: null, lines: new LineTable(bytes, 'lsp'), contentHash: hashBytes(bytes) };
  }
}

/** What a review is about to be made of. */
interface TextBefore {
  readonly path: string;
  readonly version: number | null;
  readonly generation: number;
}

interface ReviewParts {
  readonly findings: Finding[];
  readonly suppressed: Finding[];
  readonly faults: RuleFault[];
  readonly skipped: Skipped[];
}

const EMPTY_PARTS: ReviewParts = { findings: [], suppressed: [], faults: [], skipped: [] };
const EMPTY_REVIEW: Review = { findings: [], faults: [], files: 0, skipped: [] };

function groupByPath(review: Review): Map<string, ReviewParts> {
  const groups = new Map<string, ReviewParts>();
  const groupOf = (path: string): ReviewParts => {
    const group = groups.get(path) ?? { findings: [], suppressed: [], faults: [], skipped: [] };
    groups.set(path, group);
    return group;
  };
  for (const finding of review.findings) groupOf(finding.path).findings.push(finding);
  for (const finding of review.suppressed ?? []) groupOf(finding.path).suppressed.push(finding);
  for (const fault of review.faults) groupOf(fault.path).faults.push(fault);
  for (const skipped of review.skipped) groupOf(skipped.path).skipped.push(skipped);
  return groups;
}

function withoutFixes(finding: Finding, refuted: readonly FixOfFinding[]): Finding {
  const gone = refuted.filter(({ fingerprint }) => fingerprint === finding.fingerprint).map(({ fix }) => fix);
  return gone.length === 0 ? finding : { ...finding, fixes: finding.fixes.filter((_, i) => !gone.includes(i)) };
}
