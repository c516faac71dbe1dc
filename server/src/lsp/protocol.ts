/**
 * Names and shapes that Escapement adds to LSP. Imports nothing, because the extension and any other client read it too.
 */

/** `Diagnostic.source` of everything we report. */
export const SOURCE = 'escapement';

/** Code action that applies every safe fix of a file. */
export const FIX_ALL_KIND = 'source.fixAll.escapement';
/** Code action that writes a suppression comment. */
export const SUPPRESS_KIND = 'quickfix.suppress.escapement';

/** Command of the code action "Explain RULE"; the client shows the page. Argument: rule id. */
export const EXPLAIN_COMMAND = 'escapement.explain';

/** Command that the server runs for clients without `escapement.explain`: opens the rule's page. Argument: rule id. */
export const SHOW_RULE_COMMAND = 'escapement.showRule';

/**
 * Command that the server runs: every safe fix of a rule in the workspace, as one `workspace/applyEdit` that asks for confirmation where the
 * client can (VS Code's refactor preview). Argument: rule id.
 */
export const FIX_IN_WORKSPACE_COMMAND = 'escapement.fixInWorkspace';

/** Request: faults, skips and counts of the last workspace diagnostics. No parameters; answers `ReviewSummary`. */
export const SUMMARY_REQUEST = 'escapement/summary';
/** Request: a rule's page. Parameters `{ rule: string }`; answers `{ markdown: string }` or null. */
export const EXPLAIN_REQUEST = 'escapement/explain';
/** Request: state for a bug report. No parameters; answers `{ text: string }`, which holds no source text. */
export const DEBUG_REQUEST = 'escapement/debugInformation';

/** Command that the server runs: reviews a file again that was put aside. Argument: its URI; without one, all of them. */
export const RETRY_COMMAND = 'escapement.reviewAgain';
/** `Diagnostic.code` of the notice that a document is not reviewed. */
export const SKIPPED_CODE = 'skipped';

/** Notification to clients that show it: `Status`, whenever it changed. */
export const STATUS_NOTIFICATION = 'escapement/status';

export interface Status {
  /** Something has been under review for a while. */
  readonly isBusy: boolean;
  /** Number of rules that are on. */
  readonly rules: number;
  /** URIs of files that are not reviewed because they killed the analysis. */
  readonly putAside: readonly string[];
}

/** Request: the Go files under the workspace or the client's targets. No parameters; answers `{ uris: string[] }`. */
export const FILES_REQUEST = 'escapement/files';
/** Request: every allocation and parameter of a file with its verdict. Parameters `{ uri: string }`; answers `{ records }` (docs/escape-model.md). */
export const ESCAPES_REQUEST = 'escapement/escapes';

/**
 * Request: what functions of a file are to their callers, for who compares two versions. Parameters `{ uri: string, offsets: number[],
 * detail: 'outline' | 'whole' }` with the byte offsets of their names; answers `{ faces: (FunctionFace | null)[] }`.
 */
export const FACES_REQUEST = 'escapement/faces';
/** Request: workspace/diagnostic reviews these files too. Parameters `{ uris: string[] }`; answers null. */
export const WIDEN_REQUEST = 'escapement/widen';

/** Request: of these files no more than parts are reviewed from now on, and all of others. Parameters `NarrowParams`; answers null. */
export const NARROW_REQUEST = 'escapement/narrow';

export interface NarrowParams {
  readonly files: readonly {
    readonly uri: string;
    /** Bytes of the text as it is: what begins there at package level is reviewed by all rules. */
    readonly changed: readonly ByteRange[];
    /** There by rules that rest on bodies beside the one in hand, and elsewhere by those that rest on any. */
    readonly around: readonly ByteRange[];
    /** Ids of the rules of which anybody wants to know; absent for all. */
    readonly rules?: readonly string[] | undefined;
  }[];
}

/** Request: every allocation of an open file, on the heap or not. Parameters `{ uri: string }`; answers `AllocationMarks`. */
export const ALLOCATIONS_REQUEST = 'escapement/allocations';

export interface AllocationMarks {
  /** Of the text that the ranges are of. */
  readonly version: number;
  /** In source order. */
  readonly marks: readonly AllocationMark[];
}

export interface AllocationMark {
  /** On one line; LSP's positions in the encoding that was agreed on. */
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  readonly verdict: 'heap' | 'possible' | 'stack';
  /** `heap: returned`, `heap?: passed on`, `stack`. */
  readonly label: string;
  readonly bytes?: number;
  readonly isInLoop: boolean;
}

/**
 * Request of the server to a client that said `readsFiles`: what directories hold, and files. Parameters `ReadFilesParams`;
 * answers `ReadFilesResult`. For a server that can read no files itself, as in a browser.
 */
export const READ_FILES_REQUEST = 'escapement/readFiles';

/** URIs. */
export interface ReadFilesParams {
  readonly directories: readonly string[];
  readonly files: readonly string[];
}

/** In the order of the parameters; null for what is not there, `unreadable` for what is or may be. */
export interface ReadFilesResult {
  readonly directories: readonly (readonly ReadEntry[] | null | 'unreadable')[];
  readonly files: readonly (ReadFile | null | 'unreadable')[];
}

export interface ReadEntry {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'other';
}

/** Content in base64, or the bytes that the file would have if it were not larger than `LARGEST_READ`. */
export type ReadFile = { readonly base64: string } | { readonly size: number };

/** Bytes of a file beyond which it is not worth its way: nothing larger is reviewed. */
export const LARGEST_READ = 1 << 20;

