/** The report for people: what was found and fixed per rule and per module, and what broke. */
import type { ModuleProof, Report, RuleCount } from './report.ts';

const NOTHING: RuleCount = { findings: 0, safe: 0, applied: 0, suggestions: 0, unseen: 0, broken: 0 };

type Known = Exclude<ModuleProof, { readonly status: 'unproved' }>;

/** Markdown. */
export function reportTables({ modules }: Report): string {
  return [ruleTable(known(modules)), moduleTable(modules), problemList(modules)].filter((part) => part !== '').join('\n\n');
}

/** One line for the end of a run. */
export function summaryLine({ modules }: Report): string {
  const count = (status: ModuleProof['status']): number => modules.filter((each) => each.status === status).length;
  const { applied } = totalOf(known(modules).flatMap(({ rules }) => Object.values(rules)));
  return `ecosystem: ${count('proved')} passed, ${count('broken')} failed, ${count('unproved')} not proved; ${applied} safe fixes applied`;
}

export function known(modules: readonly ModuleProof[]): readonly Known[] {
  return modules.filter((each) => each.status !== 'unproved');
}

function ruleTable(modules: readonly Known[]): string {
  const rules = [...new Set(modules.flatMap((each) => Object.keys(each.rules)))].sort();
  const line = (name: string, count: RuleCount): string =>
    `| ${[name, count.findings, count.safe, count.applied, count.suggestions, count.broken, count.unseen].join(' | ')} |`;
  const countOf = (rule: string): RuleCount => totalOf(modules.map((each) => each.rules[rule] ?? NOTHING));
  return [
    '| rule | findings | safe fixes | applied | suggestions | broken alone | seen by no compiler |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rules.map((rule) => line(rule, countOf(rule))),
    line('**all**', totalOf(rules.map(countOf))),
  ].join('\n');
}

function moduleTable(modules: readonly ModuleProof[]): string {
  return [
    '| module | files | findings | safe fixes applied | suggestions | tests before | after | |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |',
    ...modules.map(moduleLine),
  ].join('\n');
}

function moduleLine(proof: ModuleProof): string {
  const name = `${proof.module} ${proof.version}`;
  if (proof.status === 'unproved') return `| ${name} | | | | | | | not proved: ${cell(proof.why)} |`;
  const { findings, applied, suggestions } = totalOf(Object.values(proof.rules));
  const { passedBefore, passedAfter, isCut, flaky } = proof.tests;
  const remarks = [
    ...(proof.status === 'broken' ? [`**${proof.problems.length} problems**`] : []),
    ...(isCut ? ['tests stopped for time'] : []),
    ...(flaky.length > 0 ? [`${flaky.length} flaky tests`] : []),
  ];
  const tests = passedBefore === 0 ? ['–', '–'] : [passedBefore, passedAfter];
  return `| ${[name, proof.files, findings, applied, suggestions, ...tests, remarks.join(', ')].join(' | ')} |`;
}

function problemList(modules: readonly ModuleProof[]): string {
  return known(modules)
    .flatMap(({ module, problems }) => problems.map(({ step, says }) => `- FAILED ${module}: ${step}: ${says}`))
    .join('\n');
}

function totalOf(counts: readonly RuleCount[]): RuleCount {
  return counts.reduce(
    (sum, each) => ({
      findings: sum.findings + each.findings,
      safe: sum.safe + each.safe,
      applied: sum.applied + each.applied,
      suggestions: sum.suggestions + each.suggestions,
      unseen: sum.unseen + each.unseen,
      broken: sum.broken + each.broken,
    }),
    NOTHING,
  );
}

function cell(text: string): string {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ').slice(0, 200);
}
