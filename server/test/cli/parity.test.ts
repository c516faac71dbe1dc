/** One review, three ways to ask for it: the facade, the protocol as an editor speaks it, and the command line. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  InitializedNotification,
  InitializeRequest,
  WorkspaceDiagnosticRequest,
} from 'vscode-languageserver-protocol/node';
import { LineTable, neverCancelled } from '../../src/base/index.ts';
import { resolveSettings } from '../../src/config/index.ts';
import { silentLogger } from '../../src/host/index.ts';
import { pathOfUri, type TextLookup, toFinding, uriOfPath } from '../../src/lsp/index.ts';
import { connectInProcess, createGoSession, createNodeFileSystem, distributionIn } from '../../src/node/index.ts';
import { FORMATS } from '../../src/report/index.ts';
import type { Finding, Review } from '../../src/review/index.ts';
import { DISTRIBUTION, escapement, ROOT, VERSION } from '../support/distribution.ts';

const FIXTURES = join(ROOT, 'test-fixtures');
const fileSystem = createNodeFileSystem();
vi.setConfig({ testTimeout: 60_000 });

let facade: Review;

beforeAll(async () => {
  const session = await createGoSession(fileSystem, distributionIn(DISTRIBUTION).assets);
  session.configure(resolveSettings({ preset: 'all' }, undefined));
  const { files, skipped } = session.discover([FIXTURES], neverCancelled);
  const review = session.review(files, neverCancelled);
  facade = { ...review, skipped: [...review.skipped, ...skipped] };
}, 60_000);

describe('the same findings', () => {
  it('are there to compare', () => {
    expect(facade.findings.length).toBeGreaterThan(20);
    expect(facade.findings.some(({ fixes }) => fixes.length > 1)).toBe(true);
    expect(facade.faults).toEqual([]);
  });

  it('come from the facade and the command line, byte for byte', async () => {
    const { stdout } = await escapement(['review', '--rules', 'all', '--no-config', '--format', 'json'], { cwd: FIXTURES });
    const run = { version: VERSION, cwd: FIXTURES, rules: [], milliseconds: 0, gzipBytes: () => 0 };
    const expected = FORMATS.json.write(
      { review: facade, run, sources: (path) => fileSystem.readFile(path) },
      { colour: false, detail: 'normal' },
    );
    expect(stdout).toBe(expected);
  });

  it.each(['utf-8', 'utf-16'])(
    'come over the protocol in %s, of the workspace and of each open document',
    async (encoding) => {
      const server = connectInProcess({ version: VERSION, logger: silentLogger, distribution: distributionIn(DISTRIBUTION) });
      const connection = createProtocolConnection(server.reader, server.writer);
      connection.listen();
      const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
        processId: null,
        rootUri: uriOfPath(FIXTURES),
        workspaceFolders: [{ uri: uriOfPath(FIXTURES), name: 'fixtures' }],
        capabilities: { general: { positionEncodings: [encoding] }, textDocument: { diagnostic: {} } },
        // As a target the folder stands for what it does on the command line; an editor's folder has the modules below it as well.
        initializationOptions: { settings: { preset: 'all', config: false }, targets: [uriOfPath(FIXTURES)] },
      });
      await connection.sendNotification(InitializedNotification.type, {});
      expect(capabilities.positionEncoding).toBe(encoding);
      const { items } = await connection.sendRequest(WorkspaceDiagnosticRequest.type, { previousResultIds: [] });
      const conversion = { encoding: encoding === 'utf-8' ? 'utf-8' : 'utf-16', textOf: lookup } as const;
      const ofWorkspace = items.flatMap((item) =>
        item.kind === 'full' ? item.items.flatMap((each) => toFinding(each, item.uri, conversion) ?? []) : [],
      );
      expect(ofWorkspace).toEqual(facade.findings.map(withoutFixes));

      const path = facade.findings[0].path;
      const text = Buffer.from(fileSystem.readFile(path) ?? []).toString();
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri: uriOfPath(path), languageId: 'go', version: 1, text },
      });
      const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: uriOfPath(path) } });
      const ofDocument = report.kind === 'full' ? report.items.flatMap((each) => toFinding(each, uriOfPath(path), conversion) ?? []) : [];
      expect(ofDocument).toEqual(facade.findings.filter((finding) => finding.path === path).map(withoutFixes));
      connection.dispose();
      await server.dispose();
    },
    60_000,
  );
});

const lookup: TextLookup = (path) => {
  const bytes = fileSystem.readFile(path);
  return bytes === undefined ? undefined : { uri: uriOfPath(path), version: null, lines: new LineTable(bytes, 'lsp') };
};

function withoutFixes(finding: Finding): Finding {
  expect(pathOfUri(uriOfPath(finding.path))).toBe(finding.path);
  return { ...finding, fixes: [] };
}
