/** What the code means: modules, packages, imports, scopes, types, calls and control flow. */

export { type AppendLoop, appendLoopAt } from './append-loops.ts';
export type { BuildTarget } from './build-constraints-target.ts';
export { type Capacity, capacityOf } from './capacity.ts';
export { blocksFallingOff, canReturn, controlFlow, type FlowPosition, positionOf } from './control-flow.ts';
export { type EmptyStart, type Fill, fillAt, withLabels } from './fills.ts';
export { isInLoop, type TripCount, tripCount } from './loops.ts';
export type { CallResolver } from './no-return.ts';
export {
  accessAt,
  type Code,
  isDeclaredIn,
  isFieldAssignedIn,
  isSamePlace,
  type Mention,
  type Place,
  placeOf,
  placeText,
} from './places.ts';
export { isInteger } from './pure.ts';
export { type Scopes, scopesOf } from './scopes.ts';
export * from './shapes.ts';
export { type SliceFill, sliceFillAt } from './slice-fills.ts';
export { isBackingShared, isFresh, isNilVisible, type OwnAppend, ownAppendOf } from './slice-uses.ts';
export { createStdFacts, type StdFacts } from './std.ts';
export { isStandardLibrary } from './std-packages.ts';
export type { PackageImporter, Selection } from './type-context.ts';
export { canonicalBasicName } from './type-identity.ts';
export { type Types, typesOf } from './types.ts';
export { NEWEST_GO, parseGoVersion } from './version.ts';
export { Workspace, type WorkspaceOptions } from './workspace.ts';
