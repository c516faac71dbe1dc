/** The review less the findings that a baseline knows, and the entries of the baseline that stand for nothing any more. */
import { existsSync } from 'node:fs';
import { directoryOf, isWithin, LineTable, relativePath } from '../../base/index.ts';
import { forTerminal } from '../../report/index.ts';
import {
  type Baseline,
  type BaselineEntry,
  type Finding,
  type Identified,
  matchBaseline,
  parseBaseline,
  type Review,
} from '../../review/index.ts';
import { absolutePath, nativePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import type { Texts } from '../files/texts.ts';
import { type Io, UsageError } from '../io.ts';
import type { Plan } from '../plan.ts';

/** What is reviewed: of the targets' files these only, or all where that is undefined. Absolute paths. */
type Scope = Pick<Plan, 'targets' | 'only' | 'texts'>;

export class BaselineFilter {
  private constructor(
    private readonly baseline: Baseline,
    private readonly path: string,
    private readonly scope: Scope,
  ) {}

  /** Throws UsageError for a file that is not there or no baseline. */
  static read(file: string, scope: Scope, io: Io): BaselineFilter {
    const path = absolutePath(io.cwd, file);
    const bytes = readIfThere(path);
    const shown = forTerminal(file);
    if (bytes === undefined) throw new UsageError(`--baseline: cannot read ${shown}; escapement baseline update writes one`);
    const parsed = parseBaseline(new TextDecoder().decode(bytes));
    if (typeof parsed === 'string') throw new UsageError(`--baseline: ${shown}: ${parsed}`);
    return new BaselineFilter(parsed, path, scope);
  }

  /** The findings that no entry stands for. */
  newIn(review: Review): ReadonlySet<Finding> {
    return new Set(this.match(review).fresh);
  }

  /** Entries of reviewed places that stand for nothing any more. */
  staleIn(review: Review): readonly BaselineEntry[] {
    return this.match(review).stale.filter((entry) => this.isReviewed(this.fileOf(entry)));
  }

  without(stale: readonly BaselineEntry[]): readonly BaselineEntry[] {
    const gone = new Set(stale);
    return this.baseline.findings.filter((entry) => !gone.has(entry));
  }

  /** What a file holds that is there and was not looked at stands for itself, and for nothing that moved. */
  private match({ findings }: Review): ReturnType<typeof matchBaseline<Finding>> {
    const found = new Set(findings.map(({ path }) => path));
    const files = new Set(this.baseline.findings.map((entry) => this.fileOf(entry)));
    const apart = new Set([...files].filter((path) => !found.has(path) && !this.isReviewed(path) && existsSync(nativePath(path))));
    const entries = this.baseline.findings.filter((entry) => !apart.has(this.fileOf(entry)));
    return matchBaseline({ findings: entries }, identified(findings, directoryOf(this.path), this.scope.texts));
  }

  private fileOf({ file }: BaselineEntry): string {
    return absolutePath(directoryOf(this.path), file);
  }

  private isReviewed(path: string): boolean {
    const { targets, only } = this.scope;
    return targets.some((target) => isWithin(target.path, path)) && (only === undefined || only.includes(path));
  }
}

/** Longest line and piece of code that an entry holds. */
const LONGEST = 160;

/** Findings as entries of a baseline in the directory would have them. */
export function identified(findings: readonly Finding[], directory: string, texts: Texts): readonly Identified[] {
  const tables = new Map<string, LineTable>();
  return findings.map((finding) => {
    const bytes = texts.bytes(finding.path) ?? new Uint8Array();
    const table = tables.get(finding.path) ?? new LineTable(bytes);
    tables.set(finding.path, table);
    const { start, end } = finding.at;
    const line = table.lineOf(start);
    const entry = {
      fingerprint: finding.fingerprint,
      rule: finding.ruleId,
      file: relativePath(directory, finding.path),
      function: finding.function,
      line: squeezed(bytes.subarray(table.lineStart(line), table.lineEnd(line))),
      code: squeezed(bytes.subarray(start, end)),
    };
    return { finding, entry };
  });
}

function squeezed(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).replace(/\s+/g, '').slice(0, LONGEST);
}
