/** What setup.mjs exports, for the scripts in TypeScript. */
export function install(): void;
export function build(): void;
