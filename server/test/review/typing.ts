/**
 * Types into a file key by key and holds what a person expects to see: in a text that parses, what a fresh review finds; in one
 * that does not, the findings of all other functions as they were at the last text that did, moved by exactly what was typed.
 */
import { neverCancelled } from '../../src/base/index.ts';
import type { ReviewSettings } from '../../src/config/index.ts';
import { createSession, type Finding, type Session } from '../../src/review/index.ts';
import { childOf, Field, isFunction, parse, type Tree } from '../../src/syntax/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';

export interface Typing {
  /** Files of the module besides the one that is typed into; absolute paths. */
  readonly files: Readonly<Record<string, string>>;
  readonly path: string;
  /** Sound, and ASCII at least where it is typed into. */
  readonly text: string;
  /** Where the keys go, in UTF-16 units. */
  readonly at: number;
  readonly keys: string;
  readonly settings: ReviewSettings;
}

export interface Typed {
  /** Keys after which the text did not parse. */
  readonly broken: number;
  /** Findings of other functions that were compared there. */
  readonly others: number;
  /** Findings of the function typed into that stayed there. */
  readonly kept: number;
  /** What went wrong, in words. */
  readonly flickers: readonly string[];
}

/** What people type, with what they leave open on the way. */
export const STATEMENTS = [
  'if err := f(x, []int{1, 2}); err != nil {\n\t\treturn\n\t}\n',
  'for i, v := range map[string][]int{"a": {1}} { _ = i; _ = v }\n',
  'go func(n int) { defer func() { recover() }() }(1)\n',
  'switch v := any(1).(type) { case int: _ = v; default: }\n',
  'x, y := `raw\n`, "text"; _, _ = x, y // and a comment\n',
  '}\n\nfunc added(a int) (b int) { return a }\n\nfunc rest() {\n',
];

const encoder = new TextEncoder();

/** The grammar must be loaded. */
export function typeInto({ files, path, text, at, keys, settings }: Typing): Typed {
  const session = start(files, path, text, settings);
  const outcome = { broken: 0, others: 0, kept: 0, flickers: [] as string[] };
  let last = { findings: reviewed(session, path), typed: 0 };
  const origin = encoder.encode(text.slice(0, at)).length;
  const body = functionAround(parse(encoder.encode(text)).tree, origin);
  for (let typed = 1; typed <= keys.length; typed++) {
    const now = text.slice(0, at) + keys.slice(0, typed) + text.slice(at);
    session.change({ path, version: typed + 1, text: now });
    const findings = reviewed(session, path);
    const say = (what: string): void =>
      void outcome.flickers.push(`${path} at ${at} with ${JSON.stringify(keys.slice(0, typed))}: ${what}`);
    if (parse(encoder.encode(now)).problems.length === 0) {
      const fresh = reviewed(start(files, path, now, settings), path);
      if (!isEqual(findings, fresh)) say(`not what a fresh review finds: ${difference(findings, fresh)}`);
      last = { findings, typed };
      continue;
    }
    outcome.broken++;
    const expected = moved(last.findings, origin + last.typed, typed - last.typed);
    const isOther = ({ at: place }: Finding): boolean => place.end <= body.start || place.start >= body.end + typed;
    const others = expected.filter(isOther);
    outcome.others += others.length;
    outcome.kept += findings.filter((finding) => finding.isKept).length;
    const shown = findings.filter(isOther);
    if (!isEqual(bare(shown), bare(others))) say(`others flicker: ${difference(bare(shown), bare(others))}`);
    if (findings.some((finding) => finding.fixes.length > 0)) say('a fix is offered');
    const own = expected.filter((finding) => !isOther(finding) && !around(finding.at, origin + last.typed));
    const lost = bare(own).filter((finding) => !bare(findings).some((each) => isEqual(placesOf(each), placesOf(finding))));
    if (lost.length > 0) say(`lost ${lost[0].ruleId} at ${lost[0].at.start}`);
    // Of a function that parses, a fresh review tells too what is found.
    const isMarked = (finding: Finding): boolean => finding.isKept === true;
    const news = findings.filter((finding) => isOther(finding) === isMarked(finding));
    const fresh = news.length === 0 ? [] : reviewed(start(files, path, now, settings), path).map(placesOf);
    const isFresh = (finding: Finding): boolean => fresh.some((each) => isEqual(each, placesOf(finding)));
    const wrong = news.find((finding) => isFresh(finding) === isMarked(finding));
    if (wrong !== undefined) say(`${wrong.ruleId} at ${wrong.at.start} is ${isMarked(wrong) ? 'wrongly' : 'not'} marked`);
  }
  return outcome;
}

function start(files: Readonly<Record<string, string>>, path: string, text: string, settings: ReviewSettings): Session {
  const session = createSession(memoryFiles({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n', ...files }), loadTestLibrary());
  session.configure(settings);
  session.open({ path, version: 1, text });
  return session;
}

function reviewed(session: Session, path: string): readonly Finding[] {
  return session.review([path], neverCancelled).findings;
}

/** The declaration at the offset, or nothing but the offset. */
function functionAround(tree: Tree, offset: number): { readonly start: number; readonly end: number } {
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    if (tree.start[row] < offset && offset < tree.end[row]) return { start: tree.start[row], end: tree.end[row] };
  }
  return { start: offset, end: offset };
}

/** Places inside bodies where a statement can begin, in bytes. */
export function statementStarts(text: string): number[] {
  const { tree } = parse(encoder.encode(text));
  const starts: number[] = [];
  for (let row = 1; row < tree.length; row = tree.next[row]) {
    const body = isFunction(tree, row) ? childOf(tree, row, Field.body) : 0;
    if (body === 0) continue;
    const from = tree.start[body] + 1;
    const newline = tree.source.indexOf(10, from);
    if (newline > 0 && newline < tree.end[body]) starts.push(newline + 1);
    starts.push(tree.end[body] - 1);
  }
  return starts;
}

function moved(findings: readonly Finding[], from: number, by: number): readonly Finding[] {
  const shift = <Place extends { readonly start: number; readonly end: number }>({ start, end }: Place) => ({
    start: start >= from ? start + by : start,
    end: end > from ? end + by : end,
  });
  return findings.map((finding) => ({
    ...finding,
    at: shift(finding.at),
    ...(finding.frame && { frame: { statement: shift(finding.frame.statement), loops: finding.frame.loops.map(shift) } }),
    related: finding.related.map((step) =>
      step.at.path === finding.path ? { ...step, at: { ...step.at, range: shift(step.at.range) } } : step,
    ),
  }));
}

/** Without what nobody sees in a text that does not parse: fixes, marks, and the other places, which may be in the broken function. */
function bare(findings: readonly Finding[]): readonly Omit<Finding, 'fixes' | 'related' | 'isKept'>[] {
  return findings.map(({ fixes: _, related: __, isKept: ___, ...rest }) => rest);
}

function placesOf({ ruleId, at, message }: Pick<Finding, 'ruleId' | 'at' | 'message'>): object {
  return { ruleId, message, start: at.start };
}

function around({ start, end }: { readonly start: number; readonly end: number }, offset: number): boolean {
  return start <= offset && offset <= end;
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function difference(ours: readonly object[], theirs: readonly object[]): string {
  const at = ours.findIndex((each, i) => !isEqual(each, theirs[i]));
  const index = at < 0 ? ours.length : at;
  return `${ours.length} against ${theirs.length}, first ${JSON.stringify(ours[index])} but ${JSON.stringify(theirs[index])}`;
}