/** What the web extension posts first to the worker that is its server, along with a port on which they speak LSP. */
export interface WebServerStart {
  readonly role: 'server';
  /** URL of the worker's own bundle, for the workers that it starts. */
  readonly bundle: string;
  readonly assets: WebAssets;
}

/** Bytes of our own files, which a worker cannot read for itself. */
export interface WebAssets {
  /** The parser's tables. */
  readonly grammar: Uint8Array;
  /** The standard library's facts by their name in `dist/facts`, compressed. */
  readonly facts: Readonly<Record<string, Uint8Array>>;
}

/** `Diagnostic.data`: what a headless client needs beyond the protocol. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly certainty: 'certain' | 'likely' | 'possible';
  readonly function: string;
  /** Number of fixes, to be had as code actions. */
  readonly fixes: number;
  /** Where else in its file a change makes it another finding; byte offsets. */
  readonly frame?: { readonly statement: ByteRange; readonly loops: readonly ByteRange[] };
  /** Of an earlier text, because its function does not parse at present: there are no code actions for it. */
  readonly kept?: true;
  /** Of a finding that a comment keeps quiet, for clients that take such: what reason it gives, and where it is, in byte offsets. */
  readonly suppression?: { readonly kind: 'inSource' | 'external'; readonly reason: string; readonly at?: ByteRange };
}

/** UTF-8 bytes from 0; the end is exclusive. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Ends the menu title of an unsafe fix. */
export const UNSAFE_SUFFIX = '(may change behaviour)';

/** `CodeAction.data` of an action over all of a file: every safe fix, of one rule when it is named. */
export interface FixAllData {
  readonly kind: 'fixAll';
  readonly uri: string;
  readonly version: number | null;
  readonly rule?: string;
}

/** `CodeAction.data` of a suppression. */
export interface SuppressData {
  readonly kind: 'suppress';
  readonly uri: string;
  readonly version: number | null;
  readonly fingerprint: string;
}

/** `CodeAction.data` of a fix: enough to compute its edit later, and to know the fix again in a headless client. */
export interface FixData {
  readonly kind: 'fix';
  readonly uri: string;
  /** Version the action was offered for; null for a file that is not open. */
  readonly version: number | null;
  readonly rule: string;
  /** As the rule words it, without the suffix of unsafe fixes. */
  readonly title: string;
  readonly fingerprint: string;
  /** Index among the finding's fixes. */
  readonly fix: number;
  readonly safety: 'safe' | 'suggestion' | 'unsafe';
  /** Imports of which the fix drops some uses, so that whoever applies several fixes can remove what is left unused; byte offsets. */
  readonly dropped?: readonly DroppedUses[];
  /** Names that the fix declares, each with where: whoever applies several fixes takes only one of those that share a name. */
  readonly declares?: readonly string[];
  /** What of the new text is a guess, as it stands there; comes as a snippet's placeholder where the client takes snippets. */
  readonly guess?: string;
}

/** A fix takes `uses` of the `of` uses that an import has in its file; `removal` is the edit for when none is left. */
export interface DroppedUses {
  readonly path: string;
  readonly uses: number;
  readonly of: number;
  readonly removal: readonly {
    readonly path: string;
    readonly range: ByteRange;
    readonly newText: string;
  }[];
}

/** `initializationOptions`, all optional. */
export interface InitializationOptions {
  /** Same shape as the `escapement` section of the client's settings. */
  readonly settings?: Settings;
  /** File URIs of files and directories that workspace/diagnostic reviews instead of the workspace folders. */
  readonly targets?: readonly string[];
  /** File URIs: of the files that the targets stand for, workspace/diagnostic reviews only these. */
  readonly only?: readonly string[];
  /** File URIs of directories in which a configuration file of their own holds, where `settings` name what holds elsewhere. */
  readonly configured?: readonly string[];
  /** Commands that the client runs itself (`escapement.explain`); for the others the server offers a plainer way. */
  readonly commands?: readonly string[];
  /** The client shows the server's status. */
  readonly showsStatus?: boolean;
  /** The client takes all findings of a file, however many; others get the most severe ones and a notice. */
  readonly takesAllFindings?: boolean;
  /** The client wants findings that comments keep quiet too, and tells them by `DiagnosticData.suppression`. */
  readonly takesSuppressed?: boolean;
  /** The client shows findings with their related places beside the hover, which then need not repeat them. */
  readonly showsFindingsInHovers?: boolean;
  /** The client answers `escapement/readFiles`. */
  readonly readsFiles?: boolean;
}

export interface Settings {
  readonly enable?: boolean;
  /** What is on where a rule is not named; with `none` exactly the named rules run, whatever the configuration file says. */
  readonly preset?: 'recommended' | 'all' | 'none';
  /** Rule id to severity, `off`, or `on` for the severity it has anyway. */
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off' | 'on'>>;
  readonly ruleOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Tools that review the code too (`gopls`, `golangci-lint`, linters by name): rules that find nearly the same are off. */
  readonly compat?: readonly string[];
  readonly go?: string;
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[];
  readonly showPossible?: boolean;
  /** Whether workspace/diagnostic covers the workspace or open files only. */
  readonly scope?: 'openFiles' | 'workspace';
  /** Hints `heap: reason` behind what escapes. Default false. */
  readonly inlayHints?: boolean;
  /** A line above each function that says what it puts on the heap. Default false. */
  readonly codeLens?: boolean;
  /** Path of a configuration file that stands for the discovered one, or false for none. */
  readonly config?: string | false;
}

export interface ReviewSummary {
  readonly files: number;
  readonly faults: readonly { readonly uri: string; readonly rule?: string; readonly message: string }[];
  readonly skipped: readonly { readonly uri: string; readonly why: string }[];
}
