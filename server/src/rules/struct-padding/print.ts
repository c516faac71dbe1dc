/** Groups of fields as gofmt prints them: go/printer's cells (nodes.go: fieldList), and text/tabwriter's columns. */
import type { Declaration, Groups } from './fields.ts';

/** The lines between the braces of a struct, each with its indentation and line feed. */
export function printed(groups: Groups, indent: string): string {
  return groups.map((group) => printedGroup(group, indent)).join('\n');
}

interface Line {
  /** All but the last are followed by a tab. */
  readonly cells: readonly string[];
  /** Lines that follow as they are, such as the rest of a struct written in place. */
  readonly rest: string;
}

function printedGroup(group: readonly Declaration[], indent: string): string {
  let text = '';
  let section: Line[] = [];
  const flush = (): void => {
    text += aligned(section, indent);
    section = [];
  };
  for (const declaration of group) {
    if (declaration.doc.length > 0) flush();
    text += declaration.doc.map((line) => `${indent}${line}\n`).join('');
    const line = lineOf(declaration);
    section.push(line);
    if (line.rest !== '') flush();
  }
  flush();
  return text;
}

function lineOf({ names, type, tag, comment }: Declaration): Line {
  const lineBreak = type.indexOf('\n');
  const before = names === '' ? [] : [names];
  if (lineBreak >= 0) {
    return {
      cells: [...before, type.slice(0, lineBreak)],
      rest: [type.slice(lineBreak + 1), tag, comment].filter((part) => part !== '').join(' '),
    };
  }
  const tagged = tag === '' ? [] : names === '' ? [tag] : ['', tag];
  const gap = tag === '' && names === '' ? [''] : [];
  return { cells: [...before, type, ...tagged, ...(comment === '' ? [] : [...gap, comment])], rest: '' };
}

function aligned(section: readonly Line[], indent: string): string {
  const widths = section.map(({ cells }) => cells.map(() => 0));
  const longest = Math.max(0, ...section.map(({ cells }) => cells.length));
  for (let column = 0; column < longest; column++) setWidths(section, widths, column);
  return section
    .map(({ cells, rest }, i) => {
      const line = cells
        .map((cell, column) => (column === cells.length - 1 ? cell : cell.padEnd(widths[i][column] + cell.length - width(cell))))
        .join('');
      return `${indent}${line}\n${rest === '' ? '' : `${rest}\n`}`;
    })
    .join('');
}

/** A column is as wide as the widest of its cells in neighbouring lines; one without text is none. */
function setWidths(section: readonly Line[], widths: readonly number[][], column: number): void {
  const hasCell = (line: Line | undefined): boolean => line !== undefined && column < line.cells.length - 1;
  for (let from = 0; from < section.length; from++) {
    if (!hasCell(section[from])) continue;
    let to = from;
    while (hasCell(section[to])) to++;
    const cells = section.slice(from, to).map(({ cells }) => width(cells[column]));
    const widest = Math.max(...cells);
    for (let line = from; line < to; line++) widths[line][column] = widest === 0 ? 0 : widest + 1;
    from = to;
  }
}

function width(text: string): number {
  return [...text].length;
}
