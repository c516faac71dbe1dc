/** Where the demonstration stands in the documentation, between two markers. */

/** Relative to the root of the project. */
export const PAGE = 'docs/ci.md';

const [BEGIN, END] = ['<!-- demo: written by npm run demo -->\n', '<!-- /demo -->\n'];

/** The page's part between the markers. Throws when they are not there. */
export function demoOf(page: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} lacks the markers of the demonstration`);
  return page.slice(from + BEGIN.length, to);
}

/** The page with another demonstration. */
export function withDemo(page: string, demo: string): string {
  return page.replace(`${BEGIN}${demoOf(page)}${END}`, () => `${BEGIN}${demo}${END}`);
}
