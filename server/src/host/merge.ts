/** Reviews of parts as one, in an order that does not depend on who finished first. */
import type { Finding, Review } from '../review/index.ts';

export function mergeReviews(parts: readonly Review[]): Review {
  const suppressed = parts.flatMap((part) => part.suppressed ?? []).sort(byPlace);
  return {
    findings: parts.flatMap(({ findings }) => findings).sort(byPlace),
    faults: parts
      .flatMap(({ faults }) => faults)
      .sort((a, b) => compare(a.path, b.path) || compare(a.ruleId ?? '', b.ruleId ?? '') || compare(a.message, b.message)),
    files: parts.reduce((sum, { files }) => sum + files, 0),
    skipped: parts.flatMap(({ skipped }) => skipped).sort((a, b) => compare(a.path, b.path) || compare(a.why, b.why)),
    ...(suppressed.length > 0 && { suppressed }),
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.path, b.path) ||
    a.at.start - b.at.start ||
    compare(a.ruleId, b.ruleId) ||
    a.at.end - b.at.end ||
    compare(a.message, b.message)
  );
}

/** Bytewise for paths would differ only beyond the basic plane; UTF-16 order is the same on every machine, which is what matters. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
