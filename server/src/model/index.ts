/** What the code means: modules, packages, imports, scopes, types, calls and control flow. */
export * from './shapes.ts';
export { blocksFallingOff, canReturn, controlFlow, type FlowPosition, positionOf } from './control-flow.ts';
export type { CallResolver } from './no-return.ts';
