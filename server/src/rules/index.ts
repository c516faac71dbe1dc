/** The rules and their contract. */
export { rules } from './all.ts';
export * from './kit/edits.ts';
export { isHot } from './kit/hot-code.ts';
export * from './kit/imports.ts';
export * from './nearest-name.ts';
export { cell, optionDefault, optionType, rulePage, SUPPRESSION_PAGE } from './page.ts';
export * from './registry.ts';
export * from './rule.ts';
