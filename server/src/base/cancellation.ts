/** Cooperative cancellation: long loops ask now and then, and stop by throwing `Cancelled`. */

export interface CancellationToken {
  readonly isCancelled: boolean;
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
