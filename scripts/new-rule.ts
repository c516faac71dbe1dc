/**
 * `npm run new-rule slice-growth`: the folder of a rule, its fixtures and everything generated from them, with tests that
 * fail until the rule finds what bad.go wants. It overwrites nothing.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './generate/files.ts';
import { exportName } from './generate/rules.ts';

const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)+$/;
const CURE = /^(no|prefer|avoid|use)-/;

function main(id: string | undefined): number {
  const refusal = id === undefined ? 'which rule? npm run new-rule slice-growth' : refusalOf(id);
  if (id === undefined || refusal !== undefined) {
    console.error(refusal);
    return 2;
  }
  for (const [path, text] of Object.entries(filesOf(id))) {
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text, { flag: 'wx' });
    console.log(`wrote ${path}`);
  }
  const { status } = spawnSync('npx', ['tsx', join(ROOT, 'scripts/generate/index.ts')], { cwd: ROOT, stdio: 'inherit' });
  console.log(`\nnow fails: npx vitest run server/test/rules -t ${id}`);
  return status ?? 1;
}

function refusalOf(id: string): string | undefined {
  if (!NAME.test(id)) return `${id}: write it in lower case with at least one hyphen, such as slice-growth`;
  if (CURE.test(id)) return `${id}: name the pattern that is flagged, not the cure`;
  return existsSync(join(ROOT, 'server/src/rules', id)) ? `${id} is there already` : undefined;
}

function filesOf(id: string): Record<string, string> {
  const fixtures = `test-fixtures/rules/${id}`;
  const name = id.replaceAll('-', '');
  return {
    [`server/src/rules/${id}/rule.ts`]: ruleFile(id),
    [`${fixtures}/bad.go`]: `//go:build !fixed\n\npackage ${name}\n\nfunc _(n int) {\n\tprintln(n) // want ${id} "what is there"\n}\n`,
    [`${fixtures}/bad.fixed.go`]: `//go:build fixed\n\npackage ${name}\n\nfunc _(n int) {\n\tprintln()\n}\n`,
    [`${fixtures}/good.go`]: `// No findings.\n\npackage ${name}\n\nfunc _(n int) {\n\t_ = n\n}\n`,
  };
}

function ruleFile(id: string): string {
  return `/** Which code this flags, why that costs something, and what keeps it from flagging more. */
import type { Node } from '../../syntax/index.ts';
import { defineRule, type RuleContext } from '../rule.ts';

export const ${exportName(id)} = defineRule({
  id: '${id}',
  category: 'allocation',
  severity: 'hint',
  preset: 'all',
  since: '0.1.0',
  evidence: 'syntax',
  fix: 'safe',
  go: {},
  messages: {
    found: 'Here is what is there, and what it costs and when; do this instead.',
  },
  options: {},
  docs: {
    summary: 'One sentence that says which code is flagged.',
    why: 'What the compiler or the runtime does with it.',
    cost: 'What is paid, and how often.',
    bad: \`package p

func f(n int) {
	println(n)
}
\`,
    good: \`package p

func f(n int) {
	_ = n
}
\`,
    limits: 'What it does not see, and where it stays silent on purpose.',
    skipWhen: 'The code runs once, or is not on a hot path.',
    links: [],
  },
  visit: { call_expression: checkCall },
});

function checkCall(_node: Node, _context: RuleContext): void {}
`;
}

process.exitCode = main(process.argv[2]);
