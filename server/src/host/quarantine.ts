/** Files that killed workers: after the second time they are put aside, visibly, until they change. */
import type { Skipped } from '../review/index.ts';

const MAX_STRIKES = 2;

export class Quarantine {
  private readonly strikes = new Map<string, number>();
  private readonly reasons = new Map<string, string>();

  /** Whether the file is put aside from now on. */
  strike(path: string, reason: string): boolean {
    const strikes = (this.strikes.get(path) ?? 0) + 1;
    this.strikes.set(path, strikes);
    if (strikes < MAX_STRIKES) return false;
    this.reasons.set(path, `put aside: twice ${reason}`);
    return true;
  }

  /** The file changed: it gets one more chance, not two, because a user who types in it would otherwise keep the workers busy dying. */
  forgive(path: string): void {
    if (this.reasons.delete(path)) this.strikes.set(path, MAX_STRIKES - 1);
  }

  skipped(path: string): Skipped | undefined {
    const why = this.reasons.get(path);
    return why === undefined ? undefined : { path, why };
  }

  all(): readonly Skipped[] {
    return [...this.reasons].map(([path, why]) => ({ path, why }));
  }
}
