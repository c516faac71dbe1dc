/** Whether a range of a text lies on lines that changed. */
import { LineTable, type Range } from '../../base/index.ts';
import type { Texts } from '../files/texts.ts';
import type { ChangedLines } from './changed-lines.ts';

export class TouchedLines {
  private readonly tables = new Map<string, LineTable>();

  /** `files` by absolute path. */
  constructor(
    private readonly files: ReadonlyMap<string, ChangedLines>,
    private readonly texts: Texts,
  ) {}

  touches(path: string, { start, end }: Range, how: keyof ChangedLines): boolean {
    const lines = this.files.get(path)?.[how];
    if (lines === undefined || lines.size === 0) return false;
    const table = this.tables.get(path) ?? new LineTable(this.texts.bytes(path) ?? new Uint8Array());
    this.tables.set(path, table);
    const last = table.lineOf(Math.max(start, end - 1)) + 1;
    for (let line = table.lineOf(start) + 1; line <= last; line++) if (lines.has(line)) return true;
    return false;
  }
}
