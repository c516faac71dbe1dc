/** What the code means: modules, packages, imports, scopes, types, calls and control flow. */
export * from './shapes.ts';
export { blocksFallingOff, canReturn, controlFlow, type FlowPosition, positionOf } from './control-flow.ts';
export type { CallResolver } from './no-return.ts';
export { guessPackageName } from './imports.ts';
export type { BuildTarget } from './build-constraints-target.ts';
export { createStdFacts, type StdFacts } from './std.ts';
export { NEWEST_GO, parseGoVersion } from './version.ts';
export { Workspace, type WorkspaceOptions } from './workspace.ts';
