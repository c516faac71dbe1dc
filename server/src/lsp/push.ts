/** Diagnostics for clients that do not pull them: published a moment after the last change, with the version they speak of. */
import { CancellationSource, Cancelled } from '../base/index.ts';
import type { ServerContext } from './context.ts';
import { isGo } from './documents.ts';
import { Outdated } from './reviews.ts';

const QUIET_MS = 150;

export class Pusher {
  private readonly published = new Map<string, string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = new CancellationSource();

  constructor(private readonly context: ServerContext) {}

  /** Reviews all open documents once nothing has changed for a moment. */
  schedule(): void {
    if (this.context.client().pulls) return;
    this.running.cancel();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.publishAll(), QUIET_MS);
  }

  closed(uri: string): void {
    if (!this.published.delete(uri)) return;
    void this.context.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  dispose(): void {
    this.running.cancel();
    clearTimeout(this.timer);
  }

  private async publishAll(): Promise<void> {
    const { documents, settings } = this.context;
    this.running = new CancellationSource();
    const { token } = this.running;
    await settings.ready();
    await Promise.all(
      documents
        .all()
        .filter(isGo)
        .map(({ path }) => this.publish(path, token)),
    );
  }

  private async publish(path: string, token: CancellationSource['token']): Promise<void> {
    const { reviews, documents, connection, host } = this.context;
    try {
      const review = await reviews.file(path, token);
      if (token.isCancelled || documents.at(path)?.version !== review.version || review.version === null) return;
      if (this.published.get(review.uri) === review.resultId) return;
      this.published.set(review.uri, review.resultId);
      await connection.sendDiagnostics({ uri: review.uri, version: review.version, diagnostics: [...review.shown] });
    } catch (error) {
      if (!(error instanceof Cancelled) && !(error instanceof Outdated)) host.logger.error(`review failed: ${String(error)}`);
    }
  }
}
