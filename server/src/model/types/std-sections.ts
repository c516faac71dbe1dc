/**
 * The text form of the standard library's facts, as `scripts/std-facts` writes it to `server/facts`: a head, then a section per
 * package under a line `-- path --`. Of the newest release a section is the package as Go source. Of an older one there are only
 * the packages that differ from the next newer release, as edits of that one's lines: `=n` takes n lines, `-n` leaves n out, and
 * `+text` is a line of its own. So a new release leaves older files as they are, and a difference between two releases can be read.
 */

/** What stands under each path, with line feeds whatever the text had. Text without a section gives an empty map. */
export function sectionsOf(text: string): ReadonlyMap<string, string> {
  const sections = new Map<string, string>();
  for (let at = text.indexOf('\n-- '); at >= 0; ) {
    const lineEnd = text.indexOf('\n', at + 1);
    const next = text.indexOf('\n-- ', lineEnd);
    const path = text
      .slice(at + 4, lineEnd)
      .trim()
      .replace(/ --$/, '');
    sections.set(path, text.slice(lineEnd + 1, next < 0 ? text.length : next + 1));
    at = next;
  }
  return sections;
}

/** The section that the edits make of the next newer release's; empty where the older release has no such package. */
export function editedSection(newer: string, edits: string): string {
  const lines = newer.split('\n');
  const edited: string[] = [];
  let at = 0;
  for (const line of edits.split(/\r?\n/)) {
    const rest = line.slice(1);
    if (line.startsWith('+')) edited.push(rest);
    else if (line.startsWith('=')) edited.push(...lines.slice(at, at + Number(rest)));
    if (line.startsWith('=') || line.startsWith('-')) at += Number(rest);
  }
  return edited.length === 0 ? '' : `${edited.join('\n')}\n`;
}
