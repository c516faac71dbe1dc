/**
 * Open documents, version-checked. A notification that speaks of an older version than ours is a leftover (of a restart, or
 * of a client that repeats itself): it is dropped, because applying it would leave us with a text nobody has.
 */

import type {
  DidChangeTextDocumentParams,
  DidOpenTextDocumentParams,
  Range as LspRange,
  TextDocumentContentChangeEvent,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineTable, type Logger } from '../base/index.ts';
import { type PositionEncoding, toOffset } from './encoding.ts';
import { isOtherVersion, pathOfUri } from './uri.ts';

/** One version of a document; never changes. */
export interface Snapshot {
  /** As the client spells it. */
  readonly uri: string;
  readonly path: string;
  readonly version: number;
  readonly text: string;
  /** UTF-8 of `text`; lone surrogates become U+FFFD. */
  readonly source: Uint8Array;
  /** Lines as LSP counts them. */
  readonly lines: LineTable;
}

const encoder = new TextEncoder();

export class DocumentStore {
  private readonly byPath = new Map<string, Snapshot>();

  constructor(
    private readonly encoding: () => PositionEncoding,
    private readonly logger: Logger,
  ) {}

  /** The new snapshot, or undefined when it is older than what we hold or its URI cannot be read. */
  open({ textDocument }: DidOpenTextDocumentParams): Snapshot | undefined {
    const path = pathOfUri(textDocument.uri);
    if (path === undefined || typeof textDocument.text !== 'string') return undefined;
    const held = this.byPath.get(path);
    if (held !== undefined && held.version > textDocument.version) {
      this.logger.warn(`dropped an open of version ${textDocument.version}: version ${held.version} is open`);
      return undefined;
    }
    return this.store(textDocument.uri, path, textDocument.version, textDocument.text);
  }

  /** The new snapshot, or undefined when the change does not follow what we hold. */
  change({ textDocument, contentChanges }: DidChangeTextDocumentParams): Snapshot | undefined {
    const held = this.get(textDocument.uri);
    if (held === undefined) {
      this.logger.warn('dropped a change of a document that is not open');
      return undefined;
    }
    if (textDocument.version <= held.version) {
      this.logger.warn(`dropped a change to version ${textDocument.version}: version ${held.version} is open`);
      return undefined;
    }
    return this.store(held.uri, held.path, textDocument.version, applyChanges(held.text, contentChanges, this.encoding()));
  }

  /** The snapshot that was open. */
  close(uri: string): Snapshot | undefined {
    const held = this.get(uri);
    if (held !== undefined) this.byPath.delete(held.path);
    return held;
  }

  get(uri: string): Snapshot | undefined {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : this.byPath.get(path);
  }

  at(path: string): Snapshot | undefined {
    return this.byPath.get(path);
  }

  all(): readonly Snapshot[] {
    return [...this.byPath.values()];
  }

  private store(uri: string, path: string, version: number, text: string): Snapshot {
    const snapshot = lazySnapshot(uri, path, version, text);
    this.byPath.set(path, snapshot);
    return snapshot;
  }
}

/** Go that somebody works on: not what a file once was, as on the left of a diff. */
export function isGo({ path }: { readonly path: string }): boolean {
  return path.endsWith('.go') && !isOtherVersion(path);
}

/** Encoding and lines are made when first asked for: while a user types, most versions are never reviewed. */
function lazySnapshot(uri: string, path: string, version: number, text: string): Snapshot {
  let source: Uint8Array | undefined;
  let lines: LineTable | undefined;
  return {
    uri,
    path,
    version,
    text,
    get source() {
      source ??= encoder.encode(text);
      return source;
    },
    get lines() {
      lines ??= new LineTable(this.source, 'lsp');
      return lines;
    },
  };
}

function applyChanges(text: string, changes: readonly TextDocumentContentChangeEvent[], encoding: PositionEncoding): string {
  const document = TextDocument.create('', 'go', 0, text);
  for (const change of changes) {
    const isWhole = !('range' in change) || change.range === undefined;
    const edit = isWhole ? { text: change.text } : { text: change.text, range: inUtf16(document, change.range, encoding) };
    TextDocument.update(document, [edit], 0);
  }
  return document.getText();
}

function inUtf16(document: TextDocument, range: LspRange, encoding: PositionEncoding): LspRange {
  if (encoding === 'utf-16') return range;
  const source = encoder.encode(document.getText());
  const lines = new LineTable(source, 'lsp');
  const [start, end] = [range.start, range.end].map((position) => {
    const { line, column } = lines.positionUtf16(toOffset(lines, position, 'utf-8'));
    return { line, character: column };
  });
  return { start, end };
}
