/** The review: files in, findings out, whatever the host. */

export * from './baseline.ts';
export { mergedDependencies } from './dependencies.ts';
export { standFor } from './discover.ts';
export { combineFixes, firstFix } from './fixes/fixes.ts';
export { judgesAmong } from './fixes/proof.ts';
export { createSession } from './session.ts';
export * from './shapes.ts';
export { SUPPRESSION_RULE } from './suppression/suppression.ts';
export { suppressionEdits } from './suppression/suppression-edits.ts';
