/** What is asked alone has the answer that it has among all others, whoever asked before; and chains of calls may be of any length. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EscapeSite, ParameterSummary } from '../../src/escape/index.ts';
import { Kind, type Node, type Tree } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { type Analysed, unasked } from './analysis.ts';

beforeAll(loadTestGrammar);

const FUNCTIONS = 7;
const RUNS = 60;

/** Statements of a function with `p *int`, `s *node` and a result, in which the numbers choose what is called. */
const STATEMENTS: readonly ((callee: number) => string)[] = [
  (callee) => `p = f${callee}(p, s)`,
  (callee) => `x := 1; r = f${callee}(&x, s)`,
  (callee) => `f${callee}(p, &node{next: s})`,
  (callee) => `s.m${callee}(p)`,
  (callee) => `y := node{}; r = y.m${callee}(p)`,
  (callee) => `defer f${callee}(new(int), nil)`,
  (callee) => `f := s.m${callee}; r = f(p)`,
  (callee) => `f := f${callee}; r = f(p, s)`,
  (callee) => `f := (*node).m${callee}; r = f(s, p)`,
  (callee) => `func() { z := 2; f${callee}(&z, s) }()`,
  () => 'kept = p',
  () => 's.value = p',
  () => 'r = p',
  () => 'return s.value',
  () => 'dep.Keep(p)',
  () => 'r = dep.Give(new(int))',
  () => 'if p != nil { return p }',
];

const DEPENDENCY =
  'package dep\nvar kept *int\nfunc Keep(p *int) { kept = p }\nfunc Give(p *int) *int { if *p > 1 { return nil }; return p }\n';

const statement = fc.tuple(fc.nat(STATEMENTS.length - 1), fc.nat(FUNCTIONS - 1));
const programs = fc.array(fc.array(statement, { maxLength: 4 }), { minLength: FUNCTIONS * 2, maxLength: FUNCTIONS * 2 }).map(programOf);

function programOf(bodies: readonly (readonly (readonly [number, number])[])[]): string {
  const declared = bodies.map((body, i) => {
    const lines = body.map(([which, callee]) => `\t{ ${STATEMENTS[which](callee)} }\n`).join('');
    const head = i < FUNCTIONS ? `func f${i}(p *int, s *node) (r *int)` : `func (s *node) m${i - FUNCTIONS}(p *int) (r *int)`;
    return `${head} {\n${lines}\treturn r\n}\n`;
  });
  return `package p\nimport "example.com/m/dep"\ntype node struct { next *node; value *int }\nvar kept *int\n${declared.join('')}`;
}

/** With nothing asked about it yet. */
function opened(text: string): Omit<Analysed, 'sites'> {
  return unasked(text, 26, { 'dep/dep.go': DEPENDENCY });
}

function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const rank = (i: number): number => (i * 5 + seed) % all.length;
  return [...all.keys()].sort((a, b) => rank(a) - rank(b)).map((i) => all[i]);
}

function functionsIn(tree: Tree): readonly Node[] {
  const found: Node[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row])
    if (tree.kind[row] === Kind.function_declaration || tree.kind[row] === Kind.method_declaration) found.push(row);
  return found;
}

/** With the way of each value, so that it too is shown to depend on nobody who asked. */
function toldOf(sites: readonly EscapeSite[]): readonly { readonly node: Node; readonly says: string }[] {
  return sites
    .filter(({ origin }) => origin === 'own')
    .map(({ node, kind, gcSays, certainty, sink, steps }) => ({
      node,
      says: [kind, gcSays, certainty, sink?.text, ...steps.map(({ at, note }) => `${at.range.start} ${note}`)].join('; '),
    }));
}

function leaksIn(parameter: ParameterSummary | undefined): unknown {
  return parameter && [parameter.certain, parameter.possible].map(({ heap, results }) => [heap, ...results]);
}

describe('a question', () => {
  it('has the same answer alone as among all others', () => {
    fc.assert(
      fc.property(programs, fc.nat(), (text, seed) => {
        const all = opened(text);
        const alone = opened(text);
        const { tree } = all.file;
        const told = toldOf(all.analysis.sites(all.file));
        for (const fn of shuffled(functionsIn(tree), seed)) {
          const own = told.filter(({ node }) => fn < node && node < tree.next[fn]);
          const isOfInterest = ({ node }: { readonly node: Node }): boolean => (node + seed) % 3 === 0;
          const some = own.filter(isOfInterest);
          expect(toldOf(alone.analysis.sitesIn(alone.file, fn, isOfInterest))).toEqual(some);
          expect(toldOf(alone.analysis.sitesIn(alone.file, fn, () => true))).toEqual(own);
          const expected = all.analysis.parametersOf(all.file, fn) ?? [];
          const found = expected.map((_, slot) => alone.analysis.leaksOf(alone.file, fn, slot));
          expect(found.map(leaksIn)).toEqual(expected.map(leaksIn));
        }
      }),
      { numRuns: RUNS },
    );
  });

  const LONG = 1500;
  const links = (link: (i: number) => string): string => Array.from({ length: LONG }, (_, i) => link(i)).join('');

  it('goes down chains of small functions and of methods of one name, however long', () => {
    const functions = links((i) => `func g${i}(p *int) *int { return g${i + 1}(p) }\n`);
    const methods = links((i) => `type t${i} struct { in t${i + 1} }\nfunc (x t${i}) get(p *int) *int { return x.in.get(p) }\n`);
    const ends = `func g${LONG}(p *int) *int { kept = p; return p }\ntype t${LONG} struct{}\nfunc (t${LONG}) get(p *int) *int { return p }\n`;
    const asked = 'func f() { v := 1; g0(&v) }\nfunc h() int { w := 1; return *t0{}.get(&w) }\n';
    const { file, analysis } = unasked(`package p\nvar kept *int\n${asked}${functions}${methods}${ends}`);
    const [f, h] = functionsIn(file.tree);
    expect(analysis.sitesIn(file, f, () => true).map(({ name, gcSays }) => `${name} ${gcSays}`)).toEqual(['v heap']);
    expect(analysis.sitesIn(file, h, () => true)).toEqual([]);
  });
});
