/** The page of a rule for `escapement/explain`, in the editor or on a terminal. */
import { SUPPRESSION_RULE } from '../review/index.ts';
import { ruleById, rulePage, SUPPRESSION_PAGE } from '../rules/index.ts';

/** A rule's page as markdown, or that of what the review reports itself; undefined for an unknown id. */
export function explainRule(id: string): string | undefined {
  if (id === SUPPRESSION_RULE) return SUPPRESSION_PAGE;
  const rule = ruleById(id);
  return rule === undefined ? undefined : rulePage(rule);
}
