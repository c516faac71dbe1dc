/**
 * From which minor versions of Go on the language, its tools or its library do what is found rests on. Whatever asks for a file's or a module's
 * version takes the number from here, so that one can tell between which versions nothing else is found.
 */
import { UNSTATED_GO } from './modules/version.ts';
import type { GoMinor } from './shapes.ts';

export const Since = {
  /** A vendor directory is used without being asked for (go.dev/ref/mod, "vendoring"); that of a workspace later. */
  vendoring: 14,
  workspaceVendoring: 22,
  /** A go.mod names everything that its packages need. */
  pruning: 17,
  /** The name of the empty interface. */
  any: 18,
  /** Generic functions declare types. */
  localTypesInGenerics: 20,
  /** `max`, and the package slices. */
  maxAndSlices: 21,
  /** Loops have variables of their own for every iteration. */
  iterationVariables: 22,
  /** The compiler leaves out copies of strings that are only read as bytes. */
  readsInPlace: 22,
  /** The collector takes tickers and timers that nobody can reach, and Reset leaves no old value in the channel. */
  collectedTimers: 23,
  /** The compiler looks up in place what a variable of type string was made of. */
  lookupsInPlace: 25,
} as const;

/** The same of what changes no more than the words of a finding. */
export const WordedSince = {
  /** A slice of variable length begins on the stack. */
  stackedSlices: 25,
  /** Errorf without verbs is as cheap as errors.New. */
  cheapErrorf: 26,
} as const;

/** Whether the same is found in a module whichever of the two its go.mod states; undefined where it states none. */
export function findsAlike(one: GoMinor | undefined, other: GoMinor | undefined): boolean {
  const [low, high] = [one ?? UNSTATED_GO, other ?? UNSTATED_GO].sort((a, b) => a - b);
  return Object.values(Since).every((minor) => minor <= low || minor > high);
}
