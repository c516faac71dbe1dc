/** What a worker thread is given at its start. */
import type { Assets } from './session.ts';

/** Cells of the shared array. */
export const Signal = { cancelledJob: 0, pausedJob: 1, cells: 2 } as const;

export interface WorkerData {
  readonly assets: Assets;
  /** Int32 cells, see `Signal`. Job numbers start at 1. */
  readonly signals: SharedArrayBuffer;
}
