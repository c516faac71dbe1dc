/**
 * Files that the client reads for a host that cannot: what the analysis missed is asked for in batches, handed to the host, and
 * whatever rests on it is reviewed again. Reviews never wait for it. Nothing is read outside the workspace but the directory of
 * an open document and the module files above it, and in all no more than a browser's memory bears.
 */
import { type Connection, MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { baseName, type DirectoryEntry, directoryOf, errorMessage, isForeign, isWithin, joinPath } from '../base/index.ts';
import type { Client } from './client.ts';
import type { DocumentStore } from './documents.ts';
import { type ClientReadFiles, type ProvidedFiles, type ServerHost, UNREAD, type WantedFiles } from './host.ts';
import { READ_FILES_REQUEST, type ReadEntry, type ReadFilesParams, type ReadFilesResult } from './protocol.ts';
import { isOtherVersion, uriOfPath } from './uri.ts';

/** Paths in one request. */
const BATCH = 200;
/** Of a module beyond that a browser had better not hold two copies. */
const LIMITS = { files: 10_000, bytes: 64 << 20 };
/** Where documents lie that are nowhere yet. */
const UNTITLED = '//untitled:';
/** They decide what the files below them mean, so they are looked for above the workspace too, where there is such a place. */
const MODULE_FILES: ReadonlySet<string> = new Set(['go.mod', 'go.work']);

export interface ClientFilesParts {
  readonly connection: Connection;
  readonly host: Pick<ServerHost, 'clientFiles' | 'logger'>;
  readonly documents: DocumentStore;
  readonly client: () => Client;
  readonly roots: () => readonly string[];
  /** Files read differently now. */
  readonly onProvided: () => void;
  /** For tests. */
  readonly limits?: { readonly files: number; readonly bytes: number };
}

export class ClientFiles {
  private readonly waiting: WantedFiles[] = [];
  private isReading = false;
  /** Bytes of each file that was read. */
  private readonly sizes = new Map<string, number>();
  private total = 0;
  private isFull = false;
  /** What nobody was asked for, because it lies outside. */
  private readonly outside = { directories: new Set<string>(), files: new Set<string>() };

  constructor(private readonly parts: ClientFilesParts) {}

  /** To be called once the client has said what it can do. */
  start(): void {
    this.parts.host.clientFiles?.onWanted((wanted) => this.want(wanted));
  }

  /** A document was opened, or a folder was added: some of what lay outside may lie inside now. */
  reconsider(): void {
    const inside = (paths: Set<string>): string[] => [...paths].filter((path) => this.isReadable(path));
    const [packages, files] = [inside(this.outside.directories), inside(this.outside.files)];
    if (packages.length + files.length > 0) this.want({ packages, directories: [], files });
  }

  private want(wanted: WantedFiles): void {
    this.waiting.push(wanted);
    if (!this.isReading) void this.readAll(this.parts.host.clientFiles);
  }

  private async readAll(target: ClientReadFiles | undefined): Promise<void> {
    this.isReading = true;
    // What several ask for at the same time is asked for once.
    await Promise.resolve();
    for (let wanted = this.takeWaiting(); wanted !== undefined; wanted = this.takeWaiting()) {
      target?.provide(await this.read(wanted));
      this.parts.onProvided();
    }
    this.isReading = false;
  }

  private takeWaiting(): WantedFiles | undefined {
    const waiting = this.waiting.splice(0);
    if (waiting.length === 0) return undefined;
    const all = (kind: keyof WantedFiles): string[] => [...new Set(waiting.flatMap((each) => each[kind]))];
    const packages = new Set(all('packages'));
    return { packages: [...packages], directories: all('directories').filter((path) => !packages.has(path)), files: all('files') };
  }

  private async read({ packages, directories, files }: WantedFiles): Promise<ProvidedFiles> {
    const [listed, first] = await Promise.all([this.list([...packages, ...directories]), this.readFiles(files)]);
    const [withSources, known] = [new Set(packages), new Set(files)];
    const sources = listed.flatMap(({ path, entries }) => (withSources.has(path) ? goFilesIn(path, entries) : []));
    const second = await this.readFiles(sources.filter((path) => !known.has(path)));
    return { directories: listed, files: [...first, ...second] };
  }

  private async list(paths: readonly string[]): Promise<ProvidedFiles['directories']> {
    const readable = this.readable(paths, this.outside.directories);
    const listed = new Map(paths.map((path) => [path, readable.has(path) ? UNREAD : []]));
    await this.inBatches([...readable], async (batch) => {
      const { directories } = await this.ask({ directories: batch.map(uriOfPath), files: [] });
      for (const [i, path] of batch.entries()) listed.set(path, entriesOf(directories[i]));
    });
    return [...listed].map(([path, entries]) => ({ path, entries }));
  }

  private async readFiles(paths: readonly string[]): Promise<ProvidedFiles['files']> {
    const readable = this.readable(paths, this.outside.files);
    const read = new Map(paths.map((path) => [path, readable.has(path) ? UNREADABLE : {}]));
    await this.inBatches([...readable], async (batch) => {
      const { files } = await this.ask({ directories: [], files: batch.map(uriOfPath) });
      for (const [i, path] of batch.entries()) read.set(path, this.account(path, contentOf(files[i])));
    });
    return [...read].map(([path, content]) => ({ path, ...content }));
  }

  /** Those that the client is asked for; the others are remembered. */
  private readable(paths: readonly string[], outside: Set<string>): ReadonlySet<string> {
    const readable = new Set(paths.filter((path) => this.isReadable(path)));
    for (const path of paths) {
      if (readable.has(path)) outside.delete(path);
      else outside.add(path);
    }
    return readable;
  }

  /** What comes when nothing more is read, or fails, is left to stand as it is. */
  private async inBatches(paths: readonly string[], work: (batch: readonly string[]) => Promise<void>): Promise<void> {
    for (let from = 0; from < paths.length && !this.isFull; from += BATCH) {
      try {
        await work(paths.slice(from, from + BATCH));
      } catch (error) {
        this.parts.host.logger.warn(`the client did not read files: ${errorMessage(error)}`);
      }
      this.stopWhenFull();
    }
  }

  private ask(params: ReadFilesParams): Promise<ReadFilesResult> {
    return this.parts.connection.sendRequest<ReadFilesResult>(READ_FILES_REQUEST, params);
  }

  /** Inside the workspace, the directory of an open document, or a module file above either. */
  private isReadable(path: string): boolean {
    const { client, documents, roots } = this.parts;
    if (client().options.readsFiles !== true || isOtherVersion(path) || path.startsWith(UNTITLED)) return false;
    const places = [...roots(), ...documents.all().map((document) => directoryOf(document.path))];
    if (roots().some((root) => isWithin(root, path)) || places.some((place) => place === path || place === directoryOf(path))) return true;
    return MODULE_FILES.has(baseName(path)) && hasAbove(path) && places.some((place) => isWithin(directoryOf(path), place));
  }

  private account(path: string, content: Content): Content {
    this.total += (content.bytes?.length ?? 0) - (this.sizes.get(path) ?? 0);
    this.sizes.set(path, content.bytes?.length ?? 0);
    return content;
  }

  private stopWhenFull(): void {
    const { files, bytes } = this.parts.limits ?? LIMITS;
    if (this.isFull || (this.sizes.size < files && this.total < bytes)) return;
    this.isFull = true;
    const held = `${this.sizes.size.toLocaleString('en')} files, ${Math.ceil(this.total / (1 << 20))} MiB`;
    const message = `Escapement reads no more of this workspace (${held}): what rests on further files is left out.`;
    this.parts.host.logger.warn(message);
    void this.parts.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }
}

/** Above the folder of a repository's host there are other repositories, if anything: only a machine's folders have one above. */
function hasAbove(path: string): boolean {
  return !isForeign(path) || path.startsWith('//vscode-remote:');
}

type Content = Omit<ProvidedFiles['files'][number], 'path'>;

/** Is there, but nobody knows what it holds. */
const UNREADABLE: Content = { size: 0 };

function goFilesIn(directory: string, entries: readonly DirectoryEntry[]): string[] {
  const goFiles = entries.filter(({ name, kind }) => kind === 'file' && name.endsWith('.go') && name !== UNREAD[0].name);
  return goFiles.map(({ name }) => joinPath(directory, name));
}

function entriesOf(entries: ReadFilesResult['directories'][number] | undefined): readonly DirectoryEntry[] {
  return entries === 'unreadable' ? UNREAD : [...(entries ?? [])].sort(byName);
}

function contentOf(file: ReadFilesResult['files'][number] | undefined): Content {
  if (file === 'unreadable') return UNREADABLE;
  if (file === null || file === undefined) return {};
  if ('size' in file) return { size: file.size };
  const text = atob(file.base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return { bytes };
}

/** Bytewise, which for UTF-8 is by code points. */
function byName({ name: a }: ReadEntry, { name: b }: ReadEntry): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = (left[i].codePointAt(0) ?? 0) - (right[i].codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
