/**
 * The engine as a run of seconds wants it. The V8 of Node 20 has nothing between its interpreter's plain code and TurboFan, so
 * it optimises early, on threads of its own, and with whatever a function calls inlined: that pays for itself in an editor's
 * hours, while in a review on the command line it takes a fifth of all processor time and is not earned back. From V8 12 on a
 * compiler in between does the early part, and the flags gain nothing.
 */
import { setFlagsFromString } from 'node:v8';

/** Bytecodes that V8 inlines into one function, and those to be executed before it compiles one; 920 and 66 KiB by default. */
const FLAGS = ['--max-inlined-bytecode-size-cumulative=200', '--interrupt-budget=400000'];

/** The first V8 with that compiler. It also lacks a flag, and V8 says so on standard error. */
const FIRST_WITHOUT_NEED = 12;

/** For this process and the workers it starts from now on; the flags change speed only. */
export function prepareShortRun(): void {
  if (Number.parseInt(process.versions.v8, 10) >= FIRST_WITHOUT_NEED) return;
  for (const flag of FLAGS) setFlagsFromString(flag);
}
