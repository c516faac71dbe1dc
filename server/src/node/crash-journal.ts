/**
 * What survives a server that died: which files it was at, and which are put aside. A file that is under review for more than a
 * moment is written down, and taken off again when its review is over, however it ends; what a dead process leaves there has
 * killed it, or was unlucky. Twice unlucky in a row with the same text is put aside. Files are named by digests only.
 */
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../host/index.ts';

export interface JournalOptions {
  /** Made when first needed, for the user alone. */
  readonly directory: string;
  /** Of the product: another one may review what this one could not. */
  readonly version: string;
  readonly isAlive: (processId: number) => boolean;
  /** Reviews that take no longer are not written down, so that a killed server rarely leaves anything. Default 100. */
  readonly momentMs?: number;
}

/** A file, and what it held. */
interface Key {
  readonly file: string;
  readonly content: string;
}

interface Entry extends Key {
  readonly version: string;
  /** Processes that died at it since it was last reviewed. */
  readonly deaths: number;
  /** Why it is put aside. */
  readonly why?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const DEFAULT_MOMENT_MS = 100;
const MAX_DEATHS = 2;
const MAX_AGE_MS = 30 * 86_400_000;
const ENTRIES = 'put-aside.json';
const RUNNING = /^running-(\d+)-[\w-]+\.json$/;

/** The process must call `close` when it ends by its own will. */
export function createJournal(options: JournalOptions): Journal & { close(): void } {
  return new CrashJournal(options);
}

class CrashJournal implements Journal {
  private readonly running = new Map<string, Key>();
  private readonly runningFile: string;
  private known: Entry[] | undefined;

  constructor(private readonly options: JournalOptions) {
    this.runningFile = join(options.directory, `running-${process.pid}-${randomUUID()}.json`);
  }

  reasonFor(path: string, openText: string | undefined): string | undefined {
    const file = this.entries().length === 0 ? '' : digest(path);
    const entries = this.entries().filter((entry) => entry.file === file && (entry.why !== undefined || entry.deaths >= MAX_DEATHS));
    if (entries.length === 0) return undefined;
    const key = keyOf(path, openText);
    const entry = entries.find(({ content }) => content === key?.content);
    return entry && (entry.why ?? 'put aside: twice the server ended during its review');
  }

  watch(path: string, openText: string | undefined): () => void {
    const timer = setTimeout(() => this.noteRunning(path, openText), this.options.momentMs ?? DEFAULT_MOMENT_MS);
    timer.unref();
    return () => {
      clearTimeout(timer);
      if (this.running.delete(path)) this.writeRunning();
      this.survived(path);
    };
  }

  putAside(path: string, openText: string | undefined, why: string): void {
    const key = keyOf(path, openText);
    if (key === undefined) return;
    this.known = this.read();
    this.save([...this.known.filter((entry) => !isSame(entry, key)), this.entry(key, 0, why)]);
  }

  readmit(path: string): void {
    const file = digest(path);
    this.save(this.read().filter((entry) => entry.file !== file));
  }

  close(): void {
    this.running.clear();
    this.writeRunning();
  }

  /** A file that a process lived through is not what killed others. */
  private survived(path: string): void {
    if (!this.entries().some(({ deaths, why }) => deaths > 0 && why === undefined)) return;
    const file = digest(path);
    const isOver = ({ file: each, deaths, why }: Entry): boolean => each === file && why === undefined && deaths < MAX_DEATHS;
    if (this.entries().some(isOver)) this.save(this.read().filter((entry) => !isOver(entry)));
  }

  private noteRunning(path: string, openText: string | undefined): void {
    const key = keyOf(path, openText);
    if (key === undefined) return;
    this.running.set(path, key);
    this.writeRunning();
  }

  private writeRunning(): void {
    attempt(() => {
      if (this.running.size === 0) unlinkSync(this.runningFile);
      else this.write(this.runningFile, [...this.running.values()]);
    });
  }

  private entries(): readonly Entry[] {
    this.known ??= this.withDeaths(this.read());
    return this.known;
  }

  /** Counts what dead processes were at, once: their notes are taken away. */
  private withDeaths(entries: readonly Entry[]): Entry[] {
    const notes = attempt(() => readdirSync(this.options.directory)) ?? [];
    const dead = notes.filter((name) => this.isLeftBehind(name));
    const result = [...entries];
    for (const name of dead) {
      const note = join(this.options.directory, name);
      for (const key of parsed<Key>(attempt(() => readFileSync(note, 'utf8')))) {
        const index = result.findIndex((entry) => isSame(entry, key));
        const before = result[index];
        const entry = this.entry(key, (before?.deaths ?? 0) + 1, before?.why);
        if (before === undefined) result.push(entry);
        else result[index] = entry;
      }
      attempt(() => unlinkSync(note));
    }
    if (dead.length > 0) this.save(result);
    return result;
  }

  private isLeftBehind(name: string): boolean {
    const owner = RUNNING.exec(name)?.[1];
    if (owner === undefined || join(this.options.directory, name) === this.runningFile) return false;
    // Numbers of processes come again, above all in containers.
    return Number(owner) === process.pid || !this.options.isAlive(Number(owner));
  }

  private read(): Entry[] {
    const text = attempt(() => readFileSync(join(this.options.directory, ENTRIES), 'utf8'));
    const isOf = ({ version, at }: Entry): boolean => version === this.options.version && Date.now() - at < MAX_AGE_MS;
    return parsed<Entry>(text).filter(isOf);
  }

  private save(entries: readonly Entry[]): void {
    this.known = [...entries];
    attempt(() => this.write(join(this.options.directory, ENTRIES), entries));
  }

  private write(file: string, content: readonly unknown[]): void {
    mkdirSync(this.options.directory, { recursive: true, mode: 0o700 });
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
    renameSync(temporary, file);
  }

  private entry(key: Key, deaths: number, why: string | undefined): Entry {
    return {
      file: key.file,
      content: key.content,
      version: this.options.version,
      deaths,
      at: Date.now(),
      ...(why === undefined ? {} : { why }),
    };
  }
}

/** Undefined when there is no such file. */
function keyOf(path: string, openText: string | undefined): Key | undefined {
  const text = openText ?? attempt(() => readFileSync(path));
  return text === undefined ? undefined : { file: digest(path), content: digest(text) };
}

function digest(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

function isSame(a: Key, b: Key): boolean {
  return a.file === b.file && a.content === b.content;
}

function parsed<T extends Key>(text: string | undefined): T[] {
  const value: unknown = attempt(() => JSON.parse(text ?? '[]'));
  return Array.isArray(value) ? value.filter((each) => typeof each?.file === 'string' && typeof each?.content === 'string') : [];
}

/** A disk that cannot be read or written costs the journal and nothing else. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
