/**
 * Suppression: what a directive covers is not reported, and a directive that does nothing is. Its own findings carry the
 * rule id `escapement`, so that a stale or mistyped comment never rots unseen.
 */
import type { Range } from '../../base/index.ts';
import type { SourceFile } from '../../model/index.ts';
import { nearestName } from '../../rules/index.ts';
import { fileIdentity } from '../findings.ts';
import { fingerprint } from '../fingerprint.ts';
import { enclosingFunctionName } from '../function-name.ts';
import { nodeAt } from '../node-at.ts';
import type { FileToReview } from '../runner.ts';
import type { Finding, Fix } from '../shapes.ts';
import { type Directive, directivesOf, type RuleName } from './directives.ts';
import { suppressionRemoval } from './suppression-edits.ts';

/** Rule id of findings about suppressions. */
export const SUPPRESSION_RULE = 'escapement';

export interface RulesInView {
  /** Ids of the rules that ran on this file without a fault: only of these can a directive be called unused. */
  readonly ran: readonly string[];
  /** Ids of all rules there are. */
  readonly known: readonly string[];
}

type ReviewedFile = Pick<FileToReview, 'file' | 'package'>;

export interface Sifted {
  /** What no directive covers, with what there is to say about the directives themselves, by start. */
  readonly told: readonly Finding[];
  /** What one covers, each with that as its `suppression`, in the order given. */
  readonly suppressed: readonly Finding[];
}

export function applySuppressions(subject: ReviewedFile, findings: readonly Finding[], rules: RulesInView): Sifted {
  const { file } = subject;
  const directives = directivesOf(file);
  if (directives.length === 0) return { told: findings, suppressed: [] };
  const used = new Set<RuleName>();
  const kept: Finding[] = [];
  const suppressed: Finding[] = [];
  for (const finding of findings) {
    const [first] = coveringDirectives(finding, directives, rules, used);
    if (first === undefined) kept.push(finding);
    else suppressed.push({ ...finding, suppression: { kind: 'inSource', reason: first.reason, at: first.at } });
  }
  const problems = directives.flatMap((directive) => problemsOf(directive, rules, used, file));
  const reported = findingsOfProblems(subject, problems);
  return { told: [...kept, ...reported].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end), suppressed };
}

/** In source order; the names by which they cover the finding are used. */
function coveringDirectives(
  finding: Finding,
  directives: readonly Directive[],
  rules: RulesInView,
  used: Set<RuleName>,
): readonly Directive[] {
  return directives.filter((directive) => {
    const { covers } = directive;
    if (finding.at.start < covers.start || finding.at.start >= covers.end) return false;
    if (directive.kind === 'nolint') return true;
    const names = isInForce(directive) ? directive.rules.filter(({ id }) => id === finding.ruleId && rules.known.includes(id)) : [];
    for (const name of names) used.add(name);
    return names.length > 0;
  });
}

function isInForce(directive: Directive): boolean {
  return (directive.kind === 'ignore' || directive.kind === 'file-ignore') && directive.reason !== '';
}

interface Problem {
  readonly at: Range;
  readonly severity: 'information' | 'hint';
  readonly message: string;
  readonly fixes: readonly Fix[];
}

function problemsOf(directive: Directive, rules: RulesInView, used: ReadonlySet<RuleName>, file: SourceFile): Problem[] {
  const whole = (message: string): Problem[] => [
    { at: directive.at, severity: 'information', message, fixes: [removal('Remove the comment', file, directive, directive.rules)] },
  ];
  switch (directive.kind) {
    case 'nolint':
      return [];
    case 'misspelled':
      return whole(
        'This comment looks like a suppression but is none, so it hides nothing: write `//escapement:ignore RULE -- reason` without a space after `//`.',
      );
    case 'file-ignore':
    case 'ignore':
      break;
  }
  if (directive.rules.length === 0)
    return whole('This suppression names no rule, so it hides nothing: write `//escapement:ignore RULE -- reason`.');
  if (directive.reason === '')
    return whole('This suppression gives no reason, so it hides nothing: add ` -- ` and why the finding may stay.');
  if (directive.kind === 'file-ignore' && directive.covers.end === 0)
    return whole('This file-ignore stands after the package clause, so it hides nothing: move it above `package`.');
  const unknown = directive.rules.filter((name) => !rules.known.includes(name.id));
  const mayJudge = file.problems.length === 0;
  const unused = directive.rules.filter((name) => mayJudge && rules.ran.includes(name.id) && !used.has(name));
  return [...unknown.map((name) => unknownProblem(file, directive, name, rules.known)), ...unusedProblems(file, directive, unused)];
}

function unknownProblem(file: SourceFile, directive: Directive, name: RuleName, known: readonly string[]): Problem {
  const nearest = nearestName(name.id, known);
  const remedy = nearest === undefined ? 'remove it.' : `did you mean ${nearest}?`;
  const removing = removal(`Remove ${name.id} from the suppression`, file, directive, [name]);
  const correcting: Fix[] =
    nearest === undefined
      ? []
      : [{ title: `Write ${nearest}`, safety: 'suggestion', edits: [{ path: file.path, range: name.at, newText: nearest }] }];
  return {
    at: name.at,
    severity: 'information',
    message: `There is no rule ${name.id}, so nothing is suppressed by it: ${remedy}`,
    fixes: [...correcting, removing],
  };
}

function unusedProblems(file: SourceFile, directive: Directive, unused: readonly RuleName[]): Problem[] {
  if (unused.length === 0) return [];
  const isWhole = unused.length === directive.rules.length;
  const ids = unused.map((name) => name.id).join(', ');
  const where = directive.kind === 'ignore' ? 'here' : 'in this file';
  const title = isWhole ? 'Remove the unused suppression' : `Remove ${ids} from the suppression`;
  return [
    {
      at: isWhole ? directive.at : unused[0].at,
      severity: 'hint',
      message: `Nothing ${where} is reported by ${ids}, so this suppression only hides what may come: remove it.`,
      fixes: [removal(title, file, directive, unused)],
    },
  ];
}

/** Never safe, although the code stays the same: where a dependency is not at hand a rule is silent that speaks elsewhere. */
function removal(title: string, file: SourceFile, directive: Directive, names: readonly RuleName[]): Fix {
  return { title, safety: 'suggestion', edits: suppressionRemoval(file, directive, names) };
}

function findingsOfProblems({ file, package: pkg }: ReviewedFile, problems: readonly Problem[]): Finding[] {
  const ordinals = new Map<string, number>();
  return problems.map(({ at, severity, message, fixes }) => {
    const inFunction = enclosingFunctionName(file.tree, nodeAt(file.tree, at.start));
    const identity = [SUPPRESSION_RULE, fileIdentity(file, pkg), inFunction, message];
    const ordinal = ordinals.get(identity.join('\0')) ?? 0;
    ordinals.set(identity.join('\0'), ordinal + 1);
    return {
      ruleId: SUPPRESSION_RULE,
      severity,
      certainty: 'certain',
      message,
      path: file.path,
      at,
      function: inFunction,
      related: [],
      fixes: file.problems.length === 0 ? fixes : [],
      fingerprint: fingerprint([...identity, String(ordinal)]),
    };
  });
}
