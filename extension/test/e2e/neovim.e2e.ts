/** A second editor: Neovim's own client over stdio, without pull diagnostics, sees the finding and takes its fix, and shows hovers. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProcessGroup } from './process-group.ts';

const ROOT = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'escapement-neovim-'));
const workspace = join(folder, 'workspace');

beforeAll(() => cpSync(join(ROOT, 'test-fixtures/workspaces/editors'), workspace, { recursive: true }));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What Neovim printed once it has gone through the plan. */
async function run(plan: Readonly<Record<string, unknown>>): Promise<string> {
  const server = [process.execPath, join(ROOT, 'dist/escapement.js'), 'lsp', '--stdio'];
  const neovim = new ProcessGroup('nvim', ['--headless', '--clean', '-S', join(import.meta.dirname, 'neovim.lua')], {
    cwd: workspace,
    env: {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_STATE_HOME: folder,
      E2E_PLAN: JSON.stringify({ server, ...plan }),
    },
  });
  expect(await neovim.exited, neovim.log).toBe(0);
  return neovim.log;
}

it('shows a lost cancel in Neovim and mends it', async () => {
  const file = join(workspace, 'cancel.go');
  expect(await run({ file, rule: 'lost-cancel', title: 'Add defer cancel()' })).toContain('"source": "escapement"');
  expect(readFileSync(file, 'utf8')).toContain('defer cancel()');
}, 60_000);

it('shows where a value lives in Neovim, and gives hints to plugins', async () => {
  const log = await run({
    file: join(workspace, 'ledger.go'),
    settings: { escapement: { inlayHints: true } },
    hovers: [
      [10, 2],
      [9, 7],
    ],
  });
  const { hovers, hints } = JSON.parse(/^\{.*\}$/m.exec(log)?.[0] ?? 'null');
  expect(hovers[0]).toMatch(/Heap.*16 bytes: .*placed.* is allocated on the heap, because its address is appended to a slice/);
  expect(hovers[0]).toMatch(/1\. the address of placed is assigned to latest[^\n]*\n2\. latest is appended to a slice/);
  expect(hovers[0]).toContain('escaping-pointer');
  expect(hovers[1]).toMatch(/Stack.*l.* stays on the stack/);
  expect(hints).toEqual([
    { line: 10, label: 'heap: appended to a slice' },
    { line: 13, label: 'heap: boxed' },
  ]);
}, 60_000);
