/**
 * Suppression: what a directive covers is not reported, and a directive that does nothing is. Its own findings carry the
 * rule id `escapement`, so that a stale or mistyped comment never rots unseen.
 */
import type { Range, TextEdit } from '../base/index.ts';
import type { SourceFile } from '../model/index.ts';
import { nearestName } from '../rules/index.ts';
import { type Directive, directivesOf, type RuleName } from './directives.ts';
import { nodeAt } from './findings.ts';
import { fingerprint } from './fingerprint.ts';
import { enclosingFunctionName } from './function-name.ts';
import type { Finding, Fix } from './shapes.ts';
import { suppressionRemoval } from './suppression-edits.ts';

/** Rule id of findings about suppressions. */
export const SUPPRESSION_RULE = 'escapement';

export interface RulesInView {
  /** Ids of the rules that ran on this file without a fault: only of these can a directive be called unused. */
  readonly ran: readonly string[];
  /** Ids of all rules there are. */
  readonly known: readonly string[];
}

/** The findings that no directive covers, with those about the directives themselves, by start. */
export function applySuppressions(file: SourceFile, findings: readonly Finding[], rules: RulesInView): Finding[] {
  const directives = directivesOf(file);
  if (directives.length === 0) return [...findings];
  const used = new Set<RuleName>();
  const kept = findings.filter((finding) => !isSuppressed(finding, directives, rules, used));
  const problems = directives.flatMap((directive) => problemsOf(directive, rules, used, file));
  const reported = problems.map((problem, i) => findingOf(file, problem, i));
  return [...kept, ...reported].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end);
}

function isSuppressed(finding: Finding, directives: readonly Directive[], rules: RulesInView, used: Set<RuleName>): boolean {
  let isCovered = false;
  for (const directive of directives) {
    const { covers } = directive;
    if (finding.at.start < covers.start || finding.at.start >= covers.end) continue;
    if (directive.kind === 'nolint') isCovered = true;
    if (!isInForce(directive)) continue;
    for (const name of directive.rules) {
      if (name.id !== finding.ruleId || !rules.known.includes(name.id)) continue;
      used.add(name);
      isCovered = true;
    }
  }
  return isCovered;
}

function isInForce(directive: Directive): boolean {
  return (directive.kind === 'ignore' || directive.kind === 'file-ignore') && directive.reason !== '';
}

interface Problem {
  readonly at: Range;
  readonly severity: 'information' | 'hint';
  readonly message: string;
  readonly fix: Omit<Fix, 'edits'> & { readonly removes: { readonly directive: Directive; readonly names: readonly RuleName[] } };
}

function problemsOf(directive: Directive, rules: RulesInView, used: ReadonlySet<RuleName>, file: SourceFile): Problem[] {
  switch (directive.kind) {
    case 'nolint':
      return [];
    case 'misspelled':
      return [
        wholeProblem(
          directive,
          'This comment looks like a suppression but is none, so it hides nothing: write `//escapement:ignore RULE -- reason` without a space after `//`.',
        ),
      ];
    case 'file-ignore':
    case 'ignore':
      break;
  }
  if (directive.rules.length === 0)
    return [wholeProblem(directive, 'This suppression names no rule, so it hides nothing: write `//escapement:ignore RULE -- reason`.')];
  if (directive.reason === '')
    return [wholeProblem(directive, 'This suppression gives no reason, so it hides nothing: add ` -- ` and why the finding may stay.')];
  if (directive.kind === 'file-ignore' && directive.covers.end === 0)
    return [wholeProblem(directive, 'This file-ignore stands after the package clause, so it hides nothing: move it above `package`.')];
  const unknown = directive.rules.filter((name) => !rules.known.includes(name.id));
  const mayJudge = file.problems.length === 0;
  const unused = directive.rules.filter((name) => mayJudge && rules.ran.includes(name.id) && !used.has(name));
  return [...unknown.map((name) => unknownProblem(directive, name, rules.known)), ...unusedProblems(directive, unused)];
}

function wholeProblem(directive: Directive, message: string): Problem {
  const fix = { title: 'Remove the comment', safety: 'suggestion', removes: { directive, names: directive.rules } } as const;
  return { at: directive.at, severity: 'information', message, fix };
}

function unknownProblem(directive: Directive, name: RuleName, known: readonly string[]): Problem {
  const nearest = nearestName(name.id, known);
  const remedy = nearest === undefined ? 'remove it.' : `did you mean ${nearest}?`;
  const fix = { title: `Remove ${name.id} from the suppression`, safety: 'suggestion', removes: { directive, names: [name] } } as const;
  return { at: name.at, severity: 'information', message: `There is no rule ${name.id}, so nothing is suppressed by it: ${remedy}`, fix };
}

function unusedProblems(directive: Directive, unused: readonly RuleName[]): Problem[] {
  const isWhole = unused.length === directive.rules.length;
  const safety = 'safe';
  if (unused.length === 0) return [];
  const ids = unused.map((name) => name.id).join(', ');
  const where = directive.kind === 'ignore' ? 'here' : 'in this file';
  const fix = {
    title: isWhole ? 'Remove the unused suppression' : `Remove ${ids} from the suppression`,
    safety,
    removes: { directive, names: unused },
  } as const;
  const at = isWhole ? directive.at : unused[0].at;
  return [
    {
      at,
      severity: 'hint',
      message: `Nothing ${where} is reported by ${ids}, so this suppression only hides what may come: remove it.`,
      fix,
    },
  ];
}

function findingOf(file: SourceFile, { at, severity, message, fix }: Problem, index: number): Finding {
  const { title, safety, removes } = fix;
  const edits: readonly TextEdit[] = suppressionRemoval(file, removes.directive, removes.names);
  const hasFix = file.problems.length === 0 && edits.length > 0;
  const inFunction = enclosingFunctionName(file.tree, nodeAt(file.tree, at.start));
  return {
    ruleId: SUPPRESSION_RULE,
    severity,
    certainty: 'certain',
    message,
    path: file.path,
    at,
    function: inFunction,
    related: [],
    fixes: hasFix ? [{ title, safety, edits }] : [],
    fingerprint: fingerprint([SUPPRESSION_RULE, file.path.slice(file.path.lastIndexOf('/') + 1), inFunction, message, String(index)]),
  };
}
