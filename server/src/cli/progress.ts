/**
 * A progress bar on standard error, on terminals only, gone without trace when the work is done. It leaves the terminal's cursor and
 * line wrap alone, so that there is nothing to put right when the process is ended in the middle.
 */
import { Presets, SingleBar } from 'cli-progress';
import type { Detail } from '../report/index.ts';
import type { Io } from './io.ts';

export interface Progress {
  report(percentage: number, message: string): void;
  stop(): void;
}

const NONE: Progress = { report() {}, stop() {} };

/** A run shorter than this shows nothing. */
const DELAY_MS = 300;

export function startProgress(io: Io, detail: Detail): Progress {
  if (!io.stderr.isTerminal || detail === 'quiet') return NONE;
  const looks = { format: 'reviewing {bar} {message}', barsize: barSize(process.stderr.columns), hideCursor: false, linewrap: true };
  const bar = new SingleBar({ ...looks, clearOnComplete: true, fps: 10, stream: process.stderr }, Presets.shades_classic);
  const shownFrom = performance.now() + DELAY_MS;
  let isShown = false;
  return {
    report(percentage, message) {
      if (!isShown && performance.now() < shownFrom) return;
      if (!isShown) bar.start(100, 0, { message });
      isShown = true;
      bar.update(Math.round(percentage), { message });
    },
    stop() {
      if (isShown) bar.stop();
    },
  };
}

/** What surrounds the bar in its line. */
const WORDS = 'reviewing  99999 of 99999 files '.length;

/** In columns, as many as the terminal has room for. */
function barSize(columns: number | undefined): number {
  return Math.max(5, Math.min(40, (columns ?? 80) - WORDS));
}
