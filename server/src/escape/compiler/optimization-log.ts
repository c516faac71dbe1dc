/**
 * A file that `-gcflags=-json=0,FOLDER` writes (cmd/compile/internal/logopt, version 0): a header, then a diagnostic of LSP's
 * shape per line. It alone tells whether a verdict is of code that is written at its place or came with an inlined body. Input
 * is hostile: what is not of this shape gives a problem in words, never a throw.
 */
import { type CompilerPlace, knownColumn, slashed } from './messages.ts';

/** One line of the log. */
export interface Optimization {
  /** `escape` (what is allocated), `escapes` (a variable), `leak`, `canInlineFunction`, `cannotInlineFunction`, … */
  readonly code: string;
  readonly place: CompilerPlace;
  readonly message: string;
  /** Where it is written when bodies were inlined at the place, outermost body first; else empty. */
  readonly inlined: readonly CompilerPlace[];
}

export interface OptimizationLog {
  /** As `go1.26.8`. */
  readonly goVersion: string;
  /** Import path; that of a command is `main`. */
  readonly package: string;
  /** The file that all entries are about. */
  readonly path: string;
  readonly entries: readonly Optimization[];
}

/** What is wrong with a text that is no log: one sentence with the line, from 1. */
export interface LogProblem {
  readonly problem: string;
}

export function readOptimizationLog(text: string): OptimizationLog | LogProblem {
  const lines = text.split(/\r?\n/);
  const header = parsed(lines[0] ?? '');
  const goVersion = textAt(header, 'gc_version');
  const path = textAt(header, 'file');
  const name = textAt(header, 'package');
  if (goVersion === undefined || path === undefined || name === undefined) return problem(1, 'not the header of an optimization log');
  const version = at(header, 'version');
  if (version !== 0) return problem(1, `version ${String(version)} of the optimization log is not known, only 0`);
  const file = slashed(path);
  const entries: Optimization[] = [];
  for (const [i, line] of lines.entries()) {
    if (i === 0 || line === '') continue;
    const entry = readEntry(file, parsed(line));
    if (entry === undefined) return problem(i + 1, 'not a diagnostic of an optimization log');
    entries.push(entry);
  }
  return { goVersion, package: name, path: file, entries };
}

function problem(line: number, what: string): LogProblem {
  return { problem: `line ${line}: ${what}` };
}

function readEntry(path: string, value: unknown): Optimization | undefined {
  const code = textAt(value, 'code');
  const message = textAt(value, 'message');
  const place = placeAt(path, value);
  const related = at(value, 'relatedInformation') ?? [];
  if (code === undefined || message === undefined || place === undefined || !Array.isArray(related)) return undefined;
  const inlined: CompilerPlace[] = [];
  for (const each of related) {
    // The explanation follows, with places of inlined bodies of its own.
    if (textAt(each, 'message') !== 'inlineLoc') break;
    const location = at(each, 'location');
    const body = placeAt(pathOfUri(textAt(location, 'uri') ?? ''), location);
    if (body === undefined) return undefined;
    inlined.push(body);
  }
  return { code, place, message, inlined };
}

function placeAt(path: string | undefined, value: unknown): CompilerPlace | undefined {
  const start = at(at(value, 'range'), 'start');
  const line = at(start, 'line');
  const column = at(start, 'character');
  if (path === undefined || typeof line !== 'number' || typeof column !== 'number') return undefined;
  return { path, line, column: knownColumn(column) };
}

/** The compiler writes `file:///a/b.go`, and on Windows `file://C:/a/b.go`. */
function pathOfUri(uri: string): string | undefined {
  const encoded = /^file:\/\/(?:\/(?=[A-Za-z]:))?(.+)$/.exec(uri)?.[1];
  if (encoded === undefined) return undefined;
  try {
    return slashed(decodeURIComponent(encoded));
  } catch {
    return undefined;
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function at(value: unknown, name: string): unknown {
  const isRecord = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isRecord ? Reflect.get(value, name) : undefined;
}

function textAt(value: unknown, name: string): string | undefined {
  const found = at(value, name);
  return typeof found === 'string' ? found : undefined;
}
