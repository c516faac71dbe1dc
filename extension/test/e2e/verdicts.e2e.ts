/**
 * Where values live, as a Go developer sees it in VS Code: the hover on what allocates, with links to each step, and the inlay
 * hints, which come and go with their setting and with the code.
 */
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FILE = 'ledger.go';
/** Of `placed`, whose address is kept by way of `latest`. */
const MOVED = { line: 10, column: 2 };

let workbench: Workbench;

beforeAll(async () => {
  workbench = await Workbench.open({
    extension: join(ROOT, 'escapement.vsix'),
    workspace: join(ROOT, 'test-fixtures/workspaces/editors'),
    settings: { 'escapement.preset': 'none' },
  });
  await workbench.openFile(FILE);
});
afterEach(({ task }) => workbench?.keepFailure(task));
afterAll(() => workbench?.close());

describe('the hover', () => {
  it('tells what is on the heap, what it costs, why, and leads to each step', async () => {
    const widget = await workbench.hoverAt(
      MOVED,
      /^Heap, 16 bytes: placed is allocated .*, because its address is appended to a slice\.\n/,
    );
    expect(await widget.locator('strong').allInnerTexts()).toEqual(['Heap']);
    expect(await widget.locator('ol li').allInnerTexts()).toEqual([
      'the address of placed is assigned to latest (ledger.go:11)',
      'latest is appended to a slice (ledger.go:12)',
    ]);
    await workbench.screenshot('heap-hover');
    await widget.getByText('ledger.go:12').click();
    await workbench.cursorIsOn(12);
    await workbench.leaveHover();
  });

  it.each([
    ['a parameter', { line: 9, column: 7 }, /^Stack: l stays on the stack\.\nThe function keeps what it points at/],
    ['a variable that stays', { line: 17, column: 2 }, /^Stack: sums stays on the stack\.$/],
    ['a value and its box', { line: 13, column: 12 }, /^Stack: id stays .*\n+Heap, 8 bytes: the copy .* in an interface .* log\.Print/],
    ['what make makes', { line: 17, column: 10 }, /^Stack: this \[\]int stays on the stack\.$/],
  ])('tells of %s', async (what, at, says) => {
    await workbench.hoverAt(at, says);
    await workbench.screenshot(`hover-${what.replaceAll(' ', '-')}`);
    await workbench.leaveHover();
  });

  it('does not repeat the finding that VS Code shows above it', async () => {
    await workbench.set({ 'escapement.preset': 'all' });
    await workbench.squiggles('hint');
    const says = /moves to the heap because its address is appended[\s\S]*Heap, 16 bytes: placed is allocated on the heap\./;
    const widget = await workbench.hoverAt(MOVED, says);
    expect(await widget.locator('ol').count()).toBe(0);
    expect(await widget.locator('h3').allInnerTexts()).toEqual(['escaping-pointer']);
    await workbench.screenshot('finding-hover');
    await workbench.leaveHover();
  });
});

describe('inlay hints', () => {
  const HINTS = ['heap: appended to a slice', 'heap: boxed'];

  it('come when they are switched on, with the hover as tooltip, follow the code, and go', async () => {
    expect(await workbench.inlayHints()).toEqual([]);
    await workbench.set({ 'escapement.inlayHints': true });
    await workbench.awaitInlayHints(HINTS);
    await workbench.screenshot('inlay-hints');

    await workbench.hoverOverHint(HINTS[1], /^Heap, 8 bytes: the copy of this value in an interface/);
    await workbench.screenshot('inlay-hint-tooltip');
    await workbench.leaveHover();

    await workbench.goTo({ line: 21, column: 1 });
    await workbench.type('l.open[0] = new(order)\n');
    await workbench.awaitInlayHints([...HINTS, 'heap: stored in l.open[0]']);
    for (const _ of 'l.open[0] = new(order)\n') await workbench.page.keyboard.press('Backspace');
    await workbench.awaitInlayHints(HINTS);

    await workbench.set({ 'escapement.inlayHints': false });
    await workbench.awaitInlayHints([]);
  });
});

describe('allocations shown in the code', () => {
  it('come and go by command, with words and signs beside the colours, and follow the code', async () => {
    await workbench.openFile(FILE);
    await workbench.command('Escapement: Show Heap Allocations');
    await workbench.awaitWords(['◆ heap: appended to a slice, 16 B', '◆ heap: boxed, 8 B', '◇ stack']);
    await workbench.screenshot('allocations');
    await workbench.goTo({ line: 21, column: 1 });
    await workbench.type('for range 2 { l.open[0] = new(order) }\n');
    await workbench.awaitWords([
      '◆ heap: appended to a slice, 16 B',
      '◆ heap: boxed, 8 B',
      '◇ stack',
      '◆ heap: stored in l.open[0], 16 B, in a loop',
    ]);
    await workbench.command('Escapement: Hide Heap Allocations');
    await workbench.awaitWords([]);
  });

  it('are counted above each function when code lens is switched on', async () => {
    await workbench.set({ 'escapement.codeLens': true, 'escapement.preset': 'all' });
    await workbench.awaitLenses(['2 heap sites · 1 finding', '1 heap site, 1 in a loop · 1 finding']);
    await workbench.screenshot('code-lens');
  });
});
