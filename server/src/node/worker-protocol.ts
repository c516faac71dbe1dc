/** What the main thread and a worker say to each other. Plain data over a message port; cancellation goes through shared memory, because a busy worker reads no messages. */
import type { ReviewSettings } from '../config/index.ts';
import type { Discovery, OpenDocument, Review } from '../review/index.ts';
import type { Assets } from './session.ts';

/** Cells of the shared array. */
export const Signal = { cancelledJob: 0, pausedJob: 1, cells: 2 } as const;

export interface WorkerData {
  readonly assets: Assets;
  /** Int32 cells, see `Signal`. Job numbers start at 1. */
  readonly signals: SharedArrayBuffer;
}

export type ToWorker =
  | { readonly kind: 'configure'; readonly settings: ReviewSettings }
  | { readonly kind: 'open'; readonly document: OpenDocument }
  | { readonly kind: 'change'; readonly document: OpenDocument }
  | { readonly kind: 'close'; readonly path: string }
  | { readonly kind: 'invalidate'; readonly paths: readonly string[] }
  | { readonly kind: 'discover'; readonly job: number; readonly targets: readonly string[] }
  | { readonly kind: 'review'; readonly job: number; readonly paths: readonly string[] };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'discovered'; readonly job: number; readonly discovery: Discovery }
  /** Results come file by file, in the order of the job's paths. */
  | { readonly kind: 'reviewed'; readonly job: number; readonly review: Review }
  /** All files are done, or the job was cancelled or paused. */
  | { readonly kind: 'done'; readonly job: number }
  /** The file could not be reviewed; counts as its result. */
  | { readonly kind: 'failed'; readonly job: number; readonly message: string };
