/**
 * Files that killed workers, or the whole process: after the second time they are put aside, visibly, until they change or
 * somebody wants them tried again. Where the host keeps a journal this outlives the process.
 */
import type { Skipped } from '../review/index.ts';

/** Remembers, from one process to the next, which files are put aside and which were under review when a process died. */
export interface Journal {
  /** Why the file with this text is put aside; `openText` stands for the file on disk. */
  reasonFor(path: string, openText: string | undefined): string | undefined;
  /** The file is under review until the returned function is called. */
  watch(path: string, openText: string | undefined): () => void;
  putAside(path: string, openText: string | undefined, why: string): void;
  readmit(path: string): void;
}

const MAX_STRIKES = 2;

export class Quarantine {
  private readonly strikes = new Map<string, number>();
  private readonly reasons = new Map<string, string>();

  constructor(
    private readonly textOf: (path: string) => string | undefined,
    private readonly journal?: Journal,
  ) {}

  /** Whether the file is put aside from now on. */
  strike(path: string, reason: string): boolean {
    const strikes = (this.strikes.get(path) ?? 0) + 1;
    this.strikes.set(path, strikes);
    if (strikes < MAX_STRIKES) return false;
    const why = `put aside: twice ${reason}`;
    this.reasons.set(path, why);
    this.journal?.putAside(path, this.textOf(path), why);
    return true;
  }

  /** The file changed: it gets one more chance, not two, because a user who types in it would otherwise keep the workers busy dying. */
  forgive(path: string): void {
    if (this.reasons.delete(path)) this.strikes.set(path, MAX_STRIKES - 1);
  }

  /** Somebody wants it: as if nothing had been. */
  readmit(path: string): void {
    this.reasons.delete(path);
    this.strikes.delete(path);
    this.journal?.readmit(path);
  }

  skipped(path: string): Skipped | undefined {
    const why = this.reasons.get(path) ?? this.journal?.reasonFor(path, this.textOf(path));
    if (why === undefined) return undefined;
    this.reasons.set(path, why);
    return { path, why };
  }

  /** To be called when the file's review begins (if it is one), and the result when it is over. */
  watch(path: string | undefined): () => void {
    return (path === undefined ? undefined : this.journal?.watch(path, this.textOf(path))) ?? (() => {});
  }

  all(): readonly Skipped[] {
    return [...this.reasons].map(([path, why]) => ({ path, why }));
  }
}
