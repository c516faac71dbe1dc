/** Fixing a rule everywhere, with clients that can do less than VS Code. */
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type ApplyWorkspaceEditParams,
  ApplyWorkspaceEditRequest,
  type ClientCapabilities,
  ExecuteCommandRequest,
  ResponseError,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver-protocol/node';
import { createLocalService } from '../../src/host/index.ts';
import { FIX_IN_WORKSPACE_COMMAND } from '../../src/lsp/index.ts';
import type { ReviewService } from '../../src/review/index.ts';
import { createBugSession } from '../support/bug-session.ts';
import { memoryFiles } from '../support/files.ts';
import { at, disposeClients, EDITOR, startTestClient, type TestClient, type TestClientOptions } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';
const FILES = { '/w/a.go': '// BUG\n', '/w/b.go': '// BUG BUG\n' };
const OK = { newText: 'OK' };

afterEach(disposeClients);

interface FixingClient extends TestClient {
  readonly asked: ApplyWorkspaceEditParams[];
  fixAll(): Promise<unknown>;
}

async function startFixing(workspace: ClientCapabilities['workspace'], options: TestClientOptions = {}): Promise<FixingClient> {
  const capabilities = { ...EDITOR, workspace: { ...EDITOR.workspace, ...workspace }, ...options.capabilities };
  const client = await startTestClient({ files: FILES, root: '/w', ...options, capabilities });
  const asked: ApplyWorkspaceEditParams[] = [];
  client.connection.onRequest(ApplyWorkspaceEditRequest.type, (params) => {
    asked.push(params);
    return { applied: true };
  });
  const command = { command: FIX_IN_WORKSPACE_COMMAND, arguments: ['bug'] };
  return Object.assign(client, { asked, fixAll: () => client.connection.sendRequest(ExecuteCommandRequest.type, command) });
}

describe('the fixes of a rule in the workspace', () => {
  it('have versions where the client knows them', async () => {
    const client = await startFixing({ applyEdit: true, workspaceEdit: { documentChanges: true } });
    client.open(URI, '// BUG\n', 3);
    await client.fixAll();
    expect(client.asked.map(({ edit }) => edit)).toEqual([
      {
        documentChanges: [
          { textDocument: { uri: URI, version: 3 }, edits: [{ range: at(0, 3, 6), ...OK }] },
          {
            textDocument: { uri: 'file:///w/b.go', version: null },
            edits: [
              { range: at(0, 3, 6), ...OK },
              { range: at(0, 7, 10), ...OK },
            ],
          },
        ],
      },
    ]);
  });

  it.each([{}, { changeAnnotationSupport: {} }])('are plain changes to a client that knows no others, with %j', async (workspaceEdit) => {
    const client = await startFixing({ applyEdit: true, workspaceEdit });
    client.open(URI, '// BUG\n');
    await client.fixAll();
    expect(client.asked.map(({ edit }) => edit)).toEqual([
      {
        changes: {
          [URI]: [{ range: at(0, 3, 6), ...OK }],
          'file:///w/b.go': [
            { range: at(0, 3, 6), ...OK },
            { range: at(0, 7, 10), ...OK },
          ],
        },
      },
    ]);
  });

  it('are neither announced, nor offered, nor sent where the client makes no such edits', async () => {
    const client = await startFixing({});
    client.open(URI, '// BUG\n');
    expect(client.initialized.capabilities.executeCommandProvider?.commands).not.toContain(FIX_IN_WORKSPACE_COMMAND);
    expect((await client.actions(URI, at(0, 4))).map(({ title }) => title)).not.toContain('Fix all bug in the workspace…');
    await expect(client.fixAll()).rejects.toMatchObject({ code: -32600, message: 'this client makes no edits that a server sends' });
    expect(client.asked).toEqual([]);
  });

  it('come without progress where the client announces it and then refuses', async () => {
    const capabilities = { window: { workDoneProgress: true } };
    const client = await startFixing({ applyEdit: true }, { capabilities });
    client.connection.onRequest(WorkDoneProgressCreateRequest.type, () => new ResponseError(-32603, 'no'));
    await client.fixAll();
    expect(client.asked).toHaveLength(1);
  });

  it('are not sent for a text that has moved on since it was read', async () => {
    const fileSystem = memoryFiles({ ...FILES, '/w/c.go': '// BUG\n' });
    const service = createLocalService(createBugSession(fileSystem));
    const editedAtTheEnd: ReviewService = {
      ...service,
      review: async (paths, ...rest) => {
        if (paths.includes('/w/c.go')) {
          client.edit(URI, 2, '\n// BUG\n');
          while (!client.log.includes('heard')) await setImmediate();
        }
        return service.review(paths, ...rest);
      },
      change: (document) => {
        client.log.push('heard');
        service.change(document);
      },
    };
    const client = await startFixing({ applyEdit: true, workspaceEdit: {} }, { fileSystem, service: editedAtTheEnd });
    client.open(URI, '// BUG\n');
    await expect(client.fixAll()).rejects.toMatchObject({ code: -32801 });
    expect(client.asked).toEqual([]);
  });
});
