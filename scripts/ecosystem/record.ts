/** The tables of the last full proof in docs/fix-safety.md, between markers; the words around them are written by hand. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './report.ts';
import { reportTables } from './tables.ts';

const PAGE = join(import.meta.dirname, '../../docs/fix-safety.md');
const BEGIN = '<!-- record:begin -->';
const END = '<!-- record:end -->';

/** Throws when the page has lost its markers. */
export function writeRecord(report: Report): void {
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN);
  const end = page.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`docs/fix-safety.md has no markers ${BEGIN} … ${END}`);
  const head = `Run of ${report.date}, ${report.go}, Escapement at ${report.product.commit}.`;
  writeFileSync(PAGE, `${page.slice(0, begin + BEGIN.length)}\n${head}\n\n${reportTables(report)}\n${page.slice(end)}`);
}
