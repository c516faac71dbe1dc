/** Go's grammar as a machine: bytes to a flat tree, or the place where they stop being Go. */
export { Driver, type Root } from './driver.ts';
export { Flattener } from './flatten.ts';
export { WOUND } from './scanner.ts';
export { readTables } from './tables.ts';
