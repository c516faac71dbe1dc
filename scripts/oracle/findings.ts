/**
 * Holds what the rules on the escape analysis say against the compiler. A finding is confirmed when the compiler moves that
 * very variable, or has a heap verdict on that very line. A slice of variable length that nothing keeps "does not escape", and is on the
 * stack only as long as it is short. Code that the compiler had no verdict on, because it was not built or belongs to a generic function
 * that nobody instantiates, can be held against nothing and doesn't count.
 */
import { relativePath } from '../../server/src/base/index.ts';
import type { SiteKind } from '../../server/src/escape/index.ts';
import type { CompilerOutput } from './compiler.ts';
import { product } from './product.ts';
import type { Share } from './score.ts';
import type { Truth } from './truth.ts';

const RULES = 'escaping-pointer,closure-capture,interface-boxing,escaping-make';
/** What the naive reading takes for findings: every address that is taken, every literal of a function. */
const FORMS: readonly SiteKind[] = ['moved', 'composite', 'new', 'closure'];

interface Finding {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface FindingScore {
  readonly confirmed: Share;
  /** The same of calling every site of the rules' forms heap. */
  readonly prior: Share;
  readonly refuted: readonly string[];
}

export function scoreFindings(folder: string, { messages }: CompilerOutput, { sites, isJudged }: Truth): FindingScore {
  const moved = new Set<string>();
  for (const { place, saying } of messages)
    if (saying.kind === 'moved') moved.add(`${relativePath(folder, place.path)}:${place.line} ${saying.name}`);
  const heap = new Set(sites.flatMap(({ file, line, verdict }) => (verdict === 'heap' ? [`${file}:${line}`] : [])));
  const made = new Set(
    sites.flatMap(({ file, line, kind, verdict }) => (kind === 'make' && verdict === 'stack' ? [`${file}:${line}`] : [])),
  );
  const isConfirmed = ({ rule, file, line, message }: Finding): boolean => {
    if (rule === 'escaping-make' && message.includes('nothing keeps it') && made.has(`${file}:${line}`)) return true;
    const variable = rule === 'escaping-pointer' ? /^(\S+) (?:moves|is a copy)/.exec(message)?.[1] : undefined;
    return variable === undefined ? heap.has(`${file}:${line}`) : moved.has(`${file}:${line} ${variable}`);
  };
  const findings = reviewed(folder).filter(({ file, line }) => !file.endsWith('_test.go') && isJudged(file, line));
  const refuted = findings.filter((finding) => !isConfirmed(finding));
  const formed = sites.filter(({ kind, origin }) => origin === 'own' && FORMS.includes(kind));
  return {
    confirmed: { part: findings.length - refuted.length, whole: findings.length },
    prior: { part: formed.filter(({ verdict }) => verdict === 'heap').length, whole: formed.length },
    refuted: refuted.map(({ rule, file, line, message }) => `${file}:${line} ${rule}: ${message.slice(0, 90)}`),
  };
}

function reviewed(folder: string): readonly Finding[] {
  return JSON.parse(product(['review', '--rules', RULES, '--no-config', '--format', 'json', '.'], folder)).findings;
}
