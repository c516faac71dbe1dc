/**
 * Restricted Mode: in a folder that the user does not trust, findings, hovers and fixes are all there, and the language server
 * starts no process and opens no socket. A witness in the server says so, and the table of processes.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CANCEL = { line: 9, column: 7 };

const folder = mkdtempSync(join(tmpdir(), 'escapement-witness-'));
const record = join(folder, 'record.jsonl');
let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    extension: join(ROOT, 'escapement.vsix'),
    workspace: join(ROOT, 'test-fixtures/workspaces/editors'),
    settings: { 'escapement.preset': 'all', 'escapement.scope': 'workspace' },
    restricted: true,
    witness: join(ROOT, 'server/test/support/witness.cjs'),
    environment: { ESCAPEMENT_WITNESS: record },
  });
  await workbench.page.locator('.part.banner', { hasText: 'Restricted Mode' }).waitFor();
});
afterEach(({ task }) => workbench?.keepFailure(task));
afterAll(async () => {
  await workbench?.close();
  rmSync(folder, { recursive: true });
});

interface Event {
  readonly watching?: string;
  readonly pid?: number;
  readonly refused?: string;
  readonly handle?: string;
}

function witnessed(): readonly Event[] {
  const lines = readFileSync(record, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Of all tasks of a process, as the kernel knows them. */
function childrenOf(pid: number): readonly string[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks.flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean));
}

describe('a folder that is not trusted', () => {
  it('has findings, hovers and fixes', async () => {
    await workbench.openFile('cancel.go');
    await workbench.squiggles('warning');
    await workbench.hover('warning', /cancel/);
    await workbench.screenshot('restricted-mode');
    await workbench.leaveHover();
    await workbench.problems((shown) => new Set(shown.map(({ code }) => code)).size >= 3);
    await workbench.quickFix(/defer cancel\(\)/, CANCEL);
    await workbench.save();
    await workbench.noSquiggles('warning');
    expect(workbench.fileText('cancel.go')).toContain('defer cancel()');
  });

  it('is served without a process or a socket', () => {
    const events = witnessed();
    const servers = new Set(events.flatMap(({ pid }) => pid ?? []));
    expect(events.filter(({ watching }) => watching !== undefined).length, 'the server and its threads are watched').toBeGreaterThan(1);
    expect(servers.size).toBe(1);
    expect(events.flatMap(({ refused, handle }) => refused ?? handle ?? [])).toEqual([]);
    expect([...servers].flatMap(childrenOf)).toEqual([]);
  });
});
