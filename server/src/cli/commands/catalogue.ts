/** `rules` and `explain`: what can be found, and why it matters. */
import picocolors from 'picocolors';
import { forTerminal } from '../../report/index.ts';
import { SUPPRESSION_RULE } from '../../review/index.ts';
import { type Rule, ruleById, rulePage, rules, ruleUrl, SUPPRESSION_PAGE } from '../../rules/index.ts';
import { type Io, UsageError } from '../io.ts';
import { LISTED, remedy } from '../options.ts';
import { isColourful } from '../outputs.ts';

/** Prints all rules, as a table or (`format` json) as an array. Throws UsageError for another format. */
export async function listRules(format: string, io: Io): Promise<number> {
  if (format !== 'text' && format !== 'json')
    throw new UsageError(`--format: unknown format "${forTerminal(format)}"; rules has text and json`);
  const byId = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  await io.stdout.write(format === 'json' ? `${JSON.stringify(byId.map(ruleJson), undefined, 2)}\n` : table(byId, io));
  return 0;
}

/** Prints a rule's page. Throws UsageError for an unknown rule. */
export async function explainRule(id: string, io: Io): Promise<number> {
  const rule = ruleById(id);
  if (rule === undefined && id !== SUPPRESSION_RULE) {
    const known = rules.map((each) => each.id);
    throw new UsageError(`explain: unknown rule "${forTerminal(id)}"${remedy(id, known, LISTED)}`);
  }
  const page = rule === undefined ? SUPPRESSION_PAGE : rulePage(rule);
  await io.stdout.write(isColourful(io.stdout, { colour: 'auto' }, io) ? highlighted(page) : page);
  return 0;
}

function ruleJson({ id, category, severity, preset, since, evidence, fix, go, options, docs }: Rule): object {
  return { id, category, severity, preset, since, evidence, fix, go, options, summary: docs.summary, url: ruleUrl(id) };
}

function table(list: readonly Rule[], io: Io): string {
  const colours = picocolors.createColors(isColourful(io.stdout, { colour: 'auto' }, io));
  const width = (of: (rule: Rule) => string): number => Math.max(0, ...list.map((rule) => of(rule).length));
  const [ids, severities, fixes] = [width((rule) => rule.id), width((rule) => rule.severity), width(fixOf)];
  const lines = list.map((rule) =>
    [
      colours.bold(rule.id.padEnd(ids)),
      rule.severity.padEnd(severities),
      fixOf(rule).padEnd(fixes),
      rule.preset === 'all' ? `${rule.docs.summary} (off by default)` : rule.docs.summary,
    ].join('  '),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function fixOf({ fix }: Rule): string {
  return fix === 'none' ? 'no fix' : `${fix} fix`;
}

/** Markdown as it is, its headings and code set apart. */
function highlighted(page: string): string {
  const colours = picocolors.createColors(true);
  let isCode = false;
  return page
    .split('\n')
    .map((line) => {
      if (line.startsWith('```')) {
        isCode = !isCode;
        return colours.dim(line);
      }
      if (isCode) return colours.cyan(line);
      return line.startsWith('#') ? colours.bold(line) : line;
    })
    .join('\n');
}
