/**
 * The compiler's verdicts: what its messages say, joined with its logs, which tell what was inlined. This is what a finding of
 * ours, or a record of `escapes`, can be held against.
 */
import type { SiteKind } from '../flows/batch.ts';
import type { CompilerMessage, CompilerPlace, CompilerSaying } from './messages.ts';
import type { Optimization, OptimizationLog } from './optimization-log.ts';

export interface CompilerVerdict {
  /** Where the compiler says so: of what is inlined, the call. */
  readonly place: CompilerPlace;
  readonly verdict: 'heap' | 'stack';
  /** By the compiler's text alone, which writes a box as its operand: `interface` is also every name and call. */
  readonly kind: SiteKind;
  /** The expression as the compiler prints it; of `moved` the variable. */
  readonly subject: string;
  /** `unknown`: no log speaks of it. That is so of everything that stays on the stack. */
  readonly origin: 'own' | 'inlined' | 'unknown';
  /** Of `inlined`: where the allocation is written, in this file or another. */
  readonly writtenAt: CompilerPlace | undefined;
}

/** Paths of messages and logs have to be spelled alike: both absolute, or both relative to one folder. */
export function joinVerdicts(messages: readonly CompilerMessage[], logs: readonly OptimizationLog[]): readonly CompilerVerdict[] {
  const logged = escapesByPlace(logs);
  return messages.flatMap(({ place, saying }): CompilerVerdict[] => {
    if (saying.kind !== 'moved' && saying.kind !== 'expression') return [];
    const isMoved = saying.kind === 'moved';
    const subject = isMoved ? saying.name : saying.expression;
    const verdict = isMoved ? 'heap' : saying.verdict;
    const said = { place, verdict, subject, kind: isMoved ? 'moved' : kindOf(subject) } as const;
    if (verdict === 'stack') return [{ ...said, origin: 'unknown', writtenAt: undefined }];
    return originsOf(about(logged.get(placeKey(place)) ?? [], saying)).map((origin) => ({ ...said, ...origin }));
  });
}

/** A key that two places share exactly when they are the same. */
export function placeKey({ path, line, column }: CompilerPlace): string {
  return `${path}:${line}:${column}`;
}

function escapesByPlace(logs: readonly OptimizationLog[]): ReadonlyMap<string, readonly Optimization[]> {
  const byPlace = new Map<string, Optimization[]>();
  for (const entry of logs.flatMap(({ entries }) => entries)) {
    if (entry.code !== 'escape' && entry.code !== 'escapes') continue;
    const key = placeKey(entry.place);
    const here = byPlace.get(key);
    if (here === undefined) byPlace.set(key, [entry]);
    else here.push(entry);
  }
  return byPlace;
}

/** The entries that a message sums up; when none has its words, all of the place. */
function about(here: readonly Optimization[], saying: CompilerSaying): readonly Optimization[] {
  const matching = here.filter(({ message }) => {
    if (saying.kind === 'moved') return message === `${saying.name} escapes to heap`;
    if (saying.kind !== 'expression') return false;
    // An append is `append escapes to heap` in the message and has its arguments in the log.
    return saying.expression === 'append' ? message.startsWith('append(') : message === `${saying.expression} escapes to heap`;
  });
  return matching.length > 0 || saying.kind === 'moved' ? matching : here;
}

type Origin = Pick<CompilerVerdict, 'origin' | 'writtenAt'>;

/** One origin for what is written at the place, and one per place that inlined bodies come from. */
function originsOf(entries: readonly Optimization[]): readonly Origin[] {
  if (entries.length === 0) return [{ origin: 'unknown', writtenAt: undefined }];
  const origins = new Map<string, Origin>();
  for (const { inlined } of entries) {
    const innermost = inlined.at(-1);
    if (innermost === undefined) origins.set('', { origin: 'own', writtenAt: undefined });
    else origins.set(placeKey(innermost), { origin: 'inlined', writtenAt: innermost });
  }
  return [...origins.values()];
}

/** The kind that a printed expression shows, by cmd/compile/internal/ir/fmt.go. */
function kindOf(expression: string): SiteKind {
  if (expression === '... argument') return 'variadic';
  if (expression === 'func literal') return 'closure';
  const builtin = /^(append|make|new)(?:\(|$)/.exec(expression)?.[1];
  if (builtin !== undefined) return builtin as 'append' | 'make' | 'new';
  if (/^(?:&|\[\]|map\[).*\{(?:\.\.\.)?\}$/.test(expression)) return 'composite';
  if (/^(?:string|\(?\[\](?:byte|rune|uint8|int32)\)?)\(/.test(expression)) return 'conversion';
  return expression.includes(' + ') ? 'concat' : 'interface';
}
