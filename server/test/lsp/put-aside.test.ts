/** What is not shown, and what one learns of it: files that kill the analysis, and findings beyond what an editor shows. */
import { afterEach, describe, expect, it } from 'vitest';
import { ExecuteCommandRequest, ShowMessageRequest } from 'vscode-languageserver-protocol/node';
import { createLocalService } from '../../src/host/index.ts';
import { RETRY_COMMAND, STATUS_NOTIFICATION, type Status } from '../../src/lsp/index.ts';
import type { ReviewService, Skipped } from '../../src/review/index.ts';
import { createBugSession } from '../support/bug-session.ts';
import { memoryFiles } from '../support/files.ts';
import { at, disposeClients, EDITOR, startTestClient, type TestClient } from '../support/lsp-client.ts';

const URI = 'file:///w/a.go';
const WHY = 'put aside: twice took longer than 10 s';

afterEach(disposeClients);

/** A service that has put one file aside, until it is told to take it again; reviews take some milliseconds. */
function puttingAside(
  path: string,
  ms = 0,
): { readonly service: ReviewService; readonly quarantined: () => readonly Skipped[]; readmit(): void } {
  const inner = createLocalService(createBugSession(memoryFiles({})));
  let aside: readonly Skipped[] = [{ path, why: WHY }];
  return {
    service: {
      ...inner,
      review: async (paths, token) => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        const skipped = aside.filter((each) => paths.includes(each.path));
        const rest = paths.filter((each) => !skipped.some((one) => one.path === each));
        return { ...(await inner.review(rest, token)), skipped };
      },
    },
    quarantined: () => aside,
    readmit: () => {
      aside = [];
    },
  };
}

async function start(answer?: 'Try Again'): Promise<TestClient & { readonly messages: string[] }> {
  const { service, quarantined, readmit } = puttingAside('/w/a.go');
  const capabilities = { ...EDITOR, window: { showMessage: {} } };
  const client = await startTestClient({ service, host: { quarantined, readmit }, capabilities });
  const messages: string[] = [];
  client.connection.onRequest(ShowMessageRequest.type, ({ message, actions }) => {
    messages.push(message);
    return actions?.find(({ title }) => title === answer) ?? null;
  });
  client.open(URI, '// BUG\n');
  return Object.assign(client, { messages });
}

describe('a file that is put aside', () => {
  it('says so at its top and in a message, once, and offers to try again', async () => {
    const client = await start();
    const notice = { code: 'skipped', severity: 2, message: `Not reviewed: ${WHY}.`, range: at(0, 0) };
    expect(await client.diagnostics(URI)).toMatchObject([notice]);
    client.edit(URI, 2, '// BUG BUG\n');
    expect(await client.diagnostics(URI)).toMatchObject([notice]);
    await expect.poll(() => client.messages).toEqual([`Escapement no longer reviews a.go: ${WHY}.`]);
    const [action] = await client.actions(URI, at(0, 0));
    expect(action).toMatchObject({ title: 'Review this file again', command: { command: RETRY_COMMAND, arguments: [URI] } });
    const before = client.refreshes;
    await client.connection.sendRequest(ExecuteCommandRequest.type, { command: RETRY_COMMAND, arguments: [URI] });
    await expect.poll(() => client.refreshes).toBe(before + 1);
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'bug' }, { code: 'bug' }]);
  });

  it('is tried again at the button of the message', async () => {
    const client = await start('Try Again');
    await client.diagnostics(URI);
    await expect.poll(() => client.refreshes).toBe(1);
    expect(await client.diagnostics(URI)).toMatchObject([{ code: 'bug' }]);
  });
});

describe('a file with more findings than anybody reads', () => {
  const text = '// BUG\n'.repeat(600);

  it('shows the first five hundred and says so', async () => {
    const client = await startTestClient();
    client.open(URI, text);
    const shown = await client.diagnostics(URI);
    expect(shown).toHaveLength(501);
    expect(shown.at(-1)).toMatchObject({ code: 'more', message: expect.stringContaining('500 of 600 findings') });
    client.edit(URI, 2, '// BUG\n'.repeat(500));
    expect(await client.diagnostics(URI)).toHaveLength(500);
  });

  it('shows all to a client that takes them', async () => {
    const client = await startTestClient({ initializationOptions: { takesAllFindings: true } });
    client.open(URI, text);
    expect(await client.diagnostics(URI)).toHaveLength(600);
  });
});

describe('the status', () => {
  it('tells a client that shows it of rules, work and files put aside', async () => {
    const { service, quarantined, readmit } = puttingAside('/w/b.go', 700);
    const settings = { rules: { bug: 'warning', other: 'hint' } } as const;
    const client = await startTestClient({
      service,
      host: { quarantined, readmit },
      settings,
      initializationOptions: { showsStatus: true },
    });
    const seen: Status[] = [];
    client.connection.onNotification(STATUS_NOTIFICATION, (status: Status) => void seen.push(status));
    client.open(URI, '// BUG\n');
    await client.diagnostics(URI);
    await expect.poll(() => seen.map(({ isBusy }) => isBusy)).toEqual([...seen.slice(0, -2).map(() => false), true, false]);
    expect(seen.at(-1)).toEqual({ isBusy: false, rules: 2, putAside: ['file:///w/b.go'] });
  });
});
