/** A progress bar on standard error, on terminals only, gone without trace when the work is done. */
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
  const bar = new SingleBar(
    { format: 'reviewing {bar} {message}', clearOnComplete: true, hideCursor: true, fps: 10, stream: process.stderr },
    Presets.shades_classic,
  );
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
