/**
 * Native tree-sitter over a corpus in a process of its own: `node native.js MODE DIR`. Prints one line of JSON like `ours.ts`.
 * Modes: `parse` (the parse alone), `walk` (and a full walk of the cursor that asks for kind and range), `hits` (and a query).
 * The text is handed over decoded and at once, which is the cheapest way in.
 */
import Parser from 'tree-sitter';
import Go from 'tree-sitter-go';
import { readCorpus } from '../corpus.ts';
import { PATTERNS } from '../patterns.ts';

function main(): void {
  const [mode, directory] = process.argv.slice(2);
  const language = Go as unknown as Parser.Language;
  const parser = new Parser();
  parser.setLanguage(language);
  const texts = readCorpus(directory).map(({ source }) => new TextDecoder().decode(source));
  const query = new Parser.Query(language, PATTERNS.map((pattern) => pattern.query.replace('@hit', `@${nameOf(pattern)}`)).join('\n'));
  const counts = new Map<string, number>();
  let nodes = 0;
  const before = process.cpuUsage();
  for (const text of texts) {
    const tree = parser.parse(text, undefined, { bufferSize: Math.max(32_768, text.length * 2 + 16) });
    if (mode === 'walk') nodes += walk(tree);
    if (mode === 'hits') count(query, tree, counts);
  }
  const { user, system } = process.cpuUsage(before);
  const hits = PATTERNS.map((pattern) => counts.get(nameOf(pattern)) ?? 0);
  console.log(JSON.stringify({ cpu: (user + system) / 1e6, nodes, hits }));
}

function nameOf(pattern: { readonly name: string }): string {
  return pattern.name.replaceAll(' ', '-');
}

function count(query: Parser.Query, tree: Parser.Tree, counts: Map<string, number>): void {
  for (const { name } of query.captures(tree.rootNode)) counts.set(name, (counts.get(name) ?? 0) + 1);
}

function walk(tree: Parser.Tree): number {
  const cursor = tree.walk();
  let seen = 0;
  for (;;) {
    seen += cursor.nodeType.length > 0 && cursor.startIndex <= cursor.endIndex ? 1 : 0;
    if (cursor.gotoFirstChild()) continue;
    while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return seen;
  }
}

main();
