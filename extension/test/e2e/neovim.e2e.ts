/** A second editor: Neovim's own client over stdio, without pull diagnostics, sees the finding and takes its fix. */
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ProcessGroup } from './process-group.ts';

const ROOT = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'escapement-neovim-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('shows a lost cancel in Neovim and mends it', async () => {
  const workspace = join(folder, 'workspace');
  cpSync(join(ROOT, 'test-fixtures/workspaces/editors'), workspace, { recursive: true });
  const plan = {
    server: [process.execPath, join(ROOT, 'dist/escapement.js'), 'lsp', '--stdio'],
    file: join(workspace, 'cancel.go'),
    rule: 'lost-cancel',
    title: 'Add defer cancel()',
  };
  const neovim = new ProcessGroup('nvim', ['--headless', '--clean', '-S', join(import.meta.dirname, 'neovim.lua')], {
    cwd: workspace,
    env: {
      ...process.env,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_STATE_HOME: folder,
      E2E_PLAN: JSON.stringify(plan),
    },
  });
  expect(await neovim.exited, neovim.log).toBe(0);
  expect(neovim.log).toContain('"source": "escapement"');
  expect(readFileSync(plan.file, 'utf8')).toContain('defer cancel()');
}, 60_000);
