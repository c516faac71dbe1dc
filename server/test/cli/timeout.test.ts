/** `--timeout`: a server that gets stuck ends neither late nor silently, and what it had found by then is told. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { FORMAT_NAMES } from '../../src/report/index.ts';
import { escapement, ROOT } from '../support/distribution.ts';
import { GROWTH, GROWTH_FIXED, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

let project: Project;
let slow: Project;
let stuck: string;

beforeAll(() => {
  project = makeProject({ 'a.go': `${GROWTH}// OLD\n`, 'b.go': 'package p\n' });
  slow = makeProject({ 'a.go': GROWTH, 'sub/slow.go': endless() });
  stuck = stuckServer();
});
afterAll(() => {
  project.dispose();
  slow.dispose();
});

/** A function that takes the analysis longer than the deadline of a file allows, so that no machine is fast enough for it. */
function endless(): string {
  const loop = (i: number): string =>
    `\tfor _, v${i} := range in {\n\t\tx${i} := func() *int { return v${i} }\n\t\tout = append(out, x${i}())\n\t\tin = out\n\t}\n`;
  const loops = Array.from({ length: 9000 }, (_, i) => loop(i)).join('');
  return `package sub\n\nfunc slow(in []*int) (out []*int) {\n${loops}\treturn out\n}\n`;
}

/** Streams one finding of a.go, in pieces, and is then never heard of again, not even at its own end. */
function stuckServer(): string {
  const script = join(project.directory, 'stuck.cjs');
  writeFileSync(
    script,
    `const { createConnection, StreamMessageReader, StreamMessageWriter } = require(${JSON.stringify(join(ROOT, 'node_modules/vscode-languageserver/lib/node/main.js'))});
     const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
     process.on('SIGTERM', () => {});
     setInterval(() => {}, 1e6);
     connection.onInitialize(() => ({ capabilities: { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: true } } }));
     connection.onShutdown(() => new Promise(() => {}));
     connection.languages.diagnostics.onWorkspace((params, token, progress, stream) => {
       stream.report({ items: [{ kind: 'full', version: null, uri: ${JSON.stringify(`file://${project.directory}/a.go`)}, items: [
         { range: { start: { line: 9, character: 3 }, end: { line: 9, character: 6 } }, severity: 2, source: 'probe', code: 'old', message: 'OLD is out of date' },
       ] }] });
       return new Promise(() => {});
     });
     connection.listen();`,
  );
  return `"${process.execPath}" '${script}'`;
}

describe.concurrent('a server that gets stuck', () => {
  it('has its findings told, marked as incomplete, in every format of one run', async () => {
    const outputs = FORMAT_NAMES.flatMap((name) => ['--format', name === 'text' ? 'text' : `${name}:out.${name}`]);
    const { code, stdout, stderr } = await escapement(['review', ...outputs, '--timeout', '5s', '--server', stuck], {
      cwd: project.directory,
    });
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toContain('a.go:10:4: warning: OLD is out of date');
    expect(stdout).toContain('1 finding (1 warning) in 1 of 1 file, incomplete\n');
    for (const name of FORMAT_NAMES.filter((each) => each !== 'text')) {
      const report = project.read(`out.${name}`);
      expect(report, name).toContain('OLD is out of date');
      expect(report.replaceAll('\\', ''), name).toContain('stopped after 5s (--timeout): 1 file was reviewed');
    }
    expect(JSON.parse(project.read('out.json'))).toMatchObject({
      incomplete: { unreviewed: [] },
      summary: { findings: 1, incomplete: true },
    });
    expect(JSON.parse(project.read('out.sarif')).runs[0].invocations[0].executionSuccessful).toBe(false);
  });

  it('keeps the process no longer than a few seconds', async () => {
    const start = Date.now();
    await escapement(['review', '-q', '--timeout', '2', '--server', stuck], { cwd: project.directory });
    expect(Date.now() - start).toBeLessThan(20_000);
  });
});

describe('a file that takes too long', () => {
  it('leaves the findings of the others, and is named', async () => {
    const { code, stdout } = await escapement(['review', '--format', 'json', '--timeout', '10s', '-j', '2'], { cwd: slow.directory });
    const { findings, incomplete, summary } = JSON.parse(stdout);
    expect(code).toBe(2);
    expect(findings).toMatchObject([{ rule: 'slice-growth', file: 'a.go', line: 6 }]);
    expect(incomplete).toEqual({ why: 'stopped after 10s (--timeout): 1 of 2 files was reviewed', unreviewed: ['sub/slow.go'] });
    expect(summary).toMatchObject({ files: 1, findings: 1, incomplete: true });
  });

  it('keeps everything from being fixed, and a baseline from being written', async () => {
    const [fix, patch, baseline] = await Promise.all(
      [
        ['review', '-q', '--fix'],
        ['review', '-q', '--fix-patch', 'fix.patch'],
        ['baseline', 'update'],
      ].map((args) => escapement([...args, '--timeout', '3s'], { cwd: slow.directory })),
    );
    expect([fix.code, patch.code, baseline.code]).toEqual([2, 2, 2]);
    expect(fix.stderr).toContain('Nothing was fixed, because the review is incomplete.\n');
    expect(slow.read('fix.patch')).toBe('');
    expect(baseline.stderr).toMatch(/^escapement: stopped after 3s .*; the baseline is left as it is\n$/);
    expect(slow.read('a.go')).not.toBe(GROWTH_FIXED);
  });
});

it('what allocates is told file by file until then', async () => {
  const { code, stdout, stderr } = await escapement(['escapes', '--timeout', '5s'], { cwd: slow.directory });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: 'escapement: not finished within 5s; give --timeout more, or review fewer paths\n',
  });
  expect(stdout).toContain('a.go');
});

it.each(['0', '-1', 'soon', '5 m', '1d', ''])('%j is no duration', async (text) => {
  const { code, stderr } = await escapement(['review', `--timeout=${text}`], { cwd: project.directory });
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: `escapement: --timeout: "${text}" is no duration; write seconds, or one such as 90s or 5m\n`,
  });
});
