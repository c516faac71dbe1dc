/**
 * The compiler's verdicts as records like those of `escapement escapes`. The compiler prints texts; what is written at a place
 * settles which kind of allocation it means, whether a name is a parameter, and what its stack verdicts, of which no log tells
 * whether they are inlined, are about.
 */
import { relativePath } from '../../server/src/base/index.ts';
import {
  type CompilerMessage,
  type CompilerPlace,
  type CompilerVerdict,
  joinVerdicts,
  type OptimizationLog,
  type ParameterLeak,
  placeKey,
  type SiteKind,
} from '../../server/src/escape/index.ts';
import type { CompilerOutput } from './compiler.ts';
import type { Written, WrittenFile, WrittenSite } from './written.ts';

/** An allocation. The file is relative to the judged folder, the line counts from 1. */
export interface Site {
  readonly file: string;
  readonly line: number;
  readonly kind: SiteKind;
  readonly verdict: 'heap' | 'stack';
  readonly origin: 'own' | 'inlined';
  readonly text: string;
}

export interface Parameter {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly leak: ParameterLeak;
}

export interface Truth {
  readonly sites: readonly Site[];
  readonly parameters: readonly Parameter[];
  /** Whether the compiler could have a verdict on a line: not in generated files, nor in generic functions that nobody instantiates. */
  isJudged(file: string, line: number): boolean;
}

export function truthOf(folder: string, output: CompilerOutput, written: Written): Truth {
  const judge = new Judge(folder, written);
  const verdicts = joinVerdicts(output.messages, output.logs);
  for (const verdict of verdicts) if (verdict.verdict === 'heap') judge.heap(verdict);
  for (const verdict of verdicts) if (verdict.verdict === 'stack') judge.stack(verdict);
  for (const message of output.messages) judge.leak(message);
  const isJudged = judgedLines(folder, output, written);
  const isIn = ({ file, line }: Site | Parameter): boolean => isJudged(file, line);
  return { sites: [...judge.sites.values()].filter(isIn), parameters: [...judge.parameters.values()].filter(isIn), isJudged };
}

class Judge {
  readonly sites = new Map<string, Site>();
  readonly parameters = new Map<string, Parameter>();
  /** Places and texts with a heap verdict. */
  private readonly heapTexts = new Set<string>();

  constructor(
    private readonly folder: string,
    private readonly written: Written,
  ) {}

  heap(verdict: CompilerVerdict): void {
    const { place, subject, origin, writtenAt } = verdict;
    this.heapTexts.add(textKey(verdict));
    const kinds = this.kindsAt(place, verdict);
    if (origin === 'inlined' && writtenAt !== undefined) this.inlined(verdict, writtenAt);
    else if (origin === 'own' || kinds.length > 0) this.add(place, 'own', 'heap', kinds.length > 0 ? kinds : [verdict.kind], subject);
    else this.add(place, 'inlined', 'heap', [verdict.kind], subject);
  }

  /**
   * A closure that is inlined into the function around it (as the body of a range over a function is) allocates where it is written,
   * too. What is said at a function's own name comes from a wrapper that the compiler made for an instantiation.
   */
  private inlined(verdict: CompilerVerdict, writtenAt: CompilerPlace): void {
    const { place, subject } = verdict;
    const kinds = this.kindsAt(writtenAt, verdict);
    const around = this.written.declarationAround(place);
    const isHome = around !== undefined && writtenAt.path === place.path && around === this.written.declarationAround(writtenAt);
    if (isHome && placeKey(place) !== placeKey(writtenAt)) this.add(writtenAt, 'own', 'heap', kinds, subject);
    if (!this.isDeclaredName(place)) this.add(place, 'inlined', 'heap', kinds.length > 0 ? kinds : [verdict.kind], subject);
  }

  stack(verdict: CompilerVerdict): void {
    const { place, subject } = verdict;
    const kinds = this.kindsAt(place, verdict);
    if (this.isParameter(place, subject)) this.addParameter(place, subject, 'none');
    else if (!this.heapTexts.has(textKey(verdict))) this.add(place, 'own', 'stack', kinds, subject);
    else if (kinds.length > 1 && kinds.includes('interface')) this.box(place, subject);
  }

  /** Both verdicts on one text: a box that stays on the stack while what it holds does not; or, if generic, two instantiations. */
  private box(place: CompilerPlace, subject: string): void {
    if (this.written.declarationAround(place)?.generic === true) return;
    this.sites.delete(siteKey(place, 'own', 'interface'));
    this.add(place, 'own', 'stack', ['interface'], subject);
  }

  leak({ place, saying }: CompilerMessage): void {
    if (saying.kind === 'parameter' && this.isParameter(place, saying.name)) this.addParameter(place, saying.name, saying.leak);
  }

  private isParameter(place: CompilerPlace, subject: string): boolean {
    return this.written.variablesAt(place).some(({ isParameter, name }) => isParameter && name === subject);
  }

