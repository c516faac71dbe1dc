/**
 * A VS Code workbench in headless Chromium, driven as a person drives it: by keys, by mouse, and by reading what is on the
 * screen. Lines and columns are 1-based, as VS Code shows them; a tab counts as one column.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type CodeServer, type CodeServerOptions, QUIET_SETTINGS, startCodeServer } from './code-server.ts';
import { poll } from './poll.ts';
import { type Problem, readProblems } from './problems.ts';
import { processesWith } from './processes.ts';

const ARTIFACTS = join(import.meta.dirname, 'artifacts');
const CHROMIUM = process.env.E2E_CHROMIUM ?? '/usr/bin/chromium';
const OFFLINE = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
];

/** Pixels from the cursor, which stands before a character, into it. */
const INTO_CHARACTER = 3;

const LOAD_TIMEOUT = 150_000;

/** What the quick input begins with after a key. */
const PREFIXES = { F1: '>', 'Control+KeyG': ':', 'Control+KeyP': '' } as const;

export type SquiggleKind = 'error' | 'warning' | 'info' | 'hint';

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface FinishedTest {
  readonly name: string;
  readonly result?: { readonly state: string };
}

export class Workbench {
  private constructor(
    private readonly server: CodeServer,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  /** `scale` is the number of a picture's pixels per pixel of the page. */
  static async open(options: CodeServerOptions, scale = 1): Promise<Workbench> {
    const server = await startCodeServer(options);
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: OFFLINE });
    const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, deviceScaleFactor: scale });
    const workbench = new Workbench(server, browser, page);
    await workbench.load({ folder: server.workspace });
    return workbench;
  }

  /** Opens a `.code-workspace` of the workspace folder in place of the folder. */
  async openWorkspace(file: string): Promise<void> {
    await this.load({ workspace: this.pathOf(file) });
  }

  /** Loaded anew where no folder shows: VS Code may look for a workspace's file before it can read any. */
  private async load(what: Readonly<Record<string, string>>): Promise<void> {
    await poll(
      'a workbench with its folders',
      async () => {
        await this.page.goto(`${this.server.url}?${new URLSearchParams(what)}`);
        await this.page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: 60_000 });
        const rows = this.page.locator('.explorer-folders-view .monaco-list-row');
        return rows
          .first()
          .waitFor({ timeout: 20_000 })
          .then(
            () => true,
            () => false,
          );
      },
      LOAD_TIMEOUT,
    );
  }

  /** Ends browser and server; with `failed`, keeps a last picture and the server's log. */
  /** After each test: of one that failed, a picture of what there is, and what the server wrote. */
  async keepFailure({ name, result }: FinishedTest): Promise<void> {
    if (result?.state !== 'fail') return;
    await this.screenshot(`failure-${name.replaceAll(/\W+/g, '-')}`).catch(() => undefined);
    writeFileSync(join(ARTIFACTS, 'code-server.log'), this.server.log());
  }

  async close(): Promise<void> {
    await this.browser.close().catch(() => undefined);
    await this.server.stop();
  }

  async openFile(file: string): Promise<void> {
    const name = basename(file);
    await this.quickInput('Control+KeyP', join(this.server.workspace, file), name);
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.page.locator('.editor-instance .view-line').first().waitFor();
  }

  /** Runs a command by its title in the command palette. */
  async command(title: string): Promise<void> {
    await this.quickInput('F1', title, title);
  }

  /** Runs a command that asks to choose from lists, one after the other. */
  async commandWithChoices(title: string, choices: readonly string[]): Promise<void> {
    const rows = this.page.locator('.quick-input-widget .monaco-list-row .label-name');
    // Lists close when an extension is activated meanwhile.
    await poll(`${title}: ${choices.join(', ')}`, async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await this.page.locator('.quick-input-widget .quick-input-box input').pressSequentially(title);
      for (const choice of [title, ...choices]) await rows.getByText(choice, { exact: true }).first().click({ timeout: 3000 });
      return true;
    });
  }

  /** Starts a task by the name it has in the list of its type, `type: what it does`. */
  async runTask(name: string): Promise<void> {
    await this.commandWithChoices('Tasks: Run Task', [name.split(':')[0], name]);
    await this.terminal();
  }

  /** Waits until a terminal has taken the panel, as a task's does when it starts. */
  async terminal(): Promise<void> {
    await this.page.locator('.part.panel .xterm').first().waitFor();
  }

  async goTo({ line, column }: Place): Promise<void> {
    await this.quickInput('Control+KeyG', `${line}:1`, `go to line ${line} at column 1`);
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    for (let step = 1; step < column; step++) await this.page.keyboard.press('ArrowRight');
    await this.cursorIsOn(line);
  }

  async cursorIsOn(line: number): Promise<void> {
    const status = this.page.locator('#status\\.editor\\.selection');
    await poll(`the cursor is on line ${line}`, async () => (await status.textContent())?.includes(`Ln ${line},`));
  }

  /** Replaces the user settings in their file, saves it and closes it; what `open` was given counts no more. */
  async set(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.command('Preferences: Open User Settings (JSON)');
    await this.page.locator('.tab.active[data-resource-name="settings.json"]').waitFor();
    await this.page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await this.page.keyboard.press('Control+KeyA');
    await this.page.keyboard.insertText(JSON.stringify({ ...QUIET_SETTINGS, ...settings }));
    await this.save();
    await this.command('View: Close Editor');
    await this.page.locator('.tab[data-resource-name="settings.json"]').waitFor({ state: 'detached' });
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  /** Waits until at least `count` squiggles of the kind show. */
  async squiggles(kind: SquiggleKind, count = 1): Promise<Locator> {
    const found = this.page.locator(`.editor-instance .squiggly-${kind}`);
    await poll(`${count} ${kind} squiggle(s)`, async () => (await found.count()) >= count);
    return found;
  }

  async noSquiggles(kind: SquiggleKind): Promise<void> {
    const found = this.page.locator(`.editor-instance .squiggly-${kind}`);
    await poll(`no ${kind} squiggle`, async () => (await found.count()) === 0);
  }

  /** The widget that the mouse brings up over the first squiggle of the kind, once it says so. */
  async hover(kind: SquiggleKind, says: RegExp): Promise<Locator> {
    return this.hoverOver(`a ${kind}`, says, (await this.squiggles(kind)).first());
  }

  /** The widget that the mouse brings up over the character at a place, once it says so. */
  async hoverAt(at: Place, says: RegExp): Promise<Locator> {
    await this.goTo(at);
    return this.hoverOver(
      `${at.line}:${at.column}`,
      says,
      this.page.locator('.editor-instance .monaco-editor.focused .cursors-layer .cursor').first(),
      INTO_CHARACTER,
    );
  }

  /** The widget that the mouse brings up over an inlay hint, once it says so. */
  hoverOverHint(text: string, says: RegExp): Promise<Locator> {
    return this.hoverOver(text, says, this.page.locator('.editor-instance .view-line').getByText(text, { exact: true }));
  }

  /** What the inlay hints in view say, from the top; VS Code shows them as text that nobody wrote. */
  async inlayHints(): Promise<readonly string[]> {
    const lines = this.page.locator('.editor-instance .view-line span[class*="dyn-rule"]');
    const shown = await lines.evaluateAll((spans) =>
      spans
        .map((span) => ({ text: (span.textContent ?? '').replaceAll('\u00a0', ' '), top: span.getBoundingClientRect().top }))
        .sort((a, b) => a.top - b.top),
    );
    return shown.map(({ text }) => text.trim()).filter((text) => text !== '');
  }

  async awaitInlayHints(expected: readonly string[]): Promise<void> {
    await this.awaitTexts('inlay hints', expected, () => this.inlayHints());
  }

  /** Waits until the words that decorations put behind lines are these, from the top. */
  async awaitWords(expected: readonly string[]): Promise<void> {
    await this.awaitTexts('words behind lines', expected, () =>
      this.page.locator('.editor-instance .view-line span[class*="ced-"]').evaluateAll((spans) =>
        spans
          .map((span) => ({ text: getComputedStyle(span, '::after').content, top: span.getBoundingClientRect().top }))
          .filter(({ text }) => text !== 'none' && text !== 'normal')
          .sort((a, b) => a.top - b.top)
          .map(({ text }) => text.replace(/^"|"$/g, '').replaceAll('\u00a0', ' ').trim()),
      ),
    );
  }

  /** Waits until the code lenses in view say this, from the top. */
  async awaitLenses(expected: readonly string[]): Promise<void> {
    await this.awaitTexts('code lenses', expected, () => this.page.locator('.editor-instance .codelens-decoration').allInnerTexts());
  }

  private async awaitTexts(what: string, expected: readonly string[], read: () => Promise<readonly string[]>): Promise<void> {
    let shown: readonly string[] = [];
    await poll(what, async () => {
      shown = (await read()).map((text) => text.replaceAll('\u00a0', ' ').trim()).filter((text) => text !== '');
      return shown.join('\n') === expected.join('\n');
    }).catch((error) => {
      throw new Error(`instead of ${JSON.stringify(expected)} the ${what} are ${JSON.stringify(shown)}`, { cause: error });
    });
  }

  async leaveHover(): Promise<void> {
    await this.page.mouse.move(0, 0);
    await this.page.keyboard.press('Escape');
  }

  /** The Problems panel's rows once `accept` takes them; they may trail the squiggles. */
  async problems(accept: (problems: readonly Problem[]) => boolean): Promise<readonly Problem[]> {
    let shown: readonly Problem[] = [];
    await poll('problems', async () => {
      shown = await readProblems(this.page);
      return accept(shown);
    }).catch((error) => {
      throw new Error(`the Problems panel shows ${JSON.stringify(shown, null, 1)}`, { cause: error });
    });
    return shown;
  }

  /** Titles in the menu that Ctrl+. opens at a place, of which a picture is kept. */
  async quickFixTitles(at: Place, picture: string): Promise<readonly string[]> {
    const titles = await (await this.quickFixMenu(at)).allInnerTexts();
    await this.screenshot(picture);
    await this.page.keyboard.press('Escape');
    return titles.map((title) => title.trim());
  }

  /** Does something while the menu that Ctrl+. opens at a place is open. */
  async withMenu(at: Place, act: () => Promise<void>): Promise<void> {
    await this.quickFixMenu(at);
    await act();
    await this.page.keyboard.press('Escape');
  }

  /** Takes a quick fix and waits for its edit, which the server computes only now. */
  async quickFix(title: string | RegExp, at: Place): Promise<void> {
    const rows = await this.quickFixMenu(at);
    await rows.filter({ hasText: title }).first().click();
    await rows.first().waitFor({ state: 'hidden' });
    await this.page.locator('.tab.active.dirty').waitFor({ timeout: 15_000 });
  }

  /** Takes an entry of the menu that is no edit of the open file. */
  async takeAction(title: string, at: Place): Promise<void> {
    const rows = await this.quickFixMenu(at);
    await rows.filter({ hasText: title }).first().click();
    await rows.first().waitFor({ state: 'hidden' });
  }

  /** What the active editor shows, as far as it is in view. */
  async editorText(): Promise<string> {
    const lines = await this.page.locator('.editor-instance .view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** What the language status of the active editor says, opened. */
  async languageStatus(): Promise<string> {
    await this.page.locator('.statusbar-item[id="status.languageStatus"]').first().click();
    const hover = this.page.locator('.hover-language-status').first();
    await hover.waitFor({ timeout: 15_000 });
    return (await this.page.locator('.hover-language-status').allInnerTexts()).join('\n');
  }

  /** Presses a button that the language status offers. */
  async pressInStatus(title: string): Promise<void> {
    await this.languageStatus();
    await this.page.locator('.hover-language-status a', { hasText: title }).first().click();
  }

  /** Where what runs here keeps what can be made again. */
  get cache(): string {
    return join(dirname(this.server.workspace), 'home/.cache');
  }

  /** Numbers of the processes that are this workbench's language server. */
  serverProcesses(): number[] {
    return processesWith(dirname(this.server.workspace), 'dist/server.js');
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('Control+KeyS');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached', timeout: 15_000 });
  }

  /** What a workspace file holds on disk. */
  fileText(file: string): string {
    return readFileSync(this.pathOf(file), 'utf8');
  }

  pathOf(file: string): string {
    return join(this.server.workspace, file);
  }

  /** Command lines of all processes that serve the workbench. */
  processes(): readonly string[] {
    return this.server.processes();
  }

  async screenshot(name: string): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
  }

  /** VS Code shows what it knows itself at once, and below it, later, what servers answer. */
  private hoverOver(what: string, says: RegExp, target: Locator, aside = 0): Promise<Locator> {
    const widget = this.page.locator('.monaco-resizable-hover:visible, .monaco-hover:visible').first();
    return poll(`a hover over ${what}`, async () => {
      const box = await target.boundingBox();
      if (box === null) return undefined;
      await this.page.mouse.move(0, 0);
      await this.page.mouse.move(box.x + box.width / 2 + aside, box.y + box.height / 2, { steps: 5 });
      await widget.waitFor({ timeout: 3000 });
      let text = '';
      const saysSo = async () => {
        text = (await widget.innerText()).trim();
        return says.test(text);
      };
      await poll(`${says} in the hover`, saysSo, 3000).catch((cause) => {
        throw new Error(`the hover says ${JSON.stringify(text)}`, { cause });
      });
      return widget;
    });
  }

  /** Opened and filled anew where keys were lost, which a busy machine does. */
  private async quickInput(key: keyof typeof PREFIXES, text: string, row: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const input = widget.locator('.quick-input-box input');
    const wanted = widget.locator('.monaco-list-row', { hasText: row }).first();
    await poll(`${row} in the quick input on ${key}`, async () => {
      await this.page.keyboard.press(key);
      await input.waitFor({ timeout: 2000 });
      await input.fill(`${PREFIXES[key]}${text}`, { timeout: 2000 });
      const isThere = await wanted.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (!isThere) await this.page.keyboard.press('Escape');
      return isThere;
    });
    await wanted.click({ timeout: 15_000 });
    await widget.waitFor({ state: 'hidden' });
  }

  /** A key that comes before the server's answer opens an empty menu, so it is pressed again. */
  private async quickFixMenu(at: Place): Promise<Locator> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    for (let attempt = 0; attempt < 4; attempt++) {
      await this.goTo(at);
      await this.page.keyboard.press('Control+Period');
      const isOpen = await rows
        .first()
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
      if (isOpen) return rows;
    }
    throw new Error(`Ctrl+. offers nothing at ${at.line}:${at.column}`);
  }
}
