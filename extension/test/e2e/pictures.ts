/**
 * `npm run pictures`: makes the pictures of the README, the docs and the walkthrough in a real workbench, of the example that the
 * walkthrough opens, so that they never show what is no longer so. Look at them before you commit them.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** A file that is called example would have fewer findings. */
const FILE = 'readings.go';
const CANCEL = { line: 17, column: 7 };
const WIDTH = 1000;
const SETTINGS = {
  'breadcrumbs.enabled': false,
  'editor.fontSize': 14,
  'editor.stickyScroll.enabled': false,
  'editor.occurrencesHighlight': 'off',
  'editor.matchBrackets': 'never',
  'editor.renderLineHighlight': 'none',
  'editor.hover.delay': 100,
  'editor.hover.above': false,
};

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-pictures-'));
  cpSync(join(ROOT, 'extension/media/example.go'), join(folder, FILE));
  writeFileSync(join(folder, 'go.mod'), 'module example.com/example\n\ngo 1.26\n');
  const workbench = await Workbench.open({ extension: join(ROOT, 'escapement.vsix'), workspace: folder, settings: SETTINGS }, 2);
  try {
    // What runs in the page was compiled by tsx, which names functions by a helper of its own.
    await workbench.page.evaluate('globalThis.__name = (named) => named');
    await workbench.page.setViewportSize({ width: WIDTH, height: 860 });
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await workbench.openFile(FILE);
    await takeAll(workbench);
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true });
  }
}

async function takeAll(workbench: Workbench): Promise<void> {
  await workbench.squiggles('warning');
  await workbench.hover('warning', /cancel/);
  await take(workbench, 'finding', 13, 29);
  await workbench.leaveHover();

  await workbench.withMenu(CANCEL, () => take(workbench, 'fix', 15, 27));

  await workbench.command('Escapement: Show Heap Allocations');
  await workbench.goTo({ line: 43, column: 1 });
  await workbench.page.waitForTimeout(2000);
  await take(workbench, 'allocations', 26, 42);
  await workbench.command('Escapement: Hide Heap Allocations');

  await workbench.set({ ...SETTINGS, 'escapement.inlayHints': true });
  await workbench.openFile(FILE);
  await workbench.awaitInlayHints(['heap: returned', 'heap: stored in bySensor[r.se…']);
  await take(workbench, 'inlay-hints', 34, 42);

  await workbench.command('View: Close All Editors');
  await workbench.command('Escapement: Run the Review Task');
  await workbench.terminal();
  await workbench.problems((shown) => shown.length > 1);
  const panel = await workbench.page.locator('.part.panel').boundingBox();
  if (panel === null) throw new Error('no panel in view');
  await workbench.page.screenshot({ path: pathOf('problems'), clip: { ...panel, height: 100 } });
}

/** Lines `from` to `to` of the active editor, with what lies over them. */
async function take(workbench: Workbench, name: string, from: number, to: number): Promise<void> {
  const editor = await workbench.page.locator('.editor-instance .overflow-guard').first().boundingBox();
  const numbers = workbench.page.locator('.editor-instance .margin-view-overlays .line-numbers');
  const box = async (line: number) => numbers.getByText(String(line), { exact: true }).first().boundingBox();
  const [first, last] = [await box(from), await box(to)];
  if (editor === null || first === null || last === null) throw new Error(`lines ${from} to ${to} are not in view`);
  const clip = { x: editor.x, y: first.y, width: WIDTH - editor.x - 20, height: last.y + last.height - first.y };
  await workbench.page.screenshot({ path: pathOf(name), clip });
}

function pathOf(name: string): string {
  mkdirSync(join(ROOT, 'docs/images'), { recursive: true });
  return join(ROOT, 'docs/images', `${name}.png`);
}

main().catch((problem: unknown) => {
  console.error(problem);
  // What was started ends with the process.
  process.exit(1);
});
