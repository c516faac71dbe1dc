/** Packages of other modules: what their source does to a verdict, from the module cache and from what was kept of it, in every client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { uriOfPath } from '../../src/lsp/index.ts';
import { DISTRIBUTION, escapement } from '../support/distribution.ts';
import { keptFiles } from '../support/kept-files.ts';
import { makeProject, type Project } from './project.ts';

const KEEPING =
  'package dep\n\nvar kept any\n\n// Keep keeps.\nfunc Keep(p any) { kept = p }\n\n// Look looks.\nfunc Look(p any) int { return 1 }\n';
const LOOKING = KEEPING.replace('{ kept = p }', '{ _ = p }');
const USER = `package m

import "x.org/dep"

type point struct{ x, y int }

func f(words []string) int {
	total := 0
	for _, w := range words {
		p := &point{len(w), 1}
		dep.Keep(p)
		q := &point{2, 3}
		total += dep.Look(q)
	}
	return total
}
`;
const KEPT = 'm.go:10:8 heap, certain';

let project: Project;
let servers: ChildProcess[] = [];

beforeEach(() => {
  project = makeProject({
    'm/go.mod': 'module m\n\ngo 1.26\n\nrequire x.org/dep v1.0.0\n',
    'm/m.go': USER,
    'cache/x.org/dep@v1.0.0/dep.go': KEEPING,
  });
});
afterEach(() => {
  for (const server of servers) server.kill('SIGKILL');
  servers = [];
  project.dispose();
});

function environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    GOMODCACHE: join(project.directory, 'cache'),
    GOFLAGS: '',
    GOWORK: '',
    ESCAPEMENT_CACHE: join(project.directory, 'kept'),
    ...more,
  };
}

/** Literals on the heap. */
async function heap(more: Readonly<Record<string, string>> = {}): Promise<string[]> {
  const args = ['escapes', '--format', 'ndjson'];
  const { code, stdout, stderr } = await escapement(args, { cwd: join(project.directory, 'm'), env: environment(more) });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const records = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return records
    .filter(({ kind, verdict }) => kind === 'composite' && verdict === 'heap')
    .map(({ file, line, column, verdict, certainty }) => `${file}:${line}:${column} ${verdict}, ${certainty}`);
}

function keptEntries(): readonly string[] {
  return keptFiles(join(project.directory, 'kept'));
}

describe('a package of another module', () => {
  it('decides what its callers allocate', async () => {
    expect(await heap()).toEqual([KEPT]);
  });

  it('is unknown where it is not on disk', async () => {
    const lines = await heap({ GOMODCACHE: join(project.directory, 'nowhere') });
    expect(lines).toEqual([10, 12].map((line) => `m.go:${line}:8 heap, likely`));
  });

  it('is not looked into again once it is known, unless that is switched off', async () => {
    expect(await heap()).toEqual([KEPT]);
    // Of the package, and of the file that was asked about.
    expect(keptEntries()).toHaveLength(2);
    project.write('cache/x.org/dep@v1.0.0/dep.go', LOOKING);
    expect(await heap()).toEqual([KEPT]);
    project.write('m/m.go', `${USER}\n// The file has changed.\n`);
    expect(await heap()).toEqual([KEPT]);
    expect(await heap({ ESCAPEMENT_CACHE: 'off' })).toEqual([]);
  });

  it('is looked into again where what was kept is spoiled', async () => {
    await heap();
    for (const entry of keptEntries()) writeFileSync(entry, readFileSync(entry).subarray(0, 150));
    project.write('cache/x.org/dep@v1.0.0/dep.go', LOOKING);
    expect(await heap()).toEqual([]);
    expect(await heap()).toEqual([]);
  });

  it('is another one in another version, and when what it imports comes', async () => {
    project.write('cache/x.org/dep@v1.0.0/go.mod', 'module x.org/dep\n\ngo 1.20\n\nrequire x.org/far v1.0.0\n');
    project.write('cache/x.org/dep@v1.0.0/dep.go', KEEPING.replace('kept = p', 'far.Far(p)').replace('var', 'import "x.org/far"\n\nvar'));
    project.write('m/go.mod', 'module m\n\ngo 1.26\n\nrequire (\n\tx.org/dep v1.0.0\n\tx.org/far v1.0.0 // indirect\n)\n');
    expect(await heap()).toEqual(['m.go:10:8 heap, likely']);
    project.write('cache/x.org/far@v1.0.0/far.go', 'package far\n\nvar kept any\n\nfunc Far(p any) { kept = p }\n');
    expect(await heap()).toEqual([KEPT]);
    project.write('cache/x.org/far@v1.1.0/far.go', 'package far\n\nfunc Far(p any) {}\n');
    project.write('m/go.mod', project.read('m/go.mod').replace('far v1.0.0', 'far v1.1.0'));
    expect(await heap()).toEqual([]);
  });

  it('is looked at as it is where it may change', async () => {
    project.write('m/go.mod', 'module m\n\ngo 1.26\n\nrequire x.org/dep v1.0.0\n\nreplace x.org/dep => ../near\n');
    project.write('near/go.mod', 'module x.org/dep\n\ngo 1.26\n');
    project.write('near/dep.go', KEEPING);
    expect(await heap()).toEqual([KEPT]);
    project.write('near/dep.go', LOOKING);
    expect(await heap()).toEqual([]);
  });

  it('is part of a finding that the language server shows', async () => {
    const cwd = join(project.directory, 'm');
    project.write('m/.escapement.yml', 'version: 1\nrules:\n  default: all\n');
    const server = spawn(process.execPath, [join(DISTRIBUTION, 'server.js'), '--stdio'], {
      cwd,
      env: { ...process.env, ...environment() },
    });
    servers.push(server);
    const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    connection.listen();
    const capabilities = { textDocument: { diagnostic: {} } };
    await connection.sendRequest(InitializeRequest.type, { processId: process.pid, rootUri: uriOfPath(cwd), capabilities });
    await connection.sendNotification(InitializedNotification.type, {});
    const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: uriOfPath(join(cwd, 'm.go')) } });
    const found = report.kind === 'full' ? report.items.map(({ code, range }) => `${code}@${range.start.line + 1}`) : [];
    const { stdout } = await escapement(['review', '--format', 'json'], { cwd, env: environment() });
    const reviewed = JSON.parse(stdout).findings.map(({ rule, line }: { rule: string; line: number }) => `${rule}@${line}`);
    expect(found).toEqual(reviewed);
    expect(found).toContain('escaping-pointer@10');
  });

  it('is told by doctor when it is missing', async () => {
    const cwd = join(project.directory, 'm');
    const there = await escapement(['doctor'], { cwd, env: environment() });
    expect(there.stdout).toContain('third-party sources: module cache (named by GOMODCACHE); modules required 1, not on disk 0\n');
    const gone = await escapement(['doctor'], { cwd, env: environment({ GOMODCACHE: join(project.directory, 'nowhere') }) });
    expect(gone.stdout).toContain('modules required 1, not on disk 1: x.org/dep@v1.0.0\n');
    expect(gone.stdout).not.toContain(project.directory);
  });
});
