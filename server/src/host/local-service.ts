/** The analysis on the calling thread, for tests and for hosts that have no threads. */
import { type CancellationToken, Cancelled, throwIfCancelled } from '../base/index.ts';
import type { FileListener, Review, ReviewService, Session } from '../review/index.ts';
import { mergeReviews } from './merge.ts';

/** Reviews file by file and lets other work in between, so that cancellation can arrive. */
export function createLocalService(session: Session): ReviewService {
  return {
    async configure(settings) {
      session.configure(settings);
    },
    open: (document) => session.open(document),
    change: (document) => session.change(document),
    close: (path) => session.close(path),
    invalidate: (paths) => session.invalidate(paths),
    narrow: (parts) => session.narrow(parts),
    async discover(targets, token) {
      throwIfCancelled(token);
      return session.discover(targets, token);
    },
    async suppression(finding, reason) {
      return session.suppression(finding, reason);
    },
    async allocations(path, token) {
      throwIfCancelled(token);
      return session.allocations(path);
    },
    async refutedFixes(path, token) {
      throwIfCancelled(token);
      return session.refutedFixes(path, token);
    },
    async escapes(path, token) {
      throwIfCancelled(token);
      return session.escapes(path);
    },
    async faces(path, offsets, detail, token) {
      throwIfCancelled(token);
      return session.faces(path, offsets, detail);
    },
    async explanations(path, offset, token) {
      throwIfCancelled(token);
      return session.explanations(path, offset);
    },
    review: (paths, token, onFile) => reviewInTurns(session, paths, token, onFile),
    async dispose() {},
  };
}

async function reviewInTurns(
  session: Session,
  paths: readonly string[],
  token: CancellationToken,
  onFile: FileListener = () => {},
): Promise<Review> {
  const parts: Review[] = [];
  for (const path of paths) {
    await new Promise((resolve) => setTimeout(resolve));
    if (token.isCancelled) throw new Cancelled();
    const part = session.review([path], token);
    onFile(path, part);
    parts.push(part);
  }
  return mergeReviews(parts);
}
