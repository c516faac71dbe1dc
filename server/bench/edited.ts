/** The edit that is timed: a statement behind the first brace of the file's second half. */
export function edited(text: string, statement: string): string {
  const at = text.indexOf('{\n', text.length / 2) + 1;
  return `${text.slice(0, at)}\n\t${statement}${text.slice(at)}`;
}
