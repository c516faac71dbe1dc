/** The settled answer to every setting, after defaults, configuration file and client were folded together. */
import type { Severity } from '../rules/index.ts';

/** What decides a review besides the text. Plain data: it crosses to the workers. */
export interface ReviewSettings {
  /** Rule ids with their severity; a rule that is absent is off. */
  readonly rules: Readonly<Record<string, Severity>>;
  /** What all findings of a rule are to be, because somebody said so, whatever the rule makes of one. */
  readonly severities?: Readonly<Record<string, Severity>>;
  readonly ruleOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Go minor to assume instead of go.mod's. */
  readonly go?: number;
  readonly goos: string;
  readonly goarch: string;
  readonly tags: readonly string[];
  readonly showPossible: boolean;
  /** Files and findings that are not reported. */
  readonly exclusions?: Exclusions;
  /** Rules and severities that are others in some places. */
  readonly overrides?: Overrides;
  /** Folders that have settings of their own; the innermost one around a file decides. */
  readonly folders?: readonly FolderSettings[];
}

export interface FolderSettings {
  /** Absolute path of a directory or file. */
  readonly root: string;
  readonly settings: Omit<ReviewSettings, 'folders'>;
}

/** Of several that match a file, the later ones win. */
export interface Overrides {
  /** Directory that the patterns are relative to. */
  readonly root: string;
  readonly each: readonly Override[];
}

export interface Override {
  /** As `matchesPattern` reads it. */
  readonly path: string;
  /** Rules that are on there, with the severity that they have everywhere. */
  readonly enable: Readonly<Record<string, Severity>>;
  /** Rules that are off there. */
  readonly disable: readonly string[];
  readonly severity: Readonly<Record<string, Severity>>;
}

export interface Exclusions {
  /** Directory that the patterns are relative to. */
  readonly root: string;
  /** Patterns as `matchesPattern` reads them. */
  readonly paths: readonly string[];
  readonly rules: readonly { readonly path: string; readonly rules: readonly string[] }[];
}
