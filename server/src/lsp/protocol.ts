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

/** Request: faults, skips and counts of the last workspace diagnostics. No parameters; answers `ReviewSummary`. */
export const SUMMARY_REQUEST = 'escapement/summary';
/** Request: a rule's page. Parameters `{ rule: string }`; answers `{ markdown: string }` or null. */
export const EXPLAIN_REQUEST = 'escapement/explain';
/** Request: state for a bug report. No parameters; answers `{ text: string }`, which holds no source text. */
export const DEBUG_REQUEST = 'escapement/debugInformation';

/** `Diagnostic.data`: what a headless client needs beyond the protocol. */
export interface DiagnosticData {
  readonly fingerprint: string;
  readonly certainty: 'certain' | 'likely' | 'possible';
  readonly function: string;
  /** Number of fixes, to be had as code actions. */
  readonly fixes: number;
}

/** `CodeAction.data` of a fix that is resolved lazily. */
export interface FixData {
  readonly uri: string;
  readonly version: number | null;
  readonly fingerprint: string;
  /** Index among the finding's fixes. */
  readonly fix: number;
  readonly safety: 'safe' | 'suggestion' | 'unsafe';
}

/** `initializationOptions`, all optional. */
export interface InitializationOptions {
  /** Same shape as the `escapement` section of the client's settings. */
  readonly settings?: Settings;
  /** File URIs of files and directories that workspace/diagnostic reviews instead of the workspace folders. */
  readonly targets?: readonly string[];
}

export interface Settings {
  readonly enable?: boolean;
  /** Rule id to severity or `off`; `preset` chooses what is on where a rule is not named. */
  readonly preset?: 'recommended' | 'all';
  readonly rules?: Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>>;
  readonly ruleOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly go?: string;
  readonly goos?: string;
  readonly goarch?: string;
  readonly tags?: readonly string[];
  readonly showPossible?: boolean;
  /** Whether workspace/diagnostic covers the workspace or open files only. */
  readonly scope?: 'openFiles' | 'workspace';
  /** Path of a configuration file that stands for the discovered one, or false for none. */
  readonly config?: string | false;
}

export interface ReviewSummary {
  readonly files: number;
  readonly faults: readonly { readonly uri: string; readonly rule?: string; readonly message: string }[];
  readonly skipped: readonly { readonly uri: string; readonly why: string }[];
}
