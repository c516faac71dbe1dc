/** The proof for one module: a copy, its state before, every fix by itself, the safe ones of each rule, and all of them. */
import { join } from 'node:path';
import type { Problem } from './checks.ts';
import { run } from './commands.ts';
import type { ModulePin } from './go-modules.ts';
import { judgeAlone } from './judge.ts';
import { digestOf, remembered } from './memory.ts';
import { type FoundFix, type Product, type Reviewed, review } from './product.ts';
import type { FindingRecord, ModuleProof, RuleCount } from './report.ts';
import { type Subject, sourcesOf, withSubject } from './subject.ts';
import { type Bench, proveAll, proveRule, type Together } from './together.ts';

export interface ProofOptions {
  readonly product: Product;
  /** Where what was found out is kept. */
  readonly memory: string;
  /** For the tests of one module, before and again after; 0 leaves them out. */
  readonly testMinutes: number;
  /** Also the safe fixes of each rule without those of the others. */
  readonly withRules: boolean;
}

/** Never rejects: what cannot be fetched, built or proved says so. */
export async function proveModule(pin: ModulePin, options: ProofOptions): Promise<ModuleProof> {
  const memory = join(options.memory, `${pin.path}@${pin.version}`.replace(/[/ ]/g, '_'));
  try {
    return await remembered(memory, 'proof', [options.product.digest, options.testMinutes, options.withRules], () =>
      withSubject(pin, join(memory, 'tree'), (subject) => prove(subject, { ...options, memory })),
    );
  } catch (error) {
    return { module: pin.path, version: pin.version, status: 'unproved', why: error instanceof Error ? error.message : String(error) };
  }
}

async function prove(subject: Subject, { product, memory, testMinutes, withRules }: ProofOptions): Promise<ModuleProof> {
  const before = sourcesOf(subject);
  // Old modules name too few sums for the packages that only tests import.
  await run('go', ['list', '-deps', '-test', subject.pattern], subject);
  const reviewed = await review(product, subject);
  const fixes = reviewed.findings.flatMap((finding) => finding.fixes);
  const bench: Bench = { subject, product, memory, before, fixes, testMinutes };
  const alone = await proveAlone(bench);
  const byRule = withRules ? await proveRules(bench) : [];
  const together = await proveAll(bench);
  return proofOf(subject, reviewed, alone, byRule, together);
}

async function proveRules(bench: Bench): Promise<readonly Problem[]> {
  const rules = new Set(bench.fixes.filter(({ safety }) => safety === 'safe').map(({ rule }) => rule));
  const problems: Problem[] = [];
  for (const rule of rules) problems.push(...(await proveRule(bench, rule)));
  return problems;
}

interface Alone {
  readonly problems: readonly Problem[];
  /** Safe and suggested fixes that no compiler here looks at, by id. */
  readonly unseen: ReadonlySet<string>;
  readonly broken: ReadonlySet<string>;
}

async function proveAlone({ subject, memory, fixes }: Bench): Promise<Alone> {
  const judged = fixes.filter(({ safety }) => safety !== 'unsafe');
  const verdicts = await remembered(memory, 'alone', [digestOf(judged)], () => judgeAlone(subject, judged));
  const problems = verdicts.flatMap(({ id, problems }) =>
    problems.filter(({ step }) => counts(id, step)).map(({ step, says }) => ({ step, says: `${id}: ${says}` })),
  );
  return {
    problems,
    unseen: new Set(verdicts.filter(({ built }) => !built).map(({ id }) => id)),
    broken: new Set(verdicts.filter(({ id, problems }) => problems.some(({ step }) => counts(id, step))).map(({ id }) => id)),
  };
}

/** A suggestion has to compile; how it looks is seen by the person who takes it. */
function counts(id: string, step: Problem['step']): boolean {
  return / safe \d+$/.test(id) || step === 'parse' || step === 'types';
}

function proofOf(subject: Subject, reviewed: Reviewed, alone: Alone, byRule: readonly Problem[], together: Together): ModuleProof {
  const faults = reviewed.faults.map((says): Problem => ({ step: 'fault', says }));
  const problems = [...faults, ...alone.problems, ...byRule, ...together.problems];
  return {
    module: subject.path,
    version: subject.version,
    status: problems.length === 0 ? 'proved' : 'broken',
    files: reviewed.files,
    rules: ruleCounts(reviewed, alone, together),
    problems: [...new Map(problems.map((each) => [`${each.step} ${each.says}`, each])).values()],
    tests: together.tests,
    findings: reviewed.findings.map(
      ({ rule, file, line, column, severity, certainty, message, fixes }): FindingRecord => ({
        at: `${rule} ${file}:${line}:${column}`,
        level: `${severity}, ${certainty}`,
        message,
        fixes: fixes.map((fix) => `${fix.safety} ${digestOf(fix.edits)}`),
      }),
    ),
  };
}

function ruleCounts({ findings }: Reviewed, alone: Alone, { applied }: Together): Record<string, RuleCount> {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return Object.fromEntries(
    rules.map((rule) => {
      const its = findings.filter((finding) => finding.rule === rule);
      const of = (safety: FoundFix['safety']): readonly FoundFix[] =>
        its.flatMap(({ fixes }) => fixes).filter((fix) => fix.safety === safety);
      return [
        rule,
        {
          findings: its.length,
          safe: of('safe').length,
          applied: applied[rule] ?? 0,
          suggestions: of('suggestion').length,
          unseen: its.flatMap(({ fixes }) => fixes).filter(({ id }) => alone.unseen.has(id)).length,
          broken: its.flatMap(({ fixes }) => fixes).filter(({ id }) => alone.broken.has(id)).length,
        },
      ];
    }),
  );
}
