/** The problem matcher of package.json reads what `--format text` prints: each finding but the hints, and nothing else. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { escapement, ROOT } from '../support/distribution.ts';
import { GROWTH } from './project.ts';

interface Matcher {
  readonly name: string;
  readonly pattern: Readonly<Record<'file' | 'line' | 'column' | 'severity' | 'message' | 'code', number>> & { readonly regexp: string };
}

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly message: string;
  readonly rule: string;
}

const [matcher]: readonly Matcher[] = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).contributes.problemMatchers;
const cwd = mkdtempSync(join(tmpdir(), 'escapement-matcher-'));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

beforeAll(() => {
  cpSync(join(ROOT, 'test-fixtures/workspaces/editors'), join(cwd, 'it: 50% (ü)'), { recursive: true });
  writeFileSync(join(cwd, 'go.mod'), 'module example.com/all\n\ngo 1.26\n');
  writeFileSync(join(cwd, 'it: 50% (ü)/hint.go'), GROWTH.replace('package p', 'package editors'));
});

/** As VS Code reads it: line by line, without colours. */
function matched(text: string): readonly Finding[] {
  const { regexp, file, line, column, severity, message, code } = matcher.pattern;
  return text.split('\n').flatMap((each) => {
    const found = new RegExp(regexp).exec(each);
    if (found === null) return [];
    return [
      {
        file: found[file],
        line: Number(found[line]),
        column: Number(found[column]),
        severity: found[severity],
        message: found[message],
        rule: found[code],
      },
    ];
  });
}

it.each([[[]], [['-v']], [['-q']], [['--rules=all']]])('reads every finding that shows in the Problems panel, with %j', async (options) => {
  const args = ['review', ...options, '--fail-on', 'never', 'it: 50% (ü)'];
  const text = await escapement(args, { cwd });
  const json = await escapement([...args, '--format', 'json'], { cwd });
  const findings: readonly Finding[] = JSON.parse(json.stdout).findings;
  const shown = findings.filter(({ severity }) => severity !== 'hint');
  expect(shown.length).toBeGreaterThanOrEqual(4);
  expect(shown.length).toBeLessThan(findings.length);
  expect(matched(text.stdout)).toEqual(
    shown.map(({ file, line, column, severity, message, rule }) => ({ file, line, column, severity, message, rule })),
  );
});
