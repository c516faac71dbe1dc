/**
 * What the pool and a worker say to each other, as plain data over a message port. Cancellation goes through memory that both
 * share where the platform has it, because a busy worker reads no messages.
 */

import type { TextEdit } from '../base/index.ts';
import type { ReviewSettings } from '../config/index.ts';
import type { ProvidedFiles, WantedFiles } from '../lsp/index.ts';
import type {
  Discovery,
  EscapeRecord,
  Explanation,
  FaceDetail,
  FixOfFinding,
  FunctionAllocations,
  FunctionFace,
  OpenDocument,
  Review,
  ReviewedParts,
  SoundText,
  SuppressedFinding,
} from '../review/index.ts';

export type ToWorker =
  | { readonly kind: 'configure'; readonly settings: ReviewSettings }
  | { readonly kind: 'open'; readonly document: OpenDocument }
  | { readonly kind: 'change'; readonly document: OpenDocument }
  | { readonly kind: 'close'; readonly path: string }
  /** What another worker found to be sound. */
  | { readonly kind: 'hold'; readonly text: SoundText }
  | { readonly kind: 'invalidate'; readonly paths: readonly string[] }
  | { readonly kind: 'narrow'; readonly parts: ReviewedParts }
  /** To a worker that shares no memory with the pool. */
  | { readonly kind: 'cancel' | 'pause'; readonly job: number }
  /** To a worker that reads no files itself. */
  | { readonly kind: 'provide'; readonly files: ProvidedFiles }
  /** The last message: the worker keeps what is worth it, and ends. */
  | { readonly kind: 'stop' }
  | Asking
  | { readonly kind: 'review'; readonly job: number; readonly paths: readonly string[] };

/** A question with the number that its answer carries. */
export type Asking = { readonly job: number } & Question;

/** What is answered with one value. */
export type Question =
  | { readonly kind: 'discover'; readonly targets: readonly string[] }
  | { readonly kind: 'allocations'; readonly path: string }
  | { readonly kind: 'escapes'; readonly path: string }
  | { readonly kind: 'faces'; readonly path: string; readonly offsets: readonly number[]; readonly detail: FaceDetail }
  | { readonly kind: 'refute'; readonly path: string }
  | { readonly kind: 'explanations'; readonly path: string; readonly offset: number }
  | { readonly kind: 'suppress'; readonly finding: SuppressedFinding; readonly reason: string };

export type Answer =
  | { readonly kind: 'discover'; readonly discovery: Discovery }
  | { readonly kind: 'refute'; readonly fixes: readonly FixOfFinding[] }
  | { readonly kind: 'suppress'; readonly edits: readonly TextEdit[] }
  | { readonly kind: 'allocations'; readonly functions: readonly FunctionAllocations[] }
  | { readonly kind: 'escapes'; readonly records: readonly EscapeRecord[] }
  | { readonly kind: 'faces'; readonly faces: readonly (FunctionFace | null)[] }
  | { readonly kind: 'explanations'; readonly explanations: readonly Explanation[] };

export type FromWorker =
  | { readonly kind: 'ready' }
  /** Texts of open documents, for all other workers. */
  | { readonly kind: 'sound'; readonly texts: readonly SoundText[] }
  /** What the last job missed. */
  | { readonly kind: 'wanted'; readonly wanted: WantedFiles }
  | { readonly kind: 'answered'; readonly job: number; readonly answer: Answer }
  /** Results come file by file, in the order of the job's paths. */
  | { readonly kind: 'reviewed'; readonly job: number; readonly review: Review }
  /** All files are done, or the job was cancelled or paused. */
  | { readonly kind: 'done'; readonly job: number }
  /** The file could not be reviewed, or the question not answered; counts as the result. */
  | { readonly kind: 'failed'; readonly job: number; readonly message: string };
