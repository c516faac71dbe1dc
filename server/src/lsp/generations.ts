/**
 * When what was found in a file may have become something else. Everything that changes makes a new generation; a review that was made
 * before the newest one that counts for its file is stale.
 */
import { directoryOf } from '../base/index.ts';
import type { Review } from '../review/index.ts';

/** Without a key for so long, closed files that rest on what was typed are worth a look. */
const SETTLED_MS = 1000;

export class Generations {
  private newest = 0;
  private ofAll = 0;
  private ofOpen = 0;
  private readonly ofDirectories = new Map<string, number>();
  /** Of directories whose changes count for packages elsewhere too; and those that changed and do not yet. */
  private readonly settled = new Map<string, number>();
  private readonly unsettled = new Set<string>();
  /** By directory: those of other packages that its files rest on. */
  private readonly restsOn = new Map<string, Set<string>>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** `onSettled` is called when closed files may have become stale without anybody having said so. */
  constructor(
    private readonly isOpen: (path: string) => boolean,
    private readonly onSettled: () => void,
  ) {}

  /** Rises with everything that may change a result. */
  get current(): number {
    return this.newest;
  }

  /** A review that was made in an earlier one is stale. */
  of(path: string): number {
    const directory = directoryOf(path);
    const elsewhere = this.isOpen(path) ? this.ofOpen : this.ofDependencies(directory);
    return Math.max(this.ofAll, this.ofDirectories.get(directory) ?? 0, elsewhere);
  }

  /** A file changed, came or went: its package and all open documents are stale now, closed files that rest on it once nothing changed for a while. */
  touch(path: string): void {
    this.newest++;
    this.ofDirectories.set(directoryOf(path), this.newest);
    this.ofOpen = this.newest;
    this.unsettled.add(directoryOf(path));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(), SETTLED_MS);
  }

  touchAll(): void {
    this.newest++;
    this.ofAll = this.newest;
  }

  /** From now on what changed counts for closed files elsewhere too: for whoever acts on what was found in them. */
  settle(): void {
    clearTimeout(this.timer);
    if (this.unsettled.size === 0) return;
    this.newest++;
    for (const directory of this.unsettled) this.settled.set(directory, this.newest);
    this.unsettled.clear();
    this.onSettled();
  }

  /** What a review says it rests on. Only grows: what a package no longer imports costs a review now and then. */
  note({ restsOn = new Map() }: Review): void {
    for (const [directory, others] of restsOn) {
      const known = this.restsOn.get(directory) ?? new Set();
      for (const each of others) known.add(each);
      this.restsOn.set(directory, known);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private ofDependencies(directory: string): number {
    const dependencies = this.restsOn.get(directory);
    const generations = [...this.settled].map(([changed, generation]) => (dependencies?.has(changed) === true ? generation : 0));
    return Math.max(0, ...generations);
  }
}
