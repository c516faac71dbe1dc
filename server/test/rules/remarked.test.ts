/**
 * Comments anywhere in the fixtures of all rules: every fix that is still offered keeps each of them, unless it says otherwise,
 * and leaves Go; a safe one leaves it as gofmt does, so that people may write remarks where no fixture has one.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { ancestor, Kind, NONE, parse, type Tree, textBetween } from '../../src/syntax/index.ts';
import { COMPILE_TIMEOUT, hasGo, unformatted, unlessGo, writeText } from '../support/go.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { withoutMarkers } from '../support/want.ts';
import { applied, FIXTURES, fixtureFolders, loadRules, readText, sessionIn } from './fixtures.ts';

beforeAll(loadTestGrammar);

const RUNS = 3;
/** One place in so many gets a comment. */
const SPARSENESS = 14;
const REMARK = /remark\d+\./g;

const loaded = await loadRules();
const rules = loaded.flatMap((each) => ('rule' in each ? [each.rule] : []));
const folders = rules.flatMap((rule) => fixtureFolders(rule.id)).filter((folder) => existsSync(join(folder, 'bad.go')));
const cases = folders.map((folder) => ({ name: relative(FIXTURES, folder), folder }));
const scratch = mkdtempSync(join(tmpdir(), 'escapement-remarked-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe.skipIf(!hasGo)(`fixes in remarked code keep the remarks, and leave what gofmt leaves${unlessGo}`, () => {
  it.each(cases)(
    '$name',
    ({ name, folder }) => {
      fc.assert(
        fc.property(fc.nat(), (seed) => fixEach(folder, join(scratch, name.replaceAll('/', '_'), String(seed)), seed)),
        { numRuns: RUNS, seed: 1, endOnFailure: true },
      );
    },
    COMPILE_TIMEOUT,
  );
});

function fixEach(folder: string, directory: string, seed: number): void {
  const path = join(folder, 'bad.go');
  const text = gofmt(remarked(withoutMarkers(readText(path)), seed));
  const session = sessionIn(dirname(path), rules);
  session.open({ path, version: 1, text });
  const { findings } = session.review([path], neverCancelled);
  const fixes = findings.flatMap(({ ruleId, fixes: all }) => all.map((fix) => ({ rule: ruleId, fix })));
  for (const [i, { rule, fix }] of fixes.entries()) {
    const fixed = applied(text, fix.edits);
    if (fix.title.includes('and the comment')) continue;
    expect({ rule, remarks: remarksIn(fixed) }).toEqual({ rule, remarks: remarksIn(text) });
    expect({ rule, problems: parse(new TextEncoder().encode(fixed)).problems }).toEqual({ rule, problems: [] });
    if (fix.safety === 'safe') writeText(directory, `${rule}_${i}.go`, fixed);
  }
  expect(!existsSync(directory) ? '' : unformatted(directory, readdirSync(directory))).toBe('');
}

function gofmt(text: string): string {
  return execFileSync('gofmt', { input: text, encoding: 'utf8' });
}

function remarksIn(text: string): string[] {
  return [...text.matchAll(REMARK)].map(([remark]) => remark).sort();
}

/** The text with comments in front of tokens and at the ends of lines, inside of functions, where the seed wants them. */
function remarked(text: string, seed: number): string {
  const { tree } = parse(new TextEncoder().encode(text));
  const random = generator(seed);
  const parts: string[] = [];
  let at = 0;
  for (const token of tokensOf(tree)) {
    const remark = `remark${parts.length}.`;
    const gap = textBetween(tree, token.before, token.start);
    const endsLine = gap.indexOf('\n') >= 0 && !gap.includes('//') && !gap.includes('/*');
    const choice = random() % SPARSENESS;
    const place = choice === 0 ? token.start : token.before + gap.indexOf('\n');
    if (choice > 1 || (choice === 1 && !endsLine)) continue;
    parts.push(textBetween(tree, at, place), choice === 0 ? `/* ${remark} */ ` : ` // ${remark}`);
    at = place;
  }
  return parts.join('') + textBetween(tree, at, tree.source.length);
}

const LITERALS: ReadonlySet<number> = new Set([Kind.interpreted_string_literal, Kind.raw_string_literal]);

/** Rows without rows inside that stand in functions, in order, each with the end of the one before. */
function tokensOf(tree: Tree): { readonly start: number; readonly before: number }[] {
  const tokens: { start: number; before: number }[] = [];
  let before = 0;
  for (let row = 1; row < tree.length; row++) {
    if (tree.next[row] !== row + 1 || tree.kind[row] === Kind.comment) continue;
    const isText = LITERALS.has(tree.kind[tree.parent[row]]);
    if (!isText && tree.start[row] >= before && isInBody(tree, row)) tokens.push({ start: tree.start[row], before });
    before = Math.max(before, tree.end[row]);
  }
  return tokens;
}

function isInBody(tree: Tree, row: number): boolean {
  const block = ancestor(tree, row, Kind.block);
  return block !== NONE && tree.start[row] > tree.start[block];
}

/** xorshift32. */
function generator(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
