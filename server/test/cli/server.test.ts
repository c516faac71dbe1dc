/** `--server`: any server on standard streams, whatever it can do, and however it fails. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DISTRIBUTION, escapement, ROOT } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

let project: Project;

beforeAll(async () => {
  project = makeProject({ 'a.go': `${GROWTH}// OLD and "ö🚀" OLD\n`, 'b.go': 'package p\n' });
}, 60_000);
afterAll(() => {
  project.dispose();
});

/** A server that flags OLD and offers to replace it; `how` is the way in which it gives diagnostics, `mute` to end when asked for fixes. */
function oldServer(how: 'publish' | 'pull' | 'silent' | 'mute'): string {
  const script = join(project.directory, `${how}.cjs`);
  const modules = join(ROOT, 'node_modules');
  writeFileSync(
    script,
    `const { createConnection, StreamMessageReader, StreamMessageWriter } = require(${JSON.stringify(join(modules, 'vscode-languageserver/lib/node/main.js'))});
     const { TextDocument } = require(${JSON.stringify(join(modules, 'vscode-languageserver-textdocument/lib/umd/main.js'))});
     const connection = createConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
     const documents = new Map();
     const diagnose = (document) => [...document.getText().matchAll(/OLD/g)].map((m) => ({
       range: { start: document.positionAt(m.index), end: document.positionAt(m.index + 3) },
       severity: 2, source: 'probe', code: 'P.001', message: 'OLD is out of date' }));
     const changed = (document) => {
       documents.set(document.uri, document);
       if (${how === 'publish' || how === 'mute'}) connection.sendDiagnostics({ uri: document.uri, version: document.version, diagnostics: diagnose(document) });
     };
     connection.onInitialize(() => ({ capabilities: { textDocumentSync: 1, codeActionProvider: true,
       ...(${how === 'pull'} ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } } : {}) } }));
     connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => changed(TextDocument.create(uri, 'go', version, text)));
     connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => changed(TextDocument.create(uri, 'go', version, contentChanges[0].text)));
     connection.languages.diagnostics.on(({ textDocument }) => ({ kind: 'full', items: diagnose(documents.get(textDocument.uri)) }));
     connection.onCodeAction(({ textDocument, context }) => ${how === 'mute'} ? process.exit(4) : context.diagnostics.map((diagnostic) => ({
       title: 'Make it new', kind: 'quickfix', diagnostics: [diagnostic], isPreferred: true,
       edit: { changes: { [textDocument.uri]: [{ range: diagnostic.range, newText: 'new' }] } } })));
     connection.listen();`,
  );
  return `"${process.execPath}" '${script}'`;
}

const run = (...args: readonly string[]) => escapement(['review', ...args], { cwd: project.directory });

describe.concurrent('our own server', () => {
  it.each(['server.js --stdio', 'escapement.js lsp --stdio'])('as %s gives the same bytes as in process', async (entry) => {
    const [inside, outside] = await Promise.all([
      run('--format', 'json'),
      run('--format', 'json', '--server', `${process.execPath} ${DISTRIBUTION}/${entry}`),
    ]);
    expect(JSON.parse(inside.stdout).findings).toHaveLength(1);
    expect(outside).toEqual(inside);
  });
});

describe.concurrent('another server', () => {
  it.each(['publish', 'pull'] as const)('may %s its diagnostics', async (how) => {
    const { stdout, code } = await run('--format', 'json', '--server', oldServer(how));
    const { findings, summary } = JSON.parse(stdout);
    expect(code).toBe(1);
    expect(summary).toMatchObject({ files: 2, findings: 2 });
    expect(findings[1]).toMatchObject({ rule: 'p-001', file: 'a.go', line: 10, column: 21, endColumn: 24, severity: 'warning' });
    expect(findings[1].fixes).toMatchObject([{ title: 'Make it new', safety: 'suggestion', edits: [{ newText: 'new', column: 21 }] }]);
  });

  it.each(['publish', 'pull'] as const)('that %ses may have its fixes applied, once each', async (how) => {
    const { stdout } = await run('--diff', '--fix=suggestion', '--server', oldServer(how));
    expect(stdout).toContain('-// OLD and "ö🚀" OLD\n+// new and "ö🚀" new\n');
  });

  it.each([
    ['by formats that show none', ['--format', 'github'], 1],
    ['by reports of one line each', ['-q'], 1],
    ['unless they are applied', ['--format', 'github', '--fix'], 2],
    ['unless another report shows them', ['-q', '--format', 'github', '--format', 'json:report.json'], 2],
  ] as const)('is not asked for fixes %s', async (_, options, expected) => {
    const { code } = await run(...options, '--server', oldServer('mute'));
    expect(code).toBe(expected);
  });

  it('that says nothing is not taken for content', async () => {
    const { code, stdout, stderr } = await run('--format', 'json', '--server', oldServer('silent'));
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'escapement: a.go: the server said nothing about this file; and 1 more fault\n' });
    expect(JSON.parse(stdout).faults).toHaveLength(2);
  }, 30_000);
});

describe.concurrent('a server that fails', () => {
  it.each([
    ['at once', 'process.exit(3)', 'ended early (code 3)'],
    ['without a word', '', 'ended early (code 0)'],
    ['by a signal', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 1e6)', 'ended early (SIGTERM)'],
    ['after reading', 'process.stdin.once("data", () => process.exit(1))', 'ended early (code 1)'],
  ])('%s is reported', async (_, script, message) => {
    const { code, stdout, stderr } = await run('--server', `"${process.execPath}" -e '${script}'`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`escapement: --server: ${process.execPath} ${message}\n`);
  });

  it('by talking nonsense is told off', async () => {
    const { code, stdout, stderr } = await run(
      '--server',
      `"${process.execPath}" -e 'setInterval(() => console.log("hello\\r\\n\\r\\n"), 10)'`,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^escapement: --server: \S+ does not speak the language server protocol: [^\n]+\n$/);
  });

  it('by not talking at all runs out of time', async () => {
    const { code, stdout, stderr } = await run('--timeout', '1', '--server', `"${process.execPath}" -e 'setInterval(() => {}, 1e6)'`);
    expect({ code, stderr }).toEqual({ code: 2, stderr: '' });
    expect(stdout).toMatch(/^incomplete: stopped after 1 s \(--timeout\) before the first file was reviewed\n/);
  });
});
