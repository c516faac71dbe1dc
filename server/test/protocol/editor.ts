/**
 * What an editor knows: its documents, the files on the disk and the settings. Texts follow edits by arithmetic of its own, so
 * that the server's has something to be wrong against.
 */
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { functionOf, goFile, stampPlace } from './texts.ts';

export interface OpenText {
  version: number;
  text: string;
  /** Stamp of the text at each version since it was opened; versions whose marker is broken have none. */
  readonly stamps: Map<number, number>;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Change {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Files of the workspace; the third is not there at first. */
export const FILES = ['a/a.go', 'a/b.go', 'a/d.go', 'sub/c.go'] as const;

export type Encoding = 'utf-8' | 'utf-16';

export class Editor {
  readonly root: string;
  readonly open = new Map<string, OpenText>();
  readonly disk = new Map<string, string>();
  settings: Readonly<Record<string, unknown>> = { preset: 'all' };
  /** Times the server was told that settings changed. */
  flips = 0;
  private stamp = 0;

  /** Characters of positions are counted in `encoding`. */
  constructor(readonly encoding: Encoding) {
    this.root = mkdtempSync(join(realpathSync(tmpdir()), 'escapement-protocol-'));
    writeFileSync(join(this.root, 'go.mod'), 'module example.com/w\n\ngo 1.22\n');
    for (const file of FILES) if (file !== 'a/d.go') this.write(file, this.newText(file, [0, 1, 3, 5, 7]));
  }

  dispose(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  uriOf(file: string): string {
    return file.includes(':') ? file : pathToFileURL(join(this.root, file)).href;
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.root, file)), { recursive: true });
    writeFileSync(join(this.root, file), text);
    this.disk.set(file, text);
  }

  remove(file: string): void {
    rmSync(join(this.root, file), { force: true });
    this.disk.delete(file);
  }

  rename(from: string, to: string): void {
    renameSync(join(this.root, from), join(this.root, to));
    this.disk.set(to, this.disk.get(from) ?? '');
    this.disk.delete(from);
  }

  /** The last stamp that any text got. */
  get lastStamp(): number {
    return this.stamp;
  }

  /** A sound text of its own, with a stamp that no other has. */
  newText(file: string, templates: readonly number[]): string {
    const packageName = file.startsWith('sub') ? 'sub' : 'a';
    return goFile(
      packageName,
      ++this.stamp,
      templates.map((template, i) => functionOf(template, FILES.indexOf(file as never) * 10 + i)),
    );
  }

  /** Replaces units of an open text and moves its stamp on; the changes as the protocol says them, each on the text after the last. */
  edit(file: string, start: number, length: number, piece: string, version: number): Change[] {
    const held = this.open.get(file);
    if (held === undefined) return [];
    const from = soundOffset(held.text, start);
    const to = Math.max(from, soundOffset(held.text, from + length));
    const changes = [this.changeOf(held.text, from, to, piece)];
    held.text = held.text.slice(0, from) + piece + held.text.slice(to);
    const place = stampPlace(held.text);
    if (place !== undefined) {
      const stamp = String(++this.stamp);
      changes.push(this.changeOf(held.text, place.start, place.end, stamp));
      held.text = held.text.slice(0, place.start) + stamp + held.text.slice(place.end);
    }
    this.moveTo(held, version);
    return changes;
  }

  replace(file: string, text: string, version: number): Change[] {
    const held = this.open.get(file);
    if (held === undefined) return [];
    held.text = text;
    this.moveTo(held, version);
    return [{ text }];
  }

  opened(file: string, text: string, version: number): void {
    const held: OpenText = { version, text, stamps: new Map() };
    this.open.set(file, held);
    this.moveTo(held, version);
  }

  /** What a text says of its version; undefined when its marker is broken. */
  stampOf(file: string): number | undefined {
    const text = this.open.get(file)?.text ?? '';
    const place = stampPlace(text);
    return place === undefined ? undefined : Number(text.slice(place.start, place.end));
  }

  private changeOf(text: string, start: number, end: number, piece: string): Change {
    return { range: { start: this.positionOf(text, start), end: this.positionOf(text, end) }, text: piece };
  }

  private positionOf(text: string, offset: number): Position {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    const last = lines.at(-1) ?? '';
    return { line: lines.length - 1, character: this.encoding === 'utf-8' ? Buffer.byteLength(last) : last.length };
  }

  private moveTo(held: OpenText, version: number): void {
    held.version = version;
    const place = stampPlace(held.text);
    if (place !== undefined) held.stamps.set(version, Number(held.text.slice(place.start, place.end)));
  }
}

/** An offset in the text that splits neither a surrogate pair nor a line break. */
function soundOffset(text: string, offset: number): number {
  const at = Math.min(offset, text.length);
  const splits = /[\ud800-\udbff]/.test(text[at - 1] ?? '') || (text[at - 1] === '\r' && text[at] === '\n');
  return splits ? at - 1 : at;
}
