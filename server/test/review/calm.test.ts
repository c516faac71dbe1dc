/** What one sees while one types: nothing flickers, and what stays is where it belongs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { resolveSettings } from '../../src/config/index.ts';
import { createSession, type Session } from '../../src/review/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { STATEMENTS, statementStarts, type Typed, typeInto } from './typing.ts';

const SETTINGS = resolveSettings({ preset: 'all' }, undefined);
const RULES = join(import.meta.dirname, '../../../test-fixtures/rules');

beforeAll(loadTestGrammar);

describe('typing', () => {
  it('moves no finding of another function, and keeps those of the function that is typed into', () => {
    const total = { broken: 0, others: 0, kept: 0, flickers: [] as string[] };
    for (const [i, { files, path, text }] of fixtures().entries()) {
      const starts = statementStarts(text);
      const at = starts[(i * 7) % starts.length];
      add(total, typeInto({ files, path, text, at, keys: STATEMENTS[i % STATEMENTS.length], settings: SETTINGS }));
    }
    expect(total.flickers.slice(0, 5)).toEqual([]);
    expect(total.broken).toBeGreaterThan(50);
    expect(total.others).toBeGreaterThan(100);
    expect(total.kept).toBeGreaterThan(20);
  }, 60_000);

  it('lets callers keep what they know of a function that is half typed', () => {
    const text = `package m

func hold(p *int) { held = p }

var held *int

func caller() {
	for i := range 10 {
		n := i
		hold(&n)
	}
}
`;
    const session = start(text);
    const before = reviewed(session);
    expect(before.map(({ function: name }) => name)).toContain('caller');
    expect(reviewed(change(session, text.replace('{ held', '{ if (; held')))).toEqual(
      before.map((finding) => ({ ...finding, ...shifted(finding, 'if (; '.length), fixes: [] })),
    );
  });
});

const GROWTH = `func f(xs []int) (out []int) {
	for _, x := range xs {
		out = append(out, x+1)
	}
	return out
}
`;

describe('a finding whose function does not parse', () => {
  it('stays, marked and without its fixes', () => {
    const session = start(`package m\n\n${GROWTH}`);
    const [before] = reviewed(session);
    expect(before.fixes).toHaveLength(1);
    expect(reviewed(change(session, `package m\n\n// above\n${GROWTH.replace('return out', 'return (')}`))).toEqual([
      { ...before, ...shifted(before, '// above\n'.length), fixes: [], isKept: true },
    ]);
  });

  it('goes with its code, and with its function', () => {
    const session = start(`package m\n\n${GROWTH}`);
    expect(reviewed(session)).toHaveLength(1);
    expect(reviewed(change(session, `package m\n\n${GROWTH.replace('out = append(out, x+1)', 'ou = append(out, x+1); if (')}`))).toEqual(
      [],
    );
    expect(reviewed(change(session, `package m\n\n${GROWTH.replace('return', 'retur(')}`))).toHaveLength(1);
    expect(reviewed(change(session, 'package m\n\nfunc other( {\n'))).toEqual([]);
  });

  it('is found anew once the function parses', () => {
    const session = start(`package m\n\n${GROWTH}`);
    change(session, `package m\n\n${GROWTH.replace('return out', 'return (')}`);
    reviewed(session);
    const [finding] = reviewed(change(session, `package m\n\n${GROWTH.replace('return out', 'return (out)')}`));
    expect(finding.isKept).toBeUndefined();
    expect(finding.fixes).toHaveLength(1);
    expect(reviewed(change(session, `package m\n\n${GROWTH.replace('+1', '').replace('range xs', 'range 0')}`))).toEqual([]);
  });

  it('is not known of a document that was opened so', () => {
    const session = start(`package m\n\n${GROWTH.replace('return out', 'return (')}`);
    expect(reviewed(session)).toEqual([]);
  });

  it('is known of a document that nobody reviewed before it broke', () => {
    const session = start(`package m\n\n${GROWTH}`);
    change(session, `package m\n\n${GROWTH.replace('return out', 'return (')}`);
    expect(reviewed(session)).toMatchObject([{ ruleId: 'slice-growth', isKept: true }]);
  });

  it('is known to another session that was told the sound text', () => {
    const broken = `package m\n\n${GROWTH.replace('return out', 'return (')}`;
    const [first, second] = [start(`package m\n\n${GROWTH}`), start(broken)];
    reviewed(first);
    first.keep();
    expect(reviewed(second)).toEqual([]);
    for (const text of first.soundTexts()) second.hold(text);
    expect(first.soundTexts()).toEqual([]);
    expect(reviewed(second)).toMatchObject([{ ruleId: 'slice-growth', isKept: true }]);
  });

  it('does not lead suppressions, hovers and hints astray', () => {
    const text = `package m\n\n${GROWTH}\nfunc g() *int {\n\tn := 1\n\treturn &n\n}\n`;
    const session = start(text);
    reviewed(session);
    const broken = text.replace('return out', 'return (((out');
    change(session, broken);
    const [kept] = reviewed(session);
    expect(session.suppression(kept, 'why')).toEqual([]);
    const at = broken.indexOf('n := 1');
    expect(session.explanations('/m/x.go', at)).toMatchObject([{ at: { start: at, end: at + 1 }, gcSays: 'heap' }]);
    expect(session.allocations('/m/x.go').find(({ name }) => name === 'g')?.at.start).toBe(broken.indexOf('g() *int'));
  });
});

describe('a package clause that is taken out', () => {
  const OWN = `package a\n\n${GROWTH}\nfunc N() int { return 1 }\n`;
  const USE = 'package b\n\nimport (\n\t"fmt"\n\n\t"m/a"\n)\n\nfunc G() string { return fmt.Sprintf("%d", a.N()) }\n';
  const rest = OWN.slice('package a\n'.length);

  function opened(clause: string): Session {
    const session = createSession(memoryFiles({ '/m/go.mod': 'module m\n\ngo 1.26\n' }), loadTestLibrary());
    session.configure(SETTINGS);
    session.open({ path: '/m/a/a.go', version: 1, text: clause + rest });
    session.open({ path: '/m/b/b.go', version: 1, text: USE });
    return session;
  }

  it.each([
    ['is in a comment', 'package a\n', '//package a\n'],
    ['is half way there', 'package a\n', '/package a\n'],
    ['is in a comment over lines', 'package a\n', '/* package a */\n'],
    ['is gone with its line', 'package a\n', ''],
    ['is gone without it', 'package a\n', '\n'],
    ['is behind a comment that stays', '// Package a is one.\npackage a\n', '// Package a is one.\n'],
    ['goes from before a comment', 'package a // one\n', '// one\n'],
    ['is half a word', 'package a\n', 'pack\n'],
    ['gave way to a declaration', 'package a\n', 'var package_ int\n'],
  ])('leaves all findings where they were: it %s', (_, clause, left) => {
    const session = opened(clause);
    const found = () => session.review(['/m/a/a.go', '/m/b/b.go'], neverCancelled).findings;
    const before = found();
    expect(before.map(({ path }) => path)).toEqual(['/m/a/a.go', '/m/b/b.go']);
    session.change({ path: '/m/a/a.go', version: 2, text: left + rest });
    const [own, use] = found();
    expect({ ...own, isKept: undefined }).toEqual({ ...before[0], ...shifted(before[0], left.length - clause.length), fixes: [] });
    expect(use).toEqual(before[1]);
    session.change({ path: '/m/a/a.go', version: 3, text: clause + rest });
    expect(found()).toEqual(before);
  });

  it('is not missed where there never was one, nor in a file that is empty', () => {
    for (const text of ['', '// nothing yet\n', rest]) {
      const session = start(text);
      expect(session.review(['/m/x.go'], neverCancelled)).toMatchObject({ faults: [], skipped: [] });
      expect(session.soundTexts()).toEqual([]);
      change(session, `package m\n\n${GROWTH}`);
      expect(reviewed(session)).toHaveLength(1);
    }
  });
});

