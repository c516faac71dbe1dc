/** What the code means: modules, packages, imports, scopes, types, calls and control flow. */

export { blocksFallingOff, canReturn, controlFlow, type FlowPosition, positionOf } from './flow/control-flow.ts';
export { isEndlessLoop } from './flow/control-flow-build.ts';
export { type CallResolver, endlessIn, isEndlessFunction } from './flow/no-return.ts';
export { findsAlike, Since, WordedSince } from './language.ts';
export { type AppendLoop, appendLoopAt } from './loops/append-loops.ts';
export { type Capacity, capacityOf } from './loops/capacity.ts';
export { type EmptyStart, type Fill, fillAt, givenValue, withLabels } from './loops/fills.ts';
export {
  accessAt,
  type Code,
  isDeclaredIn,
  isPartAssignedIn,
  isSamePlace,
  type Mention,
  mentionsOf,
  outerParentheses,
  type Place,
  placeOf,
  placeText,
} from './loops/places.ts';
export { isInteger } from './loops/pure.ts';
export { type SliceFill, sliceFillAt } from './loops/slice-fills.ts';
export { isBackingShared, isFresh, isNilVisible, isRoomVisible, type OwnAppend, ownAppendAround, ownAppendOf } from './loops/slice-uses.ts';
export { isInLoop, loopsAround, type TripCount, tripCount } from './loops/trip-count.ts';
export { dependencyReport } from './modules/dependency-report.ts';
export { type GoEnvironment, goEnvironment, type ProcessEnvironment } from './modules/go-environment.ts';
export { parseGoMod } from './modules/go-mod.ts';
export { scanHeader } from './modules/header.ts';
export { isStandardLibrary } from './modules/std-packages.ts';
export { type BuildTarget, fileNameConstraint, KNOWN_ARCH, KNOWN_OS } from './modules/target.ts';
export { compilerFor, NEWEST_GO, OLDEST_COMPILER, parseGoVersion, UNSTATED_GO } from './modules/version.ts';
export { type Scopes, scopesOf } from './scopes/scopes.ts';
export { membersOf } from './scopes/symbols.ts';
export * from './shapes.ts';
export type { ConstantValue, PackageImporter, Selection } from './types/context.ts';
export { canonicalBasicName } from './types/identity.ts';
export { type Layout, layoutOfFields } from './types/layout.ts';
export { createStdFacts, createStdLibrary, type FactsReader, type StdFacts, type StdLibrary } from './types/std.ts';
export { editedSection, sectionsOf } from './types/std-sections.ts';
export { wordsBehind } from './types/std-words.ts';
export { type Types, typesOf } from './types/types.ts';
export { Workspace, type WorkspaceOptions } from './workspace.ts';
