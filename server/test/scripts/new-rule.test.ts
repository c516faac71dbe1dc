/**
 * `npm run new-rule` in a copy of the repository: within a minute there is a rule whose tests fail until it finds something, and
 * nothing is touched but its folder, its fixtures and what is generated.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const ID = 'sample-pattern';
const GENERATED = [
  'README.md',
  'docs/configuration.md',
  'docs/configuration.schema.json',
  'package.json',
  'server/src/rules/all.ts',
  `docs/rules/${ID}.md`,
];
/** Processor time, because the machine may be busy. */
const SECONDS = 60;

/** What makes a rule of the skeleton: it finds what bad.go wants, and repairs it. */
const VISIT = `function checkCall(node: Node, context: RuleContext): void {
  const { tree } = context;
  const given = go.callExpression.arguments(tree, node);
  if (tree.next[given] === given + 1) return;
  const range = { start: tree.start[given] + 1, end: tree.end[given] - 1 };
  context.report({
    at: { start: tree.start[node], end: tree.end[node] },
    message: 'found',
    fixes: [{ title: 'Print nothing', safety: 'safe', edits: [{ range, newText: '' }] }],
  });
}
`;

const copy = mkdtempSync(join(tmpdir(), 'escapement-new-rule-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('a new rule', () => {
  it('leads to a failing test in under a minute, to green ones by its visit alone, and touches nothing that is shared and written by hand', () => {
    const files = git(ROOT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0').filter(Boolean);
    for (const file of files) cpSync(join(ROOT, file), join(copy, file), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
    git(copy, 'init', '--quiet');
    git(copy, 'add', '--all');
    git(copy, '-c', 'user.name=x', '-c', 'user.email=x@example.org', 'commit', '--quiet', '--message=x');

    const made = tool('tsx', 'scripts/new-rule.ts', ID);
    expect(made.status, made.stderr).toBe(0);
    const checked = tool('biome', 'check', `server/src/rules/${ID}`);
    expect(checked.status, checked.stdout + checked.stderr).toBe(0);
    const tested = tool('vitest', 'run', 'server/test/rules', '-t', ID, '--reporter=json');
    expect(made.seconds + tested.seconds).toBeLessThan(SECONDS);

    const failed = failures(tested.stdout);
    expect(failed).toContain('bad.go: findings are where its markers want them');

    const touched = git(copy, 'status', '--porcelain', '--untracked-files=all', '-z').split('\0').filter(Boolean);
    const shared = touched.map((line) => line.slice(3)).filter((file) => !isItsOwn(file) && !GENERATED.includes(file));
    expect(shared).toEqual([]);

    const rule = join(copy, 'server/src/rules', ID, 'rule.ts');
    writeFileSync(
      rule,
      readFileSync(rule, 'utf8')
        .replace(/function checkCall[\s\S]*$/, VISIT)
        .replace(/import type \{ Node \}/, 'import { go, type Node }'),
    );
    expect(failures(tool('vitest', 'run', 'server/test/rules', '-t', ID, '--reporter=json').stdout)).toEqual([]);
  }, 300_000);
});

/** Titles of failed tests, of vitest's report in JSON. */
function failures(report: string): readonly string[] {
  const { testResults }: { testResults: readonly { assertionResults: readonly { status: string; title: string }[] }[] } =
    JSON.parse(report);
  return testResults.flatMap((file) => file.assertionResults.filter(({ status }) => status === 'failed').map(({ title }) => title));
}

function isItsOwn(file: string): boolean {
  return [`server/src/rules/${ID}`, `test-fixtures/rules/${ID}`].includes(dirname(file));
}

function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
}

/** A tool of the repository, and the processor time that it took with its children. */
function tool(name: string, ...args: readonly string[]): { status: number | null; stdout: string; stderr: string; seconds: number } {
  const command = `"$0" "$@"; code=$?; times >&3; exit $code`;
  const ran = spawnSync('bash', ['-c', command, join(ROOT, 'node_modules/.bin', name), ...args], {
    cwd: copy,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const [, children] = (ran.output[3] ?? '').trim().split('\n');
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, rest]) => sum + 60 * Number(minutes) + Number(rest),
    0,
  );
  return { status: ran.status, stdout: ran.stdout, stderr: ran.stderr, seconds };
}