function start(text: string): Session {
  const session = createSession(memoryFiles({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n' }), loadTestLibrary());
  session.configure(SETTINGS);
  session.open({ path: '/m/x.go', version: 1, text });
  return session;
}

let version = 1;
function change(session: Session, text: string): Session {
  session.change({ path: '/m/x.go', version: ++version, text });
  return session;
}

function reviewed(session: Session) {
  return session.review(['/m/x.go'], neverCancelled).findings;
}

function shifted({ at, related, frame }: ReturnType<typeof reviewed>[number], by: number) {
  const move = (range: { readonly start: number; readonly end: number }) => ({ start: range.start + by, end: range.end + by });
  const framed = frame && { frame: { statement: move(frame.statement), loops: frame.loops.map(move) } };
  return { ...framed, at: move(at), related: related.map((step) => ({ ...step, at: { ...step.at, range: move(step.at.range) } })) };
}

interface Fixture {
  readonly files: Readonly<Record<string, string>>;
  readonly path: string;
  readonly text: string;
}

/** Of some rules, in ASCII, so that keys are bytes. */
function fixtures(): Fixture[] {
  const rules = readdirSync(RULES).filter((rule) => existsSync(join(RULES, rule, 'bad.go')));
  const texts = rules.map((rule) => readFileSync(join(RULES, rule, 'bad.go'), 'latin1').replace(/^\/\/go:build.*\n\n/, ''));
  const typeable = texts.filter((text) => !/[^\0-\x7f]/.test(text) && statementStarts(text).length > 2);
  return typeable.filter((_, i) => i % 12 === 0).map((text) => ({ files: {}, path: '/m/bad.go', text }));
}

function add(total: { broken: number; others: number; kept: number; flickers: string[] }, typed: Typed): void {
  total.broken += typed.broken;
  total.others += typed.others;
  total.kept += typed.kept;
  total.flickers.push(...typed.flickers);
}
