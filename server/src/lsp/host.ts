/** What a host gives the language server: the analysis, files to read for positions, and ways to log and to end. */
import type { FileSystem, Logger } from '../base/index.ts';
import type { ReviewSettings } from '../config/index.ts';
import type { ReviewService, Skipped } from '../review/index.ts';
import type { Settings } from './protocol.ts';

/** Something wrong in a configuration file, shown on that file. */
export interface ConfigurationProblem {
  readonly path: string;
  /** Bytes of the file; absent when the whole file is meant. */
  readonly range?: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export interface SettledSettings {
  readonly settings: ReviewSettings;
  readonly problems: readonly ConfigurationProblem[];
  /** Configuration files that were read, to say so in a bug report. */
  readonly files: readonly string[];
}

export interface SettingsRequest {
  readonly client: Settings;
  /** Directories of the workspace, absolute; the first decides which configuration file holds. */
  readonly roots: readonly string[];
  /** Text of open documents, which stands for the file on disk. */
  readonly openText: (path: string) => Uint8Array | undefined;
}

export interface ServerHost {
  readonly version: string;
  readonly service: ReviewService;
  readonly fileSystem: FileSystem;
  readonly logger: Logger;
  /** Folds client settings and configuration files; must not throw. Keeps the last good configuration itself. */
  settle(request: SettingsRequest): SettledSettings;
  /** A rule's page as markdown, without HTML; undefined for an unknown id. */
  explain(rule: string): string | undefined;
  /** Address of a rule's page. */
  ruleUrl(rule: string): string;
  /** How many packages may be under review at once. */
  readonly parallelism: number;
  /** Lines for a bug report about the host: platform, workers, memory, where imports of the given directories are found. No source text, no paths. */
  debugLines(roots: readonly string[]): readonly string[];
  /** Files the host has put aside after they killed a worker. */
  quarantined?(): readonly Skipped[];
}
