/** What a run of the proof found, as data: everything that is pinned has one identity, so that two versions can be compared. */
import type { Problem } from './checks.ts';
import type { TestCount } from './together.ts';

export interface Report {
  readonly product: { readonly commit: string; readonly digest: string };
  readonly go: string;
  /** Day of the run, ISO 8601. */
  readonly date: string;
  readonly modules: readonly ModuleProof[];
}

export type ModuleProof =
  | {
      readonly module: string;
      readonly version: string;
      /** Could not be fetched, built or reviewed: nothing is known. */
      readonly status: 'unproved';
      readonly why: string;
    }
  | {
      readonly module: string;
      readonly version: string;
      readonly status: 'proved' | 'broken';
      /** Reviewed. */
      readonly files: number;
      readonly rules: Readonly<Record<string, RuleCount>>;
      readonly problems: readonly Problem[];
      readonly tests: TestCount;
      readonly findings: readonly FindingRecord[];
    };

export interface RuleCount {
  readonly findings: number;
  /** Safe fixes that were offered. */
  readonly safe: number;
  /** Safe fixes that `--fix` applied, in all its rounds. */
  readonly applied: number;
  readonly suggestions: number;
  /** Fixes in files that the compiler reads on none of the targets that were tried. */
  readonly unseen: number;
  /** Fixes that broke something by themselves. */
  readonly broken: number;
}

export interface FindingRecord {
  /** `rule file:line:column`, from 1, columns in UTF-8 bytes. */
  readonly at: string;
  /** Severity and certainty. */
  readonly level: string;
  readonly message: string;
  /** Tier and digest of the edits. */
  readonly fixes: readonly string[];
}
