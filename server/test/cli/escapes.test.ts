/** `escapes`, run as a program would run it: the record that the oracle reads, and the text for people. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, makeProject, type Project, runMain } from './project.ts';

const KEPT = `package p

var kept *int

func keep(p *int) {
	kept = p
}

func f(words []string) []byte {
	n := len(words)
	keep(&n)
	return []byte(
		words[0])
}
`;

let project: Project;

beforeAll(() => {
  project = makeProject({ 'a/kept.go': KEPT });
});
afterAll(() => project.dispose());

function run(...args: readonly string[]): Promise<Ended> {
  return runMain(project.directory, ['escapes', ...args]);
}

describe('escapes', () => {
  it('prints every allocation and parameter as NDJSON, where the compiler puts its verdict', async () => {
    const { code, stdout, stderr } = await run('--format', 'ndjson');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const records = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const brief = records.map((record) =>
      [record.file, record.line, record.column, record.kind, record.name, record.verdict ?? record.leak].join(' '),
    );
    expect(brief).toEqual([
      'a/kept.go 5 11 parameter p heap',
      'a/kept.go 9 8 parameter words none',
      'a/kept.go 10 2 moved n heap',
      'a/kept.go 13 8 conversion  heap',
    ]);
    expect(records[2]).toMatchObject({ certainty: 'certain', origin: 'own', function: 'f', endLine: 10, endColumn: 3 });
    expect(records[2].flow.map(({ file, line, note }: { file: string; line: number; note: string }) => `${file}:${line} ${note}`)).toEqual([
      'a/kept.go:11 the address of n is passed to keep, which keeps it',
      'a/kept.go:6 p is assigned to kept',
    ]);
  });

  it('prints what is on the heap as text, with its way', async () => {
    const { code, stdout } = await run('a');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'a/kept.go:10:2: heap: n, 8 bytes, its address is passed to keep, which keeps it (f)\n    → the address of n is passed to keep, which keeps it at a/kept.go:11:7\n',
    );
    expect(stdout).toContain('a/kept.go:5:11: parameter: p is kept after the call (keep)\n');
    expect(stdout).toMatch(/\n\n2 allocations\n$/);
    expect(stdout).not.toContain('words');
  });

  it('knows its formats', async () => {
    const { code, stderr } = await run('--format', 'json');
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'escapement: --format: unknown format "json"; escapes has text and ndjson\n' });
  });
});
