/** What code-cache.mjs exports, for the tests in TypeScript. */
export function makeCodeCache(directory: string): void;
export function dropCodeCache(directory: string): void;
