/** What a host gives the language server: the analysis, files to read for positions, and ways to log and to end. */
import type { DirectoryEntry, FileSystem, Logger } from '../base/index.ts';
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

/** Absolute paths that the analysis asked for and the host cannot read itself. */
export interface WantedFiles {
  /** Directories whose entries are wanted, with the text of Go files in them. */
  readonly packages: readonly string[];
  /** Directories of which the entries are enough. */
  readonly directories: readonly string[];
  readonly files: readonly string[];
}

/** Entries of a directory that could not be read: a Go file that nobody can read either. No walk takes it for code, because of the dot. */
export const UNREAD: readonly DirectoryEntry[] = [{ name: '.unread.go', kind: 'file' }];

/** What became of wanted paths. */
export interface ProvidedFiles {
  /** Empty for what is no directory. */
  readonly directories: readonly { readonly path: string; readonly entries: readonly DirectoryEntry[] }[];
  /** Without bytes: absent, or with `size` more than is read. */
  readonly files: readonly { readonly path: string; readonly bytes?: Uint8Array; readonly size?: number }[];
}

/** Files that the client reads for the host, because the host cannot. */
export interface ClientReadFiles {
  /** Calls the listener soon after something is wanted that was not before. */
  onWanted(listener: (wanted: WantedFiles) => void): void;
  /** The analysis sees the files from now on. */
  provide(files: ProvidedFiles): void;
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
  /** Absent where the host reads all files itself. */
  readonly clientFiles?: ClientReadFiles;
  /** Files the host has put aside after they killed a worker. */
  quarantined?(): readonly Skipped[];
  /** Takes a file that was put aside for one like any other. */
  readmit?(path: string): void;
}
