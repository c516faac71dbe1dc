/** What a review yields, as plain data that can cross a thread and be compared byte for byte. */
import type { CancellationToken, Location, Range, TextEdit } from '../base/index.ts';
import type { ReviewSettings } from '../config/index.ts';
import type { Cost, ParameterLeak, SiteKind, Verdict } from '../escape/index.ts';
import type { Certainty, FixSafety, Severity } from '../rules/index.ts';

export interface Fix {
  readonly title: string;
  readonly safety: FixSafety;
  /** One baseline, never overlapping, imports included. */
  readonly edits: readonly TextEdit[];
  /** Imports that keep some uses after this fix, but may keep none after several. */
  readonly dropped?: readonly DroppedUses[];
  /** Names it declares, each with where; of two fixes that share one the second has to be made anew after the first. */
  readonly declares?: readonly string[];
  /** What of the new text is a guess, as it stands there. */
  readonly guess?: string;
}

/** A fix takes `uses` of the `of` uses that an import has in its file; `removal` is the edit for when none is left. */
export interface DroppedUses {
  readonly path: string;
  readonly uses: number;
  readonly of: number;
  readonly removal: readonly TextEdit[];
}

export interface Finding {
  /** A rule's id, or `escapement` for what the review itself reports (unused or unknown suppressions). */
  readonly ruleId: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  readonly message: string;
  readonly path: string;
  readonly at: Range;
  /** `F`, `T.M`, `(*T).M`, or empty at package level. */
  readonly function: string;
  readonly related: readonly { readonly at: Location; readonly note: string }[];
  readonly fixes: readonly Fix[];
  /** Stays the same when lines move. */
  readonly fingerprint: string;
  /** Where else in its file a change makes it another finding; absent where that is not known. */
  readonly frame?: FindingFrame;
  /** Of an earlier text, because its declaration does not parse at present: nothing may be done about it. */
  readonly isKept?: true;
  /** Of a finding that is not told: who says so. */
  readonly suppression?: Suppression;
}

/** What keeps a finding quiet. */
export interface Suppression {
  /** A comment in its file, or something beside the code. */
  readonly kind: 'inSource' | 'external';
  /** As people gave it, on one line; empty where they gave none. */
  readonly reason: string;
  /** The comment. */
  readonly at?: Range;
}

/** Byte ranges of the finding's file. */
export interface FindingFrame {
  /** Its statement or declaration, up to the first block in it. */
  readonly statement: Range;
  /** Head and end of each loop around it, of its own function or another around that, from the inside out. */
  readonly loops: readonly Range[];
}

/** What a function is to those who call it. */
export interface FunctionFace {
  /** Equal texts for what no caller's finding tells apart. */
  readonly says: string;
  /** Of a call, in the inliner's budget; null where there is no inlining. */
  readonly cost: number | null;
  /** Where in it findings of its callers may lie: on the way of what it is given, in bytes. */
  readonly places: readonly Range[];
}

/** Whether what it calls is looked into, or stands in what it says by name. */
export type FaceDetail = 'outline' | 'whole';

/** One fix of a finding: the finding's fingerprint and the fix's index in it. */
export interface FixOfFinding {
  readonly fingerprint: string;
  readonly fix: number;
}

/** What a suppression needs to know of a finding. */
export type SuppressedFinding = Pick<Finding, 'path' | 'ruleId' | 'at'>;

/** Where something lives and what that costs: of a site, or of a variable that stays on the stack. */
export interface Explanation {
  /** What is spoken of: the allocating expression, or the place where a variable is named. */
  readonly at: Range;
  /** `channel` is what `make(chan T)` makes, of which the compiler never speaks. */
  readonly kind: SiteKind | 'channel';
  /** The variable's name, of `make` the type if it is short, or of an inlined allocation the function that is called. */
  readonly name: string | undefined;
  readonly origin: 'own' | 'inlined';
  readonly gcSays: Verdict;
  readonly certainty: 'certain' | 'possible';
  readonly cost: Cost;
  /** Of heap: what keeps it; continues "its address is". */
  readonly reason: string | undefined;
  /** The same in two or three words. */
  readonly brief: string | undefined;
  /** Of heap: how it comes there. */
  readonly steps: readonly { readonly at: Location; readonly note: string }[];
  /** Of parameters that can hold a pointer. */
  readonly leaks: readonly ParameterLeak[];
}

