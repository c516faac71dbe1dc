/**
 * The engine as the first seconds of a process want it. The V8 of Node 20 has nothing between its interpreter's plain code and
 * TurboFan, so it optimises early, on threads of its own, and with whatever a function calls inlined. A review on the command
 * line never earns that back: it is a fifth of all its processor time; and of a server that is just started it takes nearly half,
 * while the editor waits. From V8 12 on a compiler in between does the early part, and the flags gain nothing.
 */
import { setFlagsFromString } from 'node:v8';

/** Bytecodes to be executed before V8 compiles a function, and bytecodes that it inlines into one; 66 KiB and 920 by default. */
const EARLY = ['--interrupt-budget=400000', '--max-inlined-bytecode-size-cumulative=200'];
const LATER = ['--max-inlined-bytecode-size-cumulative=920'];
const EARLY_MS = 10_000;

/** The first V8 with that compiler. It also lacks a flag, and V8 says so on standard error. */
const FIRST_WITHOUT_NEED = 12;

/** For this process and the workers it starts from now on; the flags change speed only. */
export function prepareFirstSeconds(): void {
  setFlags(EARLY);
}

/** Lets V8 inline again what is compiled after the first seconds: edits are the same work over and over. */
export function relaxForHours(): void {
  setTimeout(() => setFlags(LATER), EARLY_MS).unref();
}

function setFlags(flags: readonly string[]): void {
  if (Number.parseInt(process.versions.v8, 10) >= FIRST_WITHOUT_NEED) return;
  for (const flag of flags) setFlagsFromString(flag);
}
