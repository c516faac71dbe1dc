/**
 * Byte ranges to the lines and columns a report prints. Line tables are built once per file, because a file with many
 * findings is asked many times.
 */
import { compareText, LineTable, type Location, relativePath } from '../base/index.ts';
import type { Finding } from '../review/index.ts';
import type { Report } from './report.ts';

/** Lines and columns from 1; the end is exclusive. */
export interface Place {
  /** Relative to the run's directory, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface LoadedFile {
  readonly file: string;
  readonly source: Uint8Array;
  readonly lines: LineTable;
}

export class Places {
  private readonly files = new Map<string, LoadedFile>();

  constructor(private readonly report: Pick<Report, 'run' | 'sources'>) {}

  /** Columns in UTF-8 bytes, as Go tools count. A file whose bytes are gone gives line 1, column 1. */
  inBytes({ path, range }: Location): Place {
    const { file, lines } = this.load(path);
    const start = lines.position(range.start);
    const end = lines.position(range.end);
    return { file, line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
  }

  /** Columns in UTF-16 code units, as SARIF and editors count. */
  inUtf16({ path, range }: Location): Place {
    const { file, lines } = this.load(path);
    const start = lines.positionUtf16(range.start);
    const end = lines.positionUtf16(range.end);
    return { file, line: start.line + 1, column: start.column + 1, endLine: end.line + 1, endColumn: end.column + 1 };
  }

  relative(path: string): string {
    return this.load(path).file;
  }

  source(path: string): Uint8Array {
    return this.load(path).source;
  }

  lines(path: string): LineTable {
    return this.load(path).lines;
  }

  private fileOf(path: string): string {
    const { cwd } = this.report.run;
    return path === cwd ? '.' : relativePath(cwd, path);
  }

  private load(path: string): LoadedFile {
    const known = this.files.get(path);
    if (known !== undefined) return known;
    const source = this.report.sources(path) ?? new Uint8Array();
    const loaded = { file: this.fileOf(path), source, lines: new LineTable(source) };
    this.files.set(path, loaded);
    return loaded;
  }
}

export interface PlacedFinding {
  readonly finding: Finding;
  /** In UTF-8 bytes. */
  readonly place: Place;
}

/** By printed file, line, column, rule, then end and message, so that no order of work shows. */
export function placeFindings(findings: readonly Finding[], places: Places): readonly PlacedFinding[] {
  return findings.map((finding) => ({ finding, place: places.inBytes({ path: finding.path, range: finding.at }) })).sort(comparePlaced);
}

function comparePlaced(a: PlacedFinding, b: PlacedFinding): number {
  return (
    compareText(a.place.file, b.place.file) ||
    a.finding.at.start - b.finding.at.start ||
    compareText(a.finding.ruleId, b.finding.ruleId) ||
    a.finding.at.end - b.finding.at.end ||
    compareText(a.finding.message, b.finding.message)
  );
}
