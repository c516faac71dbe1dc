/**
 * The bytes that a run speaks about: each file as it was first read, or the text that fixes have made of it. Positions,
 * reports and writes all rest on these, so that a file changing under us is noticed and never half believed.
 */
import { LineTable } from '../../base/index.ts';
import type { PositionedText, TextLookup } from '../../lsp/index.ts';
import { uriOfPath } from '../../lsp/index.ts';
import { readIfThere } from './read-file.ts';

export class Texts {
  private readonly originals = new Map<string, Uint8Array | undefined>();
  private readonly current = new Map<string, Uint8Array>();
  private readonly positioned = new Map<string, PositionedText>();

  /** Undefined when the file cannot be read. */
  bytes(path: string): Uint8Array | undefined {
    return this.current.get(path) ?? this.original(path);
  }

  /** The same for who looks once into many files: what was not read before is not kept. */
  passing(path: string): Uint8Array | undefined {
    return this.current.get(path) ?? (this.originals.has(path) ? this.originals.get(path) : readIfThere(path));
  }

  /** As it was before any fix. */
  original(path: string): Uint8Array | undefined {
    if (!this.originals.has(path)) this.originals.set(path, readIfThere(path));
    return this.originals.get(path);
  }

  /** Stands for a file that need not be there: its text came from elsewhere. */
  stand(path: string, bytes: Uint8Array): void {
    this.originals.set(path, bytes);
  }

  /** What fixes made of the file. */
  replace(path: string, bytes: Uint8Array): void {
    this.original(path);
    this.current.set(path, bytes);
    this.positioned.delete(path);
  }

  /** Takes all of that back. */
  restore(): void {
    this.current.clear();
    this.positioned.clear();
  }

  /** Files that changed, came or went: what was read of them is read anew. */
  forget(paths: readonly string[]): void {
    for (const path of paths) {
      this.originals.delete(path);
      this.current.delete(path);
      this.positioned.delete(path);
    }
  }

  /** Paths whose text differs from the file, sorted. */
  changed(): readonly string[] {
    return [...this.current.keys()].sort();
  }

  readonly lookup: TextLookup = (path) => {
    const known = this.positioned.get(path);
    if (known !== undefined) return known;
    const bytes = this.bytes(path);
    if (bytes === undefined) return undefined;
    const text: PositionedText = { uri: uriOfPath(path), version: null, lines: new LineTable(bytes, 'lsp') };
    this.positioned.set(path, text);
    return text;
  };
}
