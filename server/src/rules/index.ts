/** The rules and their contract. */
export { rules } from './all.ts';
export * from './edit-kit.ts';
export * from './import-edits.ts';
export * from './nearest-name.ts';
export { cell, optionType, rulePage, SUPPRESSION_PAGE } from './page.ts';
export * from './registry.ts';
export * from './rule.ts';
