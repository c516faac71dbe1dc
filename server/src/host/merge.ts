/** Reviews of parts as one, in an order that does not depend on who finished first. */
import { compareText } from '../base/index.ts';
import { type Finding, mergedDependencies, type Review } from '../review/index.ts';

export function mergeReviews(parts: readonly Review[]): Review {
  const suppressed = parts.flatMap((part) => part.suppressed ?? []).sort(byPlace);
  return {
    findings: parts.flatMap(({ findings }) => findings).sort(byPlace),
    faults: parts
      .flatMap(({ faults }) => faults)
      .sort((a, b) => compareText(a.path, b.path) || compareText(a.ruleId ?? '', b.ruleId ?? '') || compareText(a.message, b.message)),
    files: parts.reduce((sum, { files }) => sum + files, 0),
    skipped: parts.flatMap(({ skipped }) => skipped).sort((a, b) => compareText(a.path, b.path) || compareText(a.why, b.why)),
    ...(suppressed.length > 0 && { suppressed }),
    restsOn: mergedDependencies(parts),
  };
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareText(a.path, b.path) ||
    a.at.start - b.at.start ||
    compareText(a.ruleId, b.ruleId) ||
    a.at.end - b.at.end ||
    compareText(a.message, b.message)
  );
}
