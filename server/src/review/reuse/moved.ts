/** Reports of an earlier text in places of the next one, of which bodies changed and nothing else. */
import type { Range } from '../../base/index.ts';
import type { Report, RuleFix } from '../../rules/index.ts';
import type { BodyMatch } from '../../syntax/index.ts';

/** Where a range of the file's earlier text is now; undefined for one in a body that changed. */
export type Move = (range: Range) => Range | undefined;

export function moveBy(matches: readonly BodyMatch[]): Move {
  const changes = matches.flatMap(({ change }) => change ?? []);
  return (range) => {
    let shift = 0;
    for (const { before, now } of changes) {
      if (range.end <= before.start) break;
      if (range.start < before.end) return undefined;
      shift = now.end - before.end;
    }
    return { start: range.start + shift, end: range.end + shift };
  };
}

/** `path` is the file's, in which the report was made; undefined where a place of the report is gone. */
export function movedReport(report: Report, path: string, move: Move): Report | undefined {
  const at = move(report.at);
  const related = all(report.related ?? [], (place) => {
    const range = place.at.path === path ? move(place.at.range) : place.at.range;
    return range && { ...place, at: { ...place.at, range } };
  });
  const fixes = all(report.fixes ?? [], (fix) => movedFix(fix, path, move));
  return at && related && fixes && { ...report, at, related, fixes };
}

function movedFix(fix: RuleFix, path: string, move: Move): RuleFix | undefined {
  const edits = all(fix.edits, (edit) => {
    const range = edit.path === undefined || edit.path === path ? move(edit.range) : edit.range;
    return range && { ...edit, range };
  });
  return edits && { ...fix, edits };
}

/** Undefined where one of them is gone. */
function all<T>(list: readonly T[], moved: (each: T) => T | undefined): readonly T[] | undefined {
  const found = list.flatMap((each) => moved(each) ?? []);
  return found.length === list.length ? found : undefined;
}
