/** The rules and their contract. */
export { rules } from './all.ts';
export * from './registry.ts';
export * from './rule.ts';
