/**
 * The compiler as oracle: code that compiles proves that no function with results falls off its end (Go spec, "Terminating
 * statements"), so every way off the end that we see in such a function is an edge too many. Reads the standard library where
 * a Go installation is found; CONTROL_FLOW_ALL=1 reads all of it instead of a part.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksFallingOff, type ControlFlow, controlFlow } from '../../src/model/index.ts';
import { childOf, Field, isBroken, isFunction, NONE, type Node, parse, type Tree } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const PART = [
  'bufio',
  'bytes',
  'context',
  'encoding/json',
  'go/parser',
  'go/types',
  'net',
  'net/http',
  'os',
  'reflect',
  'runtime',
  'text/template',
];

function standardLibrary(): string | undefined {
  const directories = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, 'go'));
  const go = directories.find((path) => existsSync(path));
  const source = process.env.GOROOT ?? (go === undefined ? undefined : join(dirname(realpathSync(go)), '..'));
  return source !== undefined && existsSync(join(source, 'src')) ? join(source, 'src') : undefined;
}

function goFiles(root: string): string[] {
  const pick = process.env.CONTROL_FLOW_ALL === '1' ? [root] : PART.map((name) => join(root, name));
  const recursive = process.env.CONTROL_FLOW_ALL === '1';
  return pick.flatMap((directory) =>
    readdirSync(directory, { recursive, encoding: 'utf8' })
      .filter((name) => name.endsWith('.go') && !name.includes('testdata'))
      .map((name) => join(directory, name)),
  );
}

function functionsOf(tree: Tree): Node[] {
  const found: Node[] = [];
  for (let row = 1; row < tree.length; row++)
    if (isFunction(tree, row) && childOf(tree, row, Field.body) !== NONE && !isBroken(tree, row)) found.push(row);
  return found;
}

/** What is wrong with a graph's shape, or nothing. */
function malformation(tree: Tree, flow: ControlFlow): string | undefined {
  const seen = new Set<Node>();
  for (const block of flow.blocks) {
    if (flow.blocks[block.index] !== block) return 'index';
    for (const to of block.successors) if (!flow.blocks[to].predecessors.includes(block.index)) return 'successor without predecessor';
    for (const from of block.predecessors) if (!flow.blocks[from].successors.includes(block.index)) return 'predecessor without successor';
    for (const node of block.nodes) {
      if (seen.has(node)) return 'a node in two places';
      seen.add(node);
      if (node <= flow.function || node >= tree.next[flow.function]) return 'a node of another function';
    }
  }
  const { exit, abort, entry, blocks } = flow;
  if (blocks[exit].successors.length + blocks[abort].successors.length > 0) return 'a way out of the exit';
  return entry === exit ? 'entry is exit' : undefined;
}

const root = standardLibrary();

describe.skipIf(root === undefined)('on the standard library', () => {
  it('graphs are well-formed and functions with results never fall off the end', { timeout: 300_000 }, () => {
    const complaints: string[] = [];
    let functions = 0;
    for (const path of goFiles(root ?? '')) {
      const { tree, problems } = parse(readFileSync(path));
      if (problems.length > 0) continue;
      for (const fn of functionsOf(tree)) {
        functions++;
        const flow = controlFlow(tree, fn);
        const problem = malformation(tree, flow);
        if (problem !== undefined) complaints.push(`${path}:${tree.start[fn]} ${problem}`);
        if (childOf(tree, fn, Field.result) !== NONE && blocksFallingOff(flow, tree).length > 0)
          complaints.push(`${path}:${tree.start[fn]} falls off`);
      }
    }
    expect(complaints).toEqual([]);
    expect(functions).toBeGreaterThan(5_000);
  });
});