  private kindsAt(place: CompilerPlace, { kind, subject }: CompilerVerdict): readonly SiteKind[] {
    const sites = this.written.sitesAt(place);
    if (kind !== 'moved') return [...new Set(sites.filter((site) => fits(site, kind, subject)).map((site) => site.kind))];
    // new(value) of Go 1.26 is a variable of the compiler's.
    if (subject.startsWith('.autotmp_') && sites.some((site) => site.kind === 'new')) return ['new'];
    const name = subject.slice(subject.lastIndexOf('.') + 1);
    return this.written.variablesAt(place).some((variable) => variable.name === name) ? ['moved'] : [];
  }

  private isDeclaredName(place: CompilerPlace): boolean {
    const around = this.written.declarationAround(place);
    return around?.name !== '' && around?.line === place.line && around.column === place.column;
  }

  /** Of several instantiations one that allocates decides. */
  private add(place: CompilerPlace, origin: Site['origin'], verdict: Site['verdict'], kinds: readonly SiteKind[], text: string): void {
    for (const kind of kinds) {
      const key = siteKey(place, origin, kind);
      if (this.sites.get(key)?.verdict === 'heap') continue;
      this.sites.set(key, { file: relativePath(this.folder, place.path), line: place.line, kind, verdict, origin, text });
    }
  }

  private addParameter(place: CompilerPlace, name: string, leak: ParameterLeak): void {
    this.parameters.set(`${placeKey(place)} ${leak}`, { file: relativePath(this.folder, place.path), line: place.line, name, leak });
  }
}

function siteKey(place: CompilerPlace, origin: Site['origin'], kind: SiteKind): string {
  return `${placeKey(place)} ${origin} ${kind}`;
}

function textKey({ place, subject }: CompilerVerdict): string {
  return `${placeKey(place)} ${subject}`;
}

/** Whether the compiler's text can be about what is written at its place. */
function fits({ kind, form }: WrittenSite, textual: SiteKind, text: string): boolean {
  switch (kind) {
    case 'composite':
      return /\{(\.\.\.)?\}$/.test(text) && text.startsWith('&') === (form === '&');
    case 'conversion':
      return /\(.*\)$|^\[\].*\{\.\.\.\}$/.test(text); // []byte("constant") is printed as []byte{...}
    case 'concat':
      return text.includes(' + ');
    case 'method-value':
      return /\.[\p{L}_][\p{L}\p{N}_]*$/u.test(text);
    case 'interface':
      return isBoxed(form, text);
    default:
      return kind === textual && !(kind === 'append' && text !== 'append');
  }
}

/** Whether the text can be that of a boxed operand. */
function isBoxed(form: string, text: string): boolean {
  if (text === 'append' || text === '... argument' || text === 'func literal' || text.startsWith('&')) return false;
  if (form === 'call') return !/\{(\.\.\.)?\}$|^(make|new|append)\(/.test(text);
  if (form === 'literal') return /\{(\.\.\.)?\}$/.test(text) || /^[\p{L}_.~][\p{L}\p{N}_.]*$/u.test(text);
  return true;
}

/** A generic function without a verdict and without a word on inlining was compiled for nobody. */
function judgedLines(folder: string, { messages, logs }: CompilerOutput, written: Written): Truth['isJudged'] {
  const spoken = new Set(messages.map(({ place }) => `${place.path}:${place.line}`));
  const compiled = compiledFunctions(logs);
  const excluded = new Map<string, readonly (readonly [number, number])[]>();
  for (const file of written.files.values()) {
    if (file.generated) continue;
    excluded.set(relativePath(folder, file.path), excludedRanges(file, spoken, compiled));
  }
  return (file, line) => {
    const ranges = excluded.get(file);
    return ranges?.every(([first, last]) => line < first || last < line) ?? false;
  };
}

function compiledFunctions(logs: readonly OptimizationLog[]): ReadonlySet<string> {
  const decided = logs
    .flatMap(({ entries }) => entries)
    .filter(({ code }) => code === 'canInlineFunction' || code === 'cannotInlineFunction');
  return new Set(decided.map(({ place }) => placeKey(place)));
}

function excludedRanges(
  { path, declarations }: WrittenFile,
  spoken: ReadonlySet<string>,
  compiled: ReadonlySet<string>,
): readonly (readonly [number, number])[] {
  const isSpokenOf = (first: number, last: number): boolean => {
    for (let line = first; line <= last; line++) if (spoken.has(`${path}:${line}`)) return true;
    return false;
  };
  return declarations
    .filter(({ name, generic, line, column, first, last }) => {
      const isUnused = generic && !compiled.has(placeKey({ path, line, column })) && !isSpokenOf(first, last);
      return name === '_' || isUnused;
    })
    .map(({ first, last }) => [first, last]);
}
