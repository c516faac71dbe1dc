/**
 * Go releases as minor numbers. Only Go 1 exists, and what a rule or the type model asks is always "1.N or later", so a
 * release is its N; patch level and pre-release say nothing about the language.
 */
import type { GoMinor } from '../shapes.ts';

/** The newest release the model knows; code outside a module is read as this one. */
export const NEWEST_GO: GoMinor = 26;

/** The oldest release whose compiler and library are modelled apart from the next one's. */
export const OLDEST_COMPILER: GoMinor = 24;

/**
 * The release whose library is imported and whose compiler decides what is inlined and what escapes: the one asked for
 * (`--go`, settings), as near as there are facts; else the newest. go.mod has no say in it. Its `go` and `toolchain` lines are
 * lower bounds (Go toolchains, "Selection"): a module that says 1.21 is compiled by 1.26 where that is installed, with all of
 * 1.26's optimisations, none of which depends on the language version.
 */
export function compilerFor(asked: GoMinor | undefined): GoMinor {
  return Math.min(Math.max(asked ?? NEWEST_GO, OLDEST_COMPILER), NEWEST_GO);
}

/** What a go.mod without a `go` line means (cmd/go reference, "go directive"). */
export const UNSTATED_GO: GoMinor = 16;

/** Since this release a build tag can set a file's language version, and none can lower it further (go/types, `initFiles`). */
const OLDEST_FILE_GO: GoMinor = 21;

/** `1.21`, `1.21.3`, `1.22rc1`, with or without `go` or `v` before it; undefined for anything else. */
export function parseGoVersion(text: string): GoMinor | undefined {
  const match = /^(?:go|v)?1(?:\.(\d{1,4}))?(?![\d])/.exec(text.trim());
  return match === null ? undefined : Number(match[1] ?? 0);
}

/** Language version of a file whose `//go:build` line implies `tagged` (undefined when it implies none), in a package that is read as `ofPackage`. */
export function fileGoVersion(tagged: GoMinor | undefined, ofPackage: GoMinor): GoMinor {
  return tagged === undefined ? ofPackage : Math.max(tagged, OLDEST_FILE_GO);
}
