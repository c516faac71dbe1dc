/** Safe fixes as the product applies them, of one rule or of all, and what the tools and the tests say of the result. */
import { blame, restore } from './blame.ts';
import { commentChanges, gofmtDrift, type Problem, packagesOf, stateOf, worse } from './checks.ts';
import { digestOf, remembered } from './memory.ts';
import { type FoundFix, fixSafely, type Product } from './product.ts';
import { changedTexts, type Subject, sourcesOf, type Texts, writeTexts } from './subject.ts';
import { dependents, packagesHere, regressions, runTests, type TestRun } from './tests.ts';

/** What a proof of one module works with. */
export interface Bench {
  readonly subject: Subject;
  readonly product: Product;
  /** Where what was found out is kept. */
  readonly memory: string;
  /** The sources without any fix. */
  readonly before: Texts;
  readonly fixes: readonly FoundFix[];
  /** For the tests of the module, before and again after. */
  readonly testMinutes: number;
}

export interface Together {
  /** Fixes that were applied, per rule; a fix that only others made possible counts too. */
  readonly applied: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
  readonly tests: TestCount;
}

/** Top-level tests of the packages that run changed code. */
export interface TestCount {
  readonly passedBefore: number;
  readonly passedAfter: number;
  /** Failed at first and then passed, or failed without fixes too when run again. */
  readonly flaky: readonly string[];
  readonly isCut: boolean;
}

const NO_TESTS: TestCount = { passedBefore: 0, passedAfter: 0, flaky: [], isCut: false };
const RETRIES = 3;

/** All safe fixes of one rule at once: builds, and vet has nothing new to say. */
export async function proveRule(bench: Bench, rule: string): Promise<readonly Problem[]> {
  const { subject, before, memory } = bench;
  await fixSafely(bench.product, subject, rule);
  const changed = changedTexts(before, sourcesOf(subject));
  const problems = await remembered(memory, `rule-${rule}`, [digestOfTexts(changed)], () => toolProblems(bench, changed));
  restore(subject, before);
  return problems;
}

/** All safe fixes of all rules at once: also formatting, comments, tests, and that a second run has nothing to do. */
export async function proveAll(bench: Bench): Promise<Together> {
  const { subject, before, memory, product } = bench;
  const applied = await fixSafely(product, subject);
  const fixed = sourcesOf(subject);
  const changed = changedTexts(before, fixed);
  await fixSafely(product, subject);
  const again = [...changedTexts(fixed, sourcesOf(subject)).keys()];
  const results = await remembered(memory, 'together', [digestOfTexts(changed), bench.testMinutes], async () => {
    writeTexts(subject, changed);
    const problems = [
      ...(await gofmtDrift(subject, before, changed)),
      ...(await commentChanges(subject, before, changed)),
      ...(await toolProblems(bench, changed)),
    ];
    const tested = await testProblems(bench, changed);
    return { problems: [...problems, ...tested.problems], tests: tested.tests };
  });
  restore(subject, before);
  const secondRun = again.map((says): Problem => ({ step: 'second run', says }));
  return { applied, problems: [...results.problems, ...secondRun], tests: results.tests };
}

/** Takes the tree with the changes in it and leaves it so. Rejects when the packages do not compile without them. */
async function toolProblems(bench: Bench, changed: Texts): Promise<readonly Problem[]> {
  const { subject, before } = bench;
  const packages = await packagesHere(subject, packagesOf(changed.keys()));
  if (packages.length === 0) return [];
  restore(subject, before);
  const state = await remembered(bench.memory, 'state', [packages], () => stateOf(subject, packages));
  if (state.build.length > 0) throw new Error(`it does not build as it is: ${state.build.slice(0, 3).join('; ')}`);
  writeTexts(subject, changed);
  const isWorse = async (): Promise<readonly Problem[]> => worse(state, await stateOf(subject, packages));
  const found = await isWorse();
  if (found.length === 0) return [];
  const culprits = await blame(subject, before, changed, bench.fixes, async () => (await isWorse()).length > 0);
  writeTexts(subject, changed);
  return found.map(({ step, says }) => ({ step, says: `${says} (${culprits.join('; ')})` }));
}

async function testProblems(bench: Bench, changed: Texts): Promise<{ readonly problems: readonly Problem[]; readonly tests: TestCount }> {
  const { subject, before, testMinutes } = bench;
  const packages = await dependents(subject, packagesOf(changed.keys()));
  if (testMinutes === 0 || packages.length === 0) return { problems: [], tests: NO_TESTS };
  restore(subject, before);
  const first = await remembered(bench.memory, 'tests', [packages, testMinutes], () => runTests(subject, packages, testMinutes));
  writeTexts(subject, changed);
  const second = await runTests(subject, packages, testMinutes);
  const suspects = regressions(first.results, second);
  const lasting: string[] = [];
  for (const test of suspects) if (!(await passesNow(bench, test)) && (await passesBefore(bench, changed, test))) lasting.push(test);
  const problems: Problem[] = [];
  for (const test of lasting) problems.push({ step: 'tests', says: `${test} (${(await culpritsOf(bench, changed, test)).join('; ')})` });
  writeTexts(subject, changed);
  const flaky = suspects.filter((test) => !lasting.includes(test));
  const passedBefore = passes(first).length;
  const passedAfter = passes(first).filter((test) => second.results[test] === 'pass').length + flaky.length;
  return { problems, tests: { passedBefore, passedAfter, flaky, isCut: first.isCut || second.isCut } };
}

async function culpritsOf(bench: Bench, changed: Texts, test: string): Promise<readonly string[]> {
  return blame(bench.subject, bench.before, changed, bench.fixes, async () => !(await passesNow(bench, test)));
}

async function passesBefore(bench: Bench, changed: Texts, test: string): Promise<boolean> {
  restore(bench.subject, bench.before);
  const passes = await passesNow(bench, test);
  writeTexts(bench.subject, changed);
  return passes;
}

/** Passes at least once. */
async function passesNow({ subject, testMinutes }: Bench, test: string): Promise<boolean> {
  const dot = test.lastIndexOf('.');
  for (let n = 0; n < RETRIES; n++) {
    const { results } = await runTests(subject, [test.slice(0, dot)], testMinutes, [test.slice(dot + 1)]);
    if (results[test] === 'pass') return true;
  }
  return false;
}

function passes({ results }: TestRun): readonly string[] {
  return Object.keys(results).filter((test) => results[test] === 'pass');
}

function digestOfTexts(texts: Texts): string {
  return digestOf([...texts].map(([name, text]) => [name, text.toString('latin1')]));
}
