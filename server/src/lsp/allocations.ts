/** What open documents put on the heap, asked of the analysis once per state of the workspace: hints and lenses share it. */
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from '../base/index.ts';
import type { FunctionAllocations, ReviewService } from '../review/index.ts';
import type { DocumentStore, Snapshot } from './documents.ts';
import type { Reviews } from './reviews.ts';

export class Allocations {
  private readonly known = new Map<string, { readonly revision: number; readonly functions: readonly FunctionAllocations[] }>();

  constructor(
    private readonly service: ReviewService,
    private readonly documents: DocumentStore,
    private readonly reviews: Reviews,
  ) {}

  /** Of this version of the document. Rejects with "content modified" when the text moves on meanwhile: the client asks again. */
  async of({ path, version }: Snapshot, token: CancellationToken): Promise<readonly FunctionAllocations[]> {
    const { revision } = this.reviews;
    const known = this.known.get(path);
    if (known?.revision === revision) return known.functions;
    const functions = await this.service.allocations(path, token);
    if (this.documents.at(path)?.version !== version) throw new ResponseError(LSPErrorCodes.ContentModified, 'the text has changed');
    if (this.reviews.revision === revision) this.known.set(path, { revision, functions });
    return functions;
  }

  /** The document is closed. */
  forget(path: string): void {
    this.known.delete(path);
  }
}
