/** Cooperative cancellation: long loops ask now and then, and stop by throwing `Cancelled`. */

export interface CancellationToken {
  readonly isCancelled: boolean;
  /** Calls the listener once, at cancellation or at once when that is past; gives the way to forget it. Absent where nobody can wait. */
  onCancelled?(listener: () => void): () => void;
}

export const neverCancelled: CancellationToken = { isCancelled: false };

/** Thrown by work whose result nobody wants any more; hosts answer it as the protocol's cancellation. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
  }
}

export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancelled) throw new Cancelled();
}

/** A token and the way to cancel it. */
export class CancellationSource {
  private readonly listeners = new Set<() => void>();
  private cancelled = false;

  readonly token: Required<CancellationToken>;

  constructor() {
    const isCancelled = (): boolean => this.cancelled;
    this.token = {
      get isCancelled() {
        return isCancelled();
      },
      onCancelled: (listener) => this.listen(listener),
    };
  }

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    for (const listener of this.listeners) listener();
    this.listeners.clear();
  }

  private listen(listener: () => void): () => void {
    if (this.cancelled) {
      listener();
      return () => {};
    }
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
