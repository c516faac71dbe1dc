/** What was thrown, which may be anything, as words. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