export interface FunctionAllocations {
  /** As in `Finding.function`. */
  readonly name: string;
  /** The name in the declaration. */
  readonly at: Range;
  /** What it makes, on the heap or on the stack, less what costs nothing wherever it is. */
  readonly allocations: readonly Allocation[];
}

export interface Allocation extends Explanation {
  /** Whether it is made on every iteration of a loop of its own function or literal. */
  readonly isInLoop: boolean;
}

/** Line and column from 1, columns in UTF-8 bytes, as Go tools count. */
export interface RecordPlace {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One step of a value's way to the heap. */
export interface PlacedStep extends RecordPlace {
  readonly path: string;
  readonly note: string;
}

/** An allocation where the compiler puts its verdict on it. */
export interface SiteRecord extends RecordPlace {
  readonly kind: SiteKind;
  /** Of `moved`. */
  readonly name?: string;
  readonly verdict: 'heap' | 'stack';
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** `inlined` at a call whose callee allocates it. */
  readonly origin: 'own' | 'inlined';
  /** As in `Finding.function`. */
  readonly function: string;
  readonly flow: readonly PlacedStep[];
}

/** A site with what people are told besides. */
export interface ToldSite extends SiteRecord {
  readonly cost: Cost;
  /** Of inlined allocations: the function that is called, by the name that is written. */
  readonly callee: string | undefined;
  /** As in `Explanation`. */
  readonly reason: string | undefined;
  /** In a loop, a handler of requests or a benchmark. */
  readonly isHot: boolean;
}

/** One way in which a parameter's value leaves its function, or that it does not. */
export interface ParameterRecord extends RecordPlace {
  readonly kind: 'parameter';
  readonly name: string;
  /** As in `Finding.function`. */
  readonly function: string;
  readonly leak: ParameterLeak;
}

export type EscapeRecord = ToldSite | ParameterRecord;

/** A rule or the review itself failed on a file; everything else went on. */
export interface RuleFault {
  readonly path: string;
  readonly ruleId: string | undefined;
  readonly message: string;
}

export interface Skipped {
  readonly path: string;
  readonly why: string;
}

export interface Review {
  /** By path, start, rule. */
  readonly findings: readonly Finding[];
  readonly faults: readonly RuleFault[];
  readonly files: number;
  readonly skipped: readonly Skipped[];
  /** Findings that are not told and count nowhere, in the same order; absent where there are none, or nobody asked for them. */
  readonly suppressed?: readonly Finding[];
  /** What was left undone; absent when the review went to its end. */
  readonly incomplete?: Incomplete;
  /** By the directory of what was reviewed: those of other packages whose changes may change it. */
  readonly restsOn?: ReadonlyMap<string, readonly string[]>;
}

/** A review that was stopped: what it says holds, and what it does not say means nothing. */
export interface Incomplete {
  /** A sentence without a full stop. */
  readonly why: string;
  /** Absolute paths of files that were not reviewed, sorted, as far as they are known. */
  readonly unreviewed: readonly string[];
}

/** An open editor document, which stands for the file on disk. */
export interface OpenDocument {
  readonly path: string;
  readonly version: number;
  readonly text: string;
}

export interface Discovery {
  readonly files: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Directories of other modules below the targets, where the walk went no further. */
  readonly modules: readonly string[];
  /** Directories that were walked and hold a configuration file. */
  readonly configured: readonly string[];
}

/** A text that parses, of which a document's present one is the continuation. */
export interface SoundText {
  readonly path: string;
  /** Of the document when this was its last sound text. */
  readonly version: number;
  readonly text: Uint8Array;
}

/** Of a file of which not all is reviewed, in bytes. */
export interface FileParts {
  /** What begins there at package level is reviewed by all rules. */
  readonly changed: readonly Range[];
  /** There by those that may look into other bodies themselves, and elsewhere by those that rest on any (`Rule.restsOn`). */
  readonly around: readonly Range[];
  /** Ids of the rules of which anybody wants to know; undefined for all. */
  readonly rules?: readonly string[] | undefined;
}

/** By absolute path; all of other files is reviewed. */
export type ReviewedParts = ReadonlyMap<string, FileParts>;

/** `ReviewService` without the thread in between. Methods throw only `Cancelled`. */
export interface Session {
  configure(settings: ReviewSettings): void;
  open(document: OpenDocument): void;
  change(document: OpenDocument): void;
  close(path: string): void;
  invalidate(paths: readonly string[]): void;
  narrow(parts: ReviewedParts): void;
  discover(targets: readonly string[], token: CancellationToken): Discovery;
  review(paths: readonly string[], token: CancellationToken): Review;
  refutedFixes(path: string, token: CancellationToken): readonly FixOfFinding[];
  suppression(finding: SuppressedFinding, reason: string): readonly TextEdit[];
  allocations(path: string): readonly FunctionAllocations[];
  escapes(path: string): readonly EscapeRecord[];
  faces(path: string, offsets: readonly number[], detail: FaceDetail): readonly (FunctionFace | null)[];
  explanations(path: string, offset: number): readonly Explanation[];
  /** Keeps for later sessions what was worked out about packages that do not change. */
  keep(): void;
  /** Sound texts of open documents that came to be known since the last call, for sessions that hold the same documents. */
  soundTexts(): readonly SoundText[];
  /** What another session found to be sound. */
  hold(text: SoundText): void;
}

/** Hears the review of one file. */
export type FileListener = (path: string, review: Review) => void;

/**
 * The analysis as hosts see it: asynchronous, because it lives in workers. `review` of a path that is open reviews the
 * document's text. Rejects with `Cancelled` when the token is cancelled.
 */
export interface ReviewService {
  configure(settings: ReviewSettings): Promise<void>;
  open(document: OpenDocument): void;
  change(document: OpenDocument): void;
  close(path: string): void;
  /** Files on disk changed, came or went. */
  invalidate(paths: readonly string[]): void;
  /** From now on no more than these parts are reviewed, of the texts as they are. */
  narrow(parts: ReviewedParts): void;
  /** Go files that targets (absolute paths of files and directories) stand for, walked like the go command; sorted. */
  discover(targets: readonly string[], token: CancellationToken): Promise<Discovery>;
  /**
   * Reviews these files; other files of their packages are read for facts. `onFile` hears of each as soon as it is done, for whoever
   * wants what there is when it is cancelled.
   */
  review(paths: readonly string[], token: CancellationToken, onFile?: FileListener): Promise<Review>;
  /** The edits that write a suppression of the finding into the text under review; none when its file is gone. */
  suppression(finding: SuppressedFinding, reason: string): Promise<readonly TextEdit[]>;
  /** Fixes of a file's findings that rest on the escape analysis, of which a second analysis says that they do not help or harm. */
  refutedFixes(path: string, token: CancellationToken): Promise<readonly FixOfFinding[]>;
  /** What the functions of a file put on the heap; none when the file is not there. */
  allocations(path: string, token: CancellationToken): Promise<readonly FunctionAllocations[]>;
  /** The verdict on everything a file allocates and on every parameter; none when the file is not there. */
  escapes(path: string, token: CancellationToken): Promise<readonly EscapeRecord[]>;
  /** Of the functions of a file whose names are at the byte offsets, in that order; null for what is no function, nothing where the file is not there. */
  faces(path: string, offsets: readonly number[], detail: FaceDetail, token: CancellationToken): Promise<readonly (FunctionFace | null)[]>;
  /** Where what stands at the byte offset lives, and why; none where nothing is allocated or named, or the file is not there. */
  explanations(path: string, offset: number, token: CancellationToken): Promise<readonly Explanation[]>;
  dispose(): Promise<void>;
}
