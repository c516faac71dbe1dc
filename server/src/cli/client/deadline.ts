/** The time that a run may take: what is waited for ends with it, and what has been heard until then is told. */

import { UsageError } from '../io.ts';

/** Time is up; whoever holds partial results catches this and tells them. */
export class TimeIsUp extends UsageError {}

export interface Deadline {
  /** As people wrote it; undefined without a limit. */
  readonly allowed: string | undefined;
  readonly isOver: boolean;
  /** Rejects with TimeIsUp; never resolves. */
  readonly passed: Promise<never>;
}

/** Starts to count now; keeps no process alive. */
export function startDeadline(limit: { readonly text: string; readonly ms: number } | undefined): Deadline {
  let isOver = false;
  const passed = new Promise<never>((_, reject) => {
    if (limit === undefined) return;
    const end = (): void => {
      isOver = true;
      reject(new TimeIsUp(`not finished within ${limit.text}; give --timeout more, or review fewer paths`));
    };
    setTimeout(end, limit.ms).unref();
  });
  passed.catch(() => {});
  return {
    allowed: limit?.text,
    get isOver() {
      return isOver;
    },
    passed,
  };
}

/** Longest delay that a timer of Node takes. */
const LONGEST_MS = 2 ** 31 - 1;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration as Go writes it (`90s`, `1m30s`, `1.5h`), or a plain number of seconds, in milliseconds; undefined for anything else. */
export function parseDuration(text: string): { readonly text: string; readonly ms: number } | undefined {
  const isPlain = /^\d*\.?\d+$/.test(text);
  const said = isPlain ? `${text}s` : text;
  if (!/^(\d*\.?\d+(ms|s|m|h))+$/.test(said)) return undefined;
  const ms = [...said.matchAll(/(\d*\.?\d+)(ms|s|m|h)/g)].reduce((sum, [, value, unit]) => sum + Number(value) * UNITS[unit], 0);
  return ms > 0 ? { text: isPlain ? `${text} s` : text, ms: Math.min(ms, LONGEST_MS) } : undefined;
}
