/**
 * CPU time of one-character edits inside one thread, as in a worker: `node edits.js FILE GRAMMARS FACTS EDITS`. Prints one line
 * of JSON with medians in milliseconds: of the parse alone, of parse and the rules that ask for no escape verdict, of all rules,
 * and of all rules where the edit also changes what escapes.
 */
import { readFileSync } from 'node:fs';
import { neverCancelled } from '../../src/base/index.ts';
import { createGoSession, createNodeFileSystem } from '../../src/node/index.ts';
import { rules } from '../../src/rules/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { edited } from '../edited.ts';
import { median } from '../process.ts';

/** Rules that look beyond the file: they ask the escape engine, which solves the functions that call each other. */
const BEYOND_THE_FILE = ['escaping-pointer', 'closure-capture', 'interface-boxing', 'escaping-make'];
const WARM_UP = 20;

async function main(): Promise<void> {
  const [file, grammars, facts, count] = process.argv.slice(2);
  const text = readFileSync(file, 'utf8');
  const numbers = Array.from({ length: WARM_UP + Number(count) }, (_, i) => i);
  const edits = numbers.map((i) => edited(text, `_ = ${i % 10}`));
  const flows = numbers.map((i) =>
    edited(text, `if p := new([${i + 1}]int); p != nil {\n\t\t${i % 2 === 0 ? 'go ' : ''}func() { println(p) }()\n\t}`),
  );
  const session = await createGoSession(createNodeFileSystem(), { grammars, facts });
  const cost = (work: (text: string) => void, texts = edits): number => median(texts.map((edit) => cpuOf(() => work(edit))).slice(WARM_UP));
  const review = (ids: readonly string[], texts = edits): number => {
    session.configure({
      rules: Object.fromEntries(rules.filter(({ id }) => ids.includes(id)).map(({ id, severity }) => [id, severity])),
      ruleOptions: {},
      goos: 'linux',
      goarch: 'amd64',
      tags: [],
      showPossible: false,
    });
    session.open({ path: file, version: 0, text });
    return cost((edit) => {
      session.change({ path: file, version: 1, text: edit });
      session.review([file], neverCancelled);
    }, texts);
  };
  const encoder = new TextEncoder();
  const ids = rules.map(({ id }) => id);
  const parseMs = cost((edit) => void parse(encoder.encode(edit)));
  const fileMs = review(ids.filter((id) => !BEYOND_THE_FILE.includes(id)));
  console.log(JSON.stringify({ lines: text.split('\n').length, parseMs, fileMs, allMs: review(ids), flowMs: review(ids, flows) }));
}

function cpuOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
