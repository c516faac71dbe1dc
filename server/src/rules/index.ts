/** The rules and their contract. */
export * from './rule.ts';
