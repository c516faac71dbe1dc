/** Requests that somebody types into. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CodeActionRequest, CodeLensRequest, ExecuteCommandRequest } from 'vscode-languageserver-protocol/node';
import { createLocalService } from '../../src/host/index.ts';
import { FIX_IN_WORKSPACE_COMMAND } from '../../src/lsp/index.ts';
import { createSession, type ReviewService, type Session } from '../../src/review/index.ts';
import { createBugSession } from '../support/bug-session.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { startGoClient } from '../support/go-client.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { ACTION_LITERALS, at, disposeClients, EDITOR, startTestClient, type TestClient } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';
const CAPABILITIES = { ...EDITOR, workspace: { ...EDITOR.workspace, applyEdit: true } };

beforeAll(loadTestGrammar);
afterEach(disposeClients);

/** The real service, for which `type` sends another version before each answer of one kind; it waits until that is heard. */
function typedInto(session: Session, during: 'review' | 'refutedFixes', type: (version: number) => void): ReviewService {
  const service = createLocalService(session);
  let heard = 1;
  const another = async (): Promise<void> => {
    const version = heard + 1;
    type(version);
    while (heard < version) await setImmediate();
  };
  return {
    ...service,
    change: (document) => {
      heard = document.version;
      service.change(document);
    },
    review: async (...given) => {
      if (during === 'review') await another();
      return service.review(...given);
    },
    refutedFixes: async (...given) => {
      if (during === 'refutedFixes') await another();
      return service.refutedFixes(...given);
    },
  };
}

describe('a text that keeps changing', () => {
  const asked: Readonly<Record<string, (client: TestClient) => Promise<unknown>>> = {
    codeAction: ({ connection }) =>
      connection.sendRequest(CodeActionRequest.type, { textDocument: { uri: URI }, range: at(0, 4), context: { diagnostics: [] } }),
    codeLens: ({ connection }) => connection.sendRequest(CodeLensRequest.type, { textDocument: { uri: URI } }),
    executeCommand: ({ connection }) =>
      connection.sendRequest(ExecuteCommandRequest.type, { command: FIX_IN_WORKSPACE_COMMAND, arguments: ['bug'] }),
  };

  it.each(Object.keys(asked))('is content modified to %s, and no error in the log', async (method) => {
    const fileSystem = memoryFiles({ '/w/a.go': '// BUG\n' });
    const service = typedInto(createBugSession(fileSystem), 'review', (version) => client.edit(URI, version, '// BUG\n'));
    const client = await startTestClient({ fileSystem, service, root: '/w', capabilities: CAPABILITIES, settings: { codeLens: true } });
    client.open(URI, '// BUG\n');
    await expect(asked[method](client)).rejects.toMatchObject({ code: -32801 });
    expect(client.log.filter((line) => line.includes('failed'))).toEqual([]);
  });

  it('gets no edit of the text before', async () => {
    const text =
      'package a\n\ntype rule struct {\n\tname string\n\tdeny bool\n}\n\nfunc first(rules []rule) *rule {\n\tfor _, r := range rules {\n\t\tif r.deny {\n\t\t\treturn &r\n\t\t}\n\t}\n\treturn nil\n}\n';
    const fileSystem = memoryFiles({ '/w/go.mod': 'module example.com/w\n\ngo 1.22\n' });
    const session = createSession(fileSystem, loadTestLibrary());
    const service = typedInto(session, 'refutedFixes', (version) => client.edit(URI, version, `${'\n'.repeat(version)}${text}`));
    const withoutResolution = { ...CAPABILITIES, textDocument: { diagnostic: {}, codeAction: ACTION_LITERALS } };
    const client = await startGoClient({}, { fileSystem, service, capabilities: withoutResolution, settings: { preset: 'all' } });
    client.open(URI, text);
    const found = (await client.diagnostics(URI)).find(({ code }) => code === 'escaping-pointer');
    await expect(client.actions(URI, found?.range ?? at(0, 0), ['quickfix'])).rejects.toMatchObject({ code: -32801 });
  });
});
