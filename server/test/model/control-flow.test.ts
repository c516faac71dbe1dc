/** Control flow, statement by statement: each case says by which ways a function is left, and what runs before. */
import { beforeAll, describe, expect, it } from 'vitest';
import { blocksFallingOff, type ControlFlow, canReturn, controlFlow, positionOf } from '../../src/model/index.ts';
import { descendants, isFunction, Kind, type Node, parse, type Tree, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const encoder = new TextEncoder();

interface Subject {
  readonly tree: Tree;
  readonly flow: ControlFlow;
}

/** The graph of function `f` in a file that declares it with this body. */
function graphOf(body: string, rest = ''): Subject {
  const { tree } = parse(encoder.encode(`package p\n${rest}\nfunc f() {\n${body}\n}\n`));
  const functions: Node[] = [];
  for (let row = 1; row < tree.length; row++) if (isFunction(tree, row) && tree.parent[row] === 0) functions.push(row);
  return { tree, flow: controlFlow(tree, functions[functions.length - 1]) };
}

/** Calls `a()`, `b()` … on some path from the entry to the end of `f`, in source order. */
function reached(body: string, rest = ''): string {
  const { tree, flow } = graphOf(body, rest);
  const seen = new Set([flow.entry]);
  for (const block of seen) for (const to of flow.blocks[block].successors) seen.add(to);
  const nodes = [...seen].flatMap((block) => flow.blocks[block].nodes);
  return nodes
    .flatMap((node) => descendants(tree, node, Kind.call_expression))
    .sort((a, b) => a - b)
    .map((node) => textOf(tree, node).replace('()', ''))
    .join(' ');
}

/** All paths from entry to a way out, each loop edge taken once: calls in order, then `exit` or `abort`. */
function paths(body: string, rest = ''): string[] {
  const { tree, flow } = graphOf(body, rest);
  const found: string[] = [];
  const pending: { block: number; trail: string; edges: ReadonlySet<string> }[] = [{ block: flow.entry, trail: '', edges: new Set() }];
  for (let path = pending.pop(); path !== undefined; path = pending.pop()) {
    const { block, trail, edges } = path;
    const calls = flow.blocks[block].nodes.flatMap((node) => descendants(tree, node, Kind.call_expression));
    const text = trail + calls.map((call) => textOf(tree, call).replace(/\(.*/, ' ')).join('');
    if (block === flow.exit || block === flow.abort) found.push(`${text}${block === flow.exit ? 'exit' : 'abort'}`);
    for (const to of flow.blocks[block].successors) {
      const edge = `${block}>${to}`;
      if (!edges.has(edge)) pending.push({ block: to, trail: text, edges: new Set([...edges, edge]) });
    }
  }
  return [...new Set(found)].sort();
}

describe('straight code', () => {
  it('falls off the end', () => expect(paths('a(); b()')).toEqual(['a b exit']));
  it('of an empty body falls off', () => expect(paths('')).toEqual(['exit']));
  it('stops at return', () => expect(paths('a(); return; b()')).toEqual(['a exit']));
  it('goes through nested blocks', () => expect(paths('{ a(); { b() } }; c()')).toEqual(['a b c exit']));
  it('registers a deferred call at its statement', () => expect(paths('a(); defer b(); c()')).toEqual(['a b c exit']));
  it('starts a goroutine and goes on', () => expect(paths('go a(); b()')).toEqual(['a b exit']));
});

describe('if', () => {
  it('without else has two ways', () => expect(paths('if c() { a() }; b()')).toEqual(['c a b exit', 'c b exit']));
  it('with else has two ways', () => expect(paths('if x { a() } else { b() }')).toEqual(['a exit', 'b exit']));
  it('runs its initializer first', () => expect(paths('if v := a(); b(v) { c() }')).toEqual(['a b c exit', 'a b exit']));
  it('chains', () => expect(paths('if x { a() } else if y { b() } else { c() }')).toEqual(['a exit', 'b exit', 'c exit']));
  it('that returns on both sides ends the path', () => expect(reached('if x { return } else { return }; a()')).toBe(''));
});

describe('for', () => {
  it('without condition is never left at its head', () => expect(paths('for { a() }; b()')).toEqual([]));
  it('without condition is left by break', () => expect(paths('for { a(); break }; b()')).toEqual(['a b exit']));
  it('with the condition true is never left at its head', () => expect(paths('for true { a() }')).toEqual([]));
  it('with a condition', () => expect(paths('for c() { a() }; b()')).toEqual(['c a c b exit', 'c b exit']));
  it('with three clauses', () => expect(paths('for i := x(); c(); p() { a() }')).toEqual(['x c a p c exit', 'x c exit']));
  it('continues at the update', () =>
    expect(paths('for ; c(); p() { if y { continue }; a() }')).toEqual(['c a p c exit', 'c exit', 'c p c exit']));
  it('with empty clauses is endless', () => expect(paths('for ; ; { a() }')).toEqual([]));
  it('range evaluates its operand once', () => {
    const { tree, flow } = graphOf('for range a() { b() }');
    const position = positionOf(flow, tree, descendants(tree, 0, Kind.call_expression)[0]);
    expect(flow.blocks[position?.block ?? -1].predecessors).toEqual([]);
  });
  it('range may have no iteration', () => expect(canReturn(graphOf('for range x { return }').flow)).toBe(true));
  it('range over a function is left by return and break', () =>
    expect(paths('for v := range x { if v { return }; if y { break }; a() }; b()')).toEqual(['a b exit', 'b exit', 'exit']));
});

describe('switch', () => {
  it('without default may skip all', () => expect(paths('switch x { case 1: a() }; b()')).toEqual(['a b exit', 'b exit']));
  it('with default enters one', () => expect(paths('switch x { default: b(); case 1: a() }')).toEqual(['a exit', 'b exit']));
  it('evaluates tests in order', () => expect(paths('switch x() { case a(): c(); case b(): }')).toEqual(['x a b exit', 'x a c exit']));
  it('falls through', () =>
    expect(paths('switch x { case 1: a(); fallthrough; case 2: b(); default: c() }')).toEqual(['a b exit', 'b exit', 'c exit']));
  it('falls through into default', () =>
    expect(paths('switch x { case 1: a(); fallthrough; default: c() }')).toEqual(['a c exit', 'c exit']));
  it('is left by break', () => expect(paths('switch { case x: if y { break }; a() }; b()')).toEqual(['a b exit', 'b exit']));
  it('that returns everywhere ends the path', () => expect(reached('switch x { case 1: return; default: return }; a()')).toBe(''));
  it('without cases falls through', () => expect(paths('switch a() { }; b()')).toEqual(['a b exit']));
  it('runs its initializer', () => expect(paths('switch v := a(); v { }')).toEqual(['a exit']));
  it('on types', () =>
    expect(paths('switch x := a().(type) { case int, *T: b(x); case nil: return; default: panic(x) }')).toEqual([
      'a b exit',
      'a exit',
      'a panic abort',
    ]));
  it('on types without default may skip all', () => expect(paths('switch x.(type) { case int: return }; a()')).toEqual(['a exit', 'exit']));
});

describe('select', () => {
  it('without default waits for a case', () =>
    expect(paths('select { case <-x: a(); case y <- b(): return }; c()')).toEqual(['a c exit', 'b exit']));
  it('with default goes on', () => expect(paths('select { case v := <-x: a(v); default: }; c()')).toEqual(['a c exit', 'c exit']));
  it('without cases never continues', () => expect(paths('select {}; a()')).toEqual([]));
  it('is left by break', () => expect(paths('for { select { case <-x: break }; a() }')).toEqual([]));
  it('lets a labelled break leave the loop', () => expect(paths('L: for { select { case <-x: break L }; a() }; b()')).toEqual(['b exit']));
});

describe('labels', () => {
  it('break of an outer loop', () => expect(paths('L: for { for { a(); break L } }; b()')).toEqual(['a b exit']));
  it('continue of an outer loop', () => expect(paths('L: for ; c(); p() { for { continue L } }')).toEqual(['c exit', 'c p c exit']));
  it('break of a switch in a loop', () => expect(paths('for { L: switch { default: for { break L } }; return }')).toEqual(['exit']));
  it('continue passes through switch and select', () =>
    expect(paths('for c() { switch { default: continue }; a() }')).toEqual(['c c exit', 'c exit']));
  it('goto forwards', () => expect(paths('if x { goto L }; a(); L: b()')).toEqual(['a b exit', 'b exit']));
  it('goto backwards', () => expect(paths('L: a(); if x { goto L }; b()')).toEqual(['a a b exit', 'a b exit']));
  it('goto backwards without condition is endless', () => expect(paths('L: a(); goto L')).toEqual([]));
  it('at the end of a block', () => expect(paths('if x { goto L }; a(); L:')).toEqual(['a exit', 'exit']));
  it('that is missing ends the path', () => expect(paths('a(); for { break M }')).toEqual([]));
});

describe('calls that never return', () => {
  const imports = 'import (\n"log"\n"os"\nk "k8s.io/klog/v2"\n"runtime"\n"syscall"\n"testing"\n)\n';
  it('panic', () => expect(paths('panic(a())')).toEqual(['panic a abort']));
  it('os.Exit', () => expect(paths('os.Exit(1); a()', imports)).toEqual(['os.Exit abort']));
  it('another Exit', () => expect(paths('my.Exit(1); a()', imports)).toEqual(['my.Exit a exit']));
  it('log.Fatalf', () => expect(paths('log.Fatalf("x")', imports)).toEqual(['log.Fatalf abort']));
  it('log.Printf returns', () => expect(paths('log.Printf("x")', imports)).toEqual(['log.Printf exit']));
  it('runtime.Goexit', () => expect(paths('runtime.Goexit()', imports)).toEqual(['runtime.Goexit abort']));
  it('syscall.Exit', () => expect(paths('syscall.Exit(1)', imports)).toEqual(['syscall.Exit abort']));
  it('klog under an alias', () => expect(paths('k.Fatal("x")', imports)).toEqual(['k.Fatal abort']));
  it('methods of testing.T', () => {
    const { tree, flow } = literalOf('func(t *testing.T) { t.Skip() }', imports);
    expect(blocksFallingOff(flow, tree)).toEqual([]);
  });
  it('methods of testing.TB around a literal', () => {
    const { flow } = literalOf('func(t testing.TB) { go func() { t.FailNow() }() }', imports, 1);
    expect(canReturn(flow)).toBe(false);
  });
  it('methods of something else return', () => {
    const { flow } = literalOf('func(t *T) { t.Skip() }', imports);
    expect(canReturn(flow)).toBe(true);
  });
  it('a function of the package', () => expect(paths('die(); a()', 'func die() { panic(1) }')).toEqual(['die abort']));
  it('a chain of functions', () =>
    expect(paths('x(); a()', 'func x() { y() }\nfunc y() { if b { z() } else { panic(1) } }\nfunc z() { for {} }')).toEqual(['x abort']));
  it('a function that may return', () => expect(paths('x(); a()', 'func x() { if b { panic(1) } }')).toEqual(['x a exit']));
  it('a function whose literal alone panics', () =>
    expect(paths('x(); a()', 'func x() { g = func() { panic(1) } }')).toEqual(['x a exit']));
  it('recursion alone is no proof', () => expect(paths('x(); a()', 'func x() { y() }\nfunc y() { x() }')).toEqual(['x a exit']));
  it('recursion with a panic', () =>
    expect(paths('x(); a()', 'func x() { if b { x() }; y() }\nfunc y() { if b { x() }; panic(1) }')).toEqual(['x abort']));
  it('a method on its own receiver', () => {
    const { flow } = graphOf('', 'type T int\nfunc (t *T) die() { panic(1) }');
    expect(canReturn(flow)).toBe(true);
    const { tree } = parse(encoder.encode('package p\nfunc (t *T) die() { panic(1) }\nfunc (t *T) f() { t.die() }\n'));
    expect(canReturn(controlFlow(tree, descendants(tree, 0, Kind.method_declaration)[1]))).toBe(false);
  });

  function literalOf(text: string, rest: string, index = 0): Subject {
    const { tree } = parse(encoder.encode(`package p\n${rest}\nvar f = ${text}\n`));
    return { tree, flow: controlFlow(tree, descendants(tree, 0, Kind.func_literal)[index]) };
  }
});

describe('positionOf', () => {
  it('finds the statement around an expression', () => {
    const { tree, flow } = graphOf('a()\nb(c())');
    const call = descendants(tree, 0, Kind.call_expression)[2];
    expect(positionOf(flow, tree, call)).toEqual({ block: flow.entry, index: 1 });
  });
  it('knows no compound statement', () => {
    const { tree, flow } = graphOf('if x { a() }');
    expect(positionOf(flow, tree, descendants(tree, 0, Kind.if_statement)[0])).toBeUndefined();
  });
});

describe('odd input', () => {
  it('nests ten thousand deep', () => {
    const depth = 10_000;
    expect(canReturn(graphOf(`${'{'.repeat(depth)}a()${'}'.repeat(depth)}`).flow)).toBe(true);
  });
  it('chains ten thousand else branches', () => {
    expect(canReturn(graphOf(`${'if x { return } else '.repeat(10_000)}{ a() }`).flow)).toBe(true);
  });
  it('answers for broken code', () => {
    expect(graphOf('if { for x := ; case }} goto').flow.blocks.length).toBeGreaterThan(2);
  });
  it('answers for a function without a body', () => {
    const { tree } = parse(encoder.encode('package p\nfunc f() int\n'));
    expect(canReturn(controlFlow(tree, descendants(tree, 0, Kind.function_declaration)[0]))).toBe(true);
  });
});
