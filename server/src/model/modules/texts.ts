/**
 * Texts of files: those of open documents over those on disk, read when asked for. Their trees can be let go and are parsed
 * again when somebody asks, because the trees of a large module do not fit in memory at once.
 */
import { type FileSystem, isWithin } from '../../base/index.ts';
import { type FileText, MAX_FILE_BYTES, type Parsed, parseText, readText } from './packages.ts';

/** A text before and after it was read again: the same object where the bytes are the same, undefined for no such file. */
export interface Reread {
  readonly before: FileText | undefined;
  readonly now: FileText | undefined;
}

const NOTHING = new Uint8Array(0);

export class Texts {
  private readonly documents = new Map<string, Uint8Array>();
  private readonly known = new Map<string, FileText>();
  /** The text of a document that the last edit of it replaced: edits are taken back, and two versions of a file compared. */
  private readonly replaced = new Map<string, FileText>();
  private held = 0;

  constructor(private readonly fs: FileSystem) {}

  /** Bytes that texts and trees take. */
  get bytes(): number {
    return this.held;
  }

  open(path: string, bytes: Uint8Array): void {
    this.documents.set(path, bytes);
  }

  /** Whether it was open. */
  close(path: string): boolean {
    this.forgetReplaced(path);
    return this.documents.delete(path);
  }

  isOpen(path: string): boolean {
    return this.documents.has(path);
  }

  /** Paths of open documents. */
  opened(): string[] {
    return [...this.documents.keys()];
  }

  read(path: string): Uint8Array | undefined {
    return this.documents.get(path) ?? this.fs.readFile(path);
  }

  /** In bytes; undefined for no such file. */
  sizeOf(path: string): number | undefined {
    return this.documents.get(path)?.length ?? this.fs.size(path);
  }

  /** Undefined for files that are absent, unreadable or too large. */
  at(path: string): FileText | undefined {
    const known = this.known.get(path);
    if (known !== undefined) return known;
    const size = this.sizeOf(path);
    const source = size === undefined || size > MAX_FILE_BYTES ? undefined : this.read(path);
    if (source === undefined) return undefined;
    const text = readText(path, source);
    this.held += heldBytes(text);
    this.known.set(path, text);
    return text;
  }

  sourceOf({ path, unparsed }: FileText): Uint8Array {
    return unparsed ?? this.read(path) ?? NOTHING;
  }

  /** As `sourceOf`, of parsed ones too. */
  bytesOf(text: FileText): Uint8Array {
    return heldSource(text) ?? this.sourceOf(text);
  }

  parse(text: FileText): Parsed {
    const source = this.sourceOf(text);
    this.drop(text);
    const parsed = parseText(text, source);
    this.held += parsed.bytes;
    return parsed;
  }

  /** Of a text whose bytes were let go nobody can tell whether it is the same: it counts as changed. */
  reread(path: string): Reread {
    const before = this.known.get(path);
    this.known.delete(path);
    const now = this.at(path);
    if (before !== undefined && now !== undefined && isSame(before, now)) return { before, now: this.takeInstead(before, now) };
    const replaced = this.replaced.get(path);
    this.replaced.delete(path);
    const isBack = replaced !== undefined && now !== undefined && isSame(replaced, now);
    if (replaced !== undefined && !isBack) this.drop(replaced);
    if (before !== undefined && this.isOpen(path)) this.replaced.set(path, before);
    else if (before !== undefined) this.drop(before);
    return { before, now: isBack ? this.takeInstead(replaced, now) : now };
  }

  /** Of two texts with the same bytes. */
  private takeInstead(known: FileText, read: FileText): FileText {
    this.drop(read);
    this.known.set(known.path, known);
    return known;
  }

  private forgetReplaced(path: string): void {
    const replaced = this.replaced.get(path);
    if (replaced !== undefined) this.drop(replaced);
    this.replaced.delete(path);
  }

  /** Whether anything was known of files at or below the path. */
  forgetBelow(path: string): boolean {
    const below = [...this.known].filter(([each]) => isWithin(path, each));
    for (const [each, text] of below) {
      this.known.delete(each);
      this.drop(text);
      this.forgetReplaced(each);
    }
    return below.length > 0;
  }

  /** Of bytes and trees; what headers say is kept. */
  letGo(): void {
    for (const text of this.known.values()) this.drop(text);
    for (const path of [...this.replaced.keys()]) this.forgetReplaced(path);
  }

  private drop(text: FileText): void {
    this.held -= heldBytes(text);
    text.parsed = undefined;
    text.unparsed = undefined;
  }
}

function isSame(before: FileText, now: FileText): boolean {
  const [old, fresh] = [heldSource(before), heldSource(now)];
  if (old === undefined || fresh === undefined || old.length !== fresh.length) return false;
  for (let i = 0; i < old.length; i++) if (old[i] !== fresh[i]) return false;
  return true;
}

function heldSource({ parsed, unparsed }: FileText): Uint8Array | undefined {
  return unparsed ?? parsed?.tree.source;
}

/** What is held of a text, parsed or not. */
function heldBytes({ parsed, unparsed }: FileText): number {
  return parsed?.bytes ?? unparsed?.length ?? 0;
}
