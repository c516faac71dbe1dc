/** The ground everything stands on: places, edits, cancellation, and what a host provides. Imports nothing. */
export * from './cancellation.ts';
export * from './compare.ts';
export * from './edits.ts';
export * from './errors.ts';
export * from './host.ts';
export * from './invariant.ts';
export * from './line-table.ts';
export * from './memo.ts';
export * from './paths.ts';
export * from './range.ts';
