/** Where values live: escape analysis after the Go compiler's, with the reason for every answer. */

export {
  type CompilerMessage,
  type CompilerPlace,
  type CompilerSaying,
  readCompilerMessages,
} from './compiler/messages.ts';
export { type LogProblem, type Optimization, type OptimizationLog, readOptimizationLog } from './compiler/optimization-log.ts';
export { type CompilerVerdict, joinVerdicts, placeKey } from './compiler/verdicts.ts';
export type { Allocates, Cost } from './costs/cost.ts';
export type { Sink, Step } from './explain.ts';
export type { SiteKind } from './flows/batch.ts';
export { isNeverInlined } from './inlining/inlining.ts';
export type { Allocation, EscapeSite, Verdict } from './judgement.ts';
export type { CaptureReason, ReferenceCapture } from './lowering/closures.ts';
export { isLoopVariable, loopDepth } from './lowering/loop-depth.ts';
export type { Outline } from './outline.ts';
export {
  type CapturedVariable,
  escapeOf,
  type PackageEscape,
} from './package-escape.ts';
export type { ParameterLeak, ParameterVerdict } from './parameter-verdicts.ts';
export { verdictOffset } from './places.ts';
export { keepSummaries } from './summaries/stored.ts';
export type { FunctionSummary, Leaks, ParameterSummary } from './summaries/summaries.ts';
