/** Says what must hold. A broken invariant is our bug, never the user's: it costs one rule or one file, never the review. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}
