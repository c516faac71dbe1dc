/** Reviewing no more of a file than may have other findings: the rest counts as looked at, with nothing found. */
import { contains, overlaps, type Range } from '../base/index.ts';
import { NONE, type Tree } from '../syntax/index.ts';
import { type ActiveRule, soundRows } from './dispatch.ts';
import type { Standing, StandingDeclarations } from './runner.ts';
import type { FileParts, Finding } from './shapes.ts';
import { SUPPRESSION_RULE } from './suppression/suppression.ts';

/** Declarations that not all of the rules look at. */
export function standingBeside({ changed, around }: FileParts, tree: Tree, active: readonly ActiveRule[]): StandingDeclarations {
  // What the escape analysis says of a call is told by the called function's face; what a rule sees in its body itself is not.
  const beside = standing(active.filter(({ rule }) => rule.restsOn !== undefined || rule.evidence !== 'escape'));
  const elsewhere = standing(active.filter(({ rule }) => rule.restsOn === 'bodies'));
  const found = new Map<number, Standing>();
  for (const { from, to } of soundRows(tree)) {
    for (let row = Math.max(from, NONE + 1); row < to; row = tree.next[row]) {
      const range = { start: tree.start[row], end: tree.end[row] };
      if (!isIn(changed, range)) found.set(row, isIn(around, range) ? beside : elsewhere);
    }
  }
  return found;
}

function standing(rules: readonly ActiveRule[]): Standing {
  return { anew: new Set(rules), reports: [], beyond: new Map() };
}

function isIn(parts: readonly Range[], range: Range): boolean {
  return parts.some((part) => overlaps(part, range));
}

/** Whether somebody looked at all that the finding speaks of: what a suppression hides is not known where not all of the rules ran. */
export function isKnownIn({ changed, rules }: FileParts, { ruleId, at }: Finding): boolean {
  return ruleId !== SUPPRESSION_RULE || (rules === undefined && changed.some((part) => contains(part, at)));
}
