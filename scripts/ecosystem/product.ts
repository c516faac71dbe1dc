/**
 * The product as its users run it: the built command line, as a process. A proof takes hours and the sources move on, so
 * it runs a copy of `dist/` under the digest of what is in it.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, LineTable } from '../../server/src/base/index.ts';
import { type Place, run } from './commands.ts';

export interface Product {
  /** Entry point of the command line. */
  readonly entry: string;
  /** Of all that is run. */
  readonly digest: string;
  /** What git calls the sources, with `+` when they were changed since. */
  readonly commit: string;
}

/** In UTF-8 bytes of the file as it was reviewed. */
export interface FixEdit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

export interface FoundFix {
  /** Unique in the module: rule, place, and which of the finding's fixes. */
  readonly id: string;
  readonly rule: string;
  readonly safety: 'safe' | 'suggestion' | 'unsafe';
  readonly edits: readonly FixEdit[];
}

export interface Found {
  readonly rule: string;
  /** Relative to the module, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly certainty: string;
  readonly message: string;
  readonly fixes: readonly FoundFix[];
}

export interface Reviewed {
  readonly files: number;
  readonly findings: readonly Found[];
  readonly faults: readonly string[];
}

/** What `review --format json` prints (contract in docs/formats.md), as far as it is read here. */
interface ReviewOutput {
  readonly findings: readonly (Omit<Found, 'fixes'> & {
    readonly fixes: readonly { readonly safety: FoundFix['safety']; readonly edits: readonly OutputEdit[] }[];
  })[];
  readonly faults: readonly { readonly file: string; readonly message: string }[];
  readonly summary: { readonly files: number };
}

/** Lines and columns from 1, columns in UTF-8 bytes. */
interface OutputEdit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

const ROOT = join(import.meta.dirname, '../..');

/** A copy of what the build made, in `folder`. */
export function productIn(folder: string): Product {
  const dist = join(ROOT, 'dist');
  const digest = digestOfFolder(dist);
  const copy = join(folder, `product-${digest}`);
  if (!existsSync(copy)) {
    cpSync(dist, `${copy}.${process.pid}`, { recursive: true });
    renameSync(`${copy}.${process.pid}`, copy);
  }
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  const commit =
    git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain', '--', 'server/src', 'server/facts') === '' ? '' : '+');
  return { entry: join(copy, 'escapement.js'), digest, commit };
}

/** Rejects when the program itself fails; faults of single rules are in the answer. */
export async function review(product: Product, place: Place): Promise<Reviewed> {
  const { stdout, stderr } = await run(
    process.execPath,
    [product.entry, 'review', '--rules', 'all', '--no-config', '--format', 'json', '.'],
    place,
  );
  if (!stdout.startsWith('{')) throw new Error(`escapement failed: ${stderr.slice(0, 2000)}`);
  const { findings, faults, summary }: ReviewOutput = JSON.parse(stdout);
  const offset = offsetsIn(place.folder);
  const seen = new Map<string, number>();
  return {
    files: summary.files,
    faults: faults.map(({ file, message }) => `${file}: ${message}`),
    findings: findings.map((each) => {
      const { rule, file, line, column, severity, certainty, message } = each;
      const base = `${rule} ${file}:${line}:${column}`;
      const nth = seen.get(base) ?? 0;
      seen.set(base, nth + 1);
      const fixes = each.fixes.map(({ safety, edits }, i) => ({
        id: `${base}${nth === 0 ? '' : `#${nth}`} ${safety} ${i + 1}`,
        rule,
        safety,
        edits: edits.map((edit) => ({
          file: edit.file,
          start: offset(edit.file, edit.line, edit.column),
          end: offset(edit.file, edit.endLine, edit.endColumn),
          newText: edit.newText,
        })),
      }));
      return { rule, file, line, column, severity, certainty, message, fixes };
    }),
  };
}

/** Applies safe fixes to the files; gives how many of each rule were applied, in all rounds. Rejects when the program fails. */
export async function fixSafely(product: Product, place: Place, rules = 'all'): Promise<Record<string, number>> {
  const args = [product.entry, 'review', '--fix', '-v', '--rules', rules, '--no-config', '--format', 'json', '.'];
  const { code, stderr } = await run(process.execPath, args, place);
  if (code === 2) throw new Error(`escapement --fix failed: ${stderr.slice(0, 2000)}`);
  const counts: Record<string, number> = {};
  for (const [, rule] of stderr.matchAll(/^.*: fixed: .* \(([a-z-]+)\)$/gm)) counts[rule] = (counts[rule] ?? 0) + 1;
  return counts;
}

/** The file's bytes after the edits that speak of it. */
export function editedText(text: Uint8Array, file: string, edits: readonly FixEdit[]): Uint8Array {
  const its = edits.filter((edit) => edit.file === file);
  return applyEdits(
    text,
    its.map(({ start, end, newText }) => ({ path: file, range: { start, end }, newText })),
  );
}

function offsetsIn(folder: string): (file: string, line: number, column: number) => number {
  const tables = new Map<string, LineTable>();
  return (file, line, column) => {
    const table = tables.get(file) ?? new LineTable(readFileSync(join(folder, file)));
    tables.set(file, table);
    return table.lineStart(line - 1) + column - 1;
  };
}

function digestOfFolder(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !/\.(map|cache)$/.test(name));
  for (const name of files.sort()) if (statSync(join(folder, name)).isFile()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex').slice(0, 16);
}
