/** One configuration, two readers: an editor that opens the files one by one, and the command line that CI runs on the folder. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
} from 'vscode-languageserver-protocol/node';
import { LineTable } from '../../src/base/index.ts';
import { silentLogger } from '../../src/host/index.ts';
import { type TextLookup, toFinding, uriOfPath } from '../../src/lsp/index.ts';
import { connectInProcess, createNodeFileSystem, distributionIn } from '../../src/node/index.ts';
import { DISTRIBUTION, escapement, ROOT, VERSION } from '../support/distribution.ts';

const fileSystem = createNodeFileSystem();
const RULES = ['slice-growth', 'map-growth', 'lost-cancel', 'sprintf-conversion', 'closure-capture', 'large-value-copy'];
const SILENCED =
  'package quiet\n\nfunc double(xs []int) []int {\n\tvar out []int\n\tfor _, x := range xs {\n\t\t//nolint:escapement\n\t\tout = append(out, 2*x)\n\t}\n\treturn out\n}\n\nfunc triple(xs []int) []int {\n\tvar out []int\n\tfor _, x := range xs {\n\t\t//escapement:ignore slice-growth -- short\n\t\tout = append(out, 3*x)\n\t}\n\treturn out\n}\n\n//escapement:ignore map-growth -- nothing here\nfunc none() {}\n';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'escapement-one-'));
  writeFileSync(join(folder, 'go.mod'), 'module example.com/one\n\ngo 1.26\n');
  for (const rule of RULES) cpSync(join(ROOT, 'test-fixtures/rules', rule, 'bad.go'), join(folder, rule, 'bad.go'), { recursive: true });
  mkdirSync(join(folder, 'quiet'));
  writeFileSync(join(folder, 'quiet/quiet.go'), SILENCED);
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('an editor and the command line', () => {
  it.each([
    ['recommended rules', 'version: 1\n', (saying: string) => !saying.includes(' large-value-copy ')],
    [
      'all rules, some of them off',
      'version: 1\nrules:\n  default: all\n  disable: [lost-cancel]\n',
      (saying: string) => !saying.includes('lost-cancel'),
    ],
    [
      'few rules',
      'version: 1\nrules:\n  default: none\n  enable: [map-growth]\n',
      (saying: string) => / (map-growth|escapement) /.test(saying),
    ],
    [
      'severities',
      'version: 1\nseverity:\n  slice-growth: error\n',
      (saying: string) => saying.includes(' slice-growth error ') || !saying.includes(' slice-growth '),
    ],
    [
      'options',
      'version: 1\nrules:\n  default: none\n  enable: [large-value-copy]\n  settings:\n    large-value-copy: {bytes: 600}\n',
      (saying: string) => !saying.includes(' 512 bytes'),
    ],
    [
      'exclusions',
      'version: 1\nexclusions:\n  paths: ["closure-capture/**"]\n  rules:\n    - path: "slice-*/**"\n      rules: [slice-growth]\n',
      (saying: string) => !/^(closure-capture|slice-growth)\/.* slice-growth/.test(saying),
    ],
    [
      'overrides',
      'version: 1\nrules:\n  disable: [lost-cancel]\noverrides:\n  - path: "slice-growth/**"\n    disable: [map-growth]\n    severity: { slice-growth: error }\n  - path: "large-*/**"\n    enable: [large-value-copy, lost-cancel]\n  - path: "sprintf-conversion/bad.go"\n    severity: { sprintf-conversion: hint }\n',
      (saying: string) =>
        !saying.includes(' lost-cancel ') &&
        (!saying.includes(' slice-growth ') || saying.startsWith('slice-growth/') === saying.includes(' slice-growth error ')) &&
        (!saying.includes(' large-value-copy ') || saying.startsWith('large-value-copy/')) &&
        (!saying.startsWith('sprintf-conversion/') || !saying.includes(' sprintf-conversion ') || saying.includes(' hint ')),
    ],
    ['what others tell', 'version: 1\nrules:\n  default: all\n  compat: [gopls]\n', (saying: string) => saying !== ''],
    ['an older language', 'version: 1\nrules: {default: all}\ngo: "1.20"\n', (saying: string) => saying !== ''],
  ])('tell the same under %s', async (_, configuration, holds) => {
    writeFileSync(join(folder, '.escapement.yml'), configuration);
    const told = await byCommandLine();
    expect(told.length).toBeGreaterThan(0);
    expect(told.filter((saying) => !holds(saying))).toEqual([]);
    expect(await inEditor()).toEqual(told);
  });

  it('tell the same where directories have configurations of their own', async () => {
    writeFileSync(join(folder, '.escapement.yml'), 'version: 1\nrules:\n  default: all\n');
    writeFileSync(
      join(folder, 'slice-growth/.escapement.yml'),
      'version: 1\nrules:\n  default: none\n  enable: [slice-growth]\nseverity:\n  slice-growth: error\n',
    );
    writeFileSync(join(folder, 'map-growth/.escapement.yml'), 'version: 1\nrules:\n  default: none\n');
    const told = await byCommandLine();
    expect(told.filter((saying) => saying.startsWith('map-growth/'))).toEqual([]);
    expect(told.filter((saying) => saying.startsWith('slice-growth/') && !saying.includes(' slice-growth error '))).toEqual([]);
    expect(told.some((saying) => saying.startsWith('slice-growth/'))).toBe(true);
    expect(await inEditor()).toEqual(told);
  });
});

/** FILE LINE RULE SEVERITY MESSAGE, sorted. */
async function byCommandLine(): Promise<readonly string[]> {
  const { stdout } = await escapement(['review', '--format', 'json', './...'], { cwd: folder });
  const { findings } = JSON.parse(stdout);
  return findings
    .map(({ file, line, rule, severity, message }: CommandLineFinding) => `${file} ${line} ${rule} ${severity} ${message}`)
    .sort();
}

interface CommandLineFinding {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
}

async function inEditor(): Promise<readonly string[]> {
  const server = connectInProcess({ version: VERSION, logger: silentLogger, distribution: distributionIn(DISTRIBUTION) });
  const connection = createProtocolConnection(server.reader, server.writer);
  connection.listen();
  const uri = uriOfPath(folder);
  await connection.sendRequest(InitializeRequest.type, {
    processId: null,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'one' }],
    capabilities: { textDocument: { diagnostic: {} } },
  });
  await connection.sendNotification(InitializedNotification.type, {});
  const sayings: string[] = [];
  for (const file of [...RULES.map((rule) => `${rule}/bad.go`), 'quiet/quiet.go']) {
    const textDocument = { uri: uriOfPath(join(folder, file)) };
    const text = readFileSync(join(folder, file), 'utf8');
    await connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { ...textDocument, languageId: 'go', version: 1, text },
    });
    const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument });
    for (const item of report.kind === 'full' ? report.items : []) {
      const finding = toFinding(item, textDocument.uri, { encoding: 'utf-16', textOf: lookup });
      if (finding !== undefined)
        sayings.push(`${file} ${item.range.start.line + 1} ${finding.ruleId} ${finding.severity} ${finding.message}`);
    }
  }
  connection.dispose();
  await server.dispose();
  return sayings.sort();
}

const lookup: TextLookup = (path) => {
  const bytes = fileSystem.readFile(path);
  return bytes === undefined ? undefined : { uri: uriOfPath(path), version: null, lines: new LineTable(bytes, 'lsp') };
};
