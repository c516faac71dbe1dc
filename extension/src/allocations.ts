/**
 * "Show Heap Allocations": every allocation of the Go files in view is marked in the code, with a sign in the gutter, a line
 * under it, its verdict at the end of its line and its place in the overview ruler. Signs and words tell verdicts apart, so that nobody
 * needs to see the colours.
 */
import {
  commands,
  type DecorationInstanceRenderOptions,
  type DecorationOptions,
  DecorationRangeBehavior,
  Disposable,
  type ExtensionContext,
  languages,
  OverviewRulerLane,
  Range,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  Uri,
  window,
  workspace,
} from 'vscode';
import { ALLOCATIONS_REQUEST, type AllocationMark, type AllocationMarks } from '../../server/src/lsp/protocol.ts';
import type { EscapementClient } from './client.ts';

type Verdict = AllocationMark['verdict'];

/** What the words at the end of a line go by: the first of these that the line has. */
const VERDICTS: readonly Verdict[] = ['heap', 'possible', 'stack'];
const SIGNS: Readonly<Record<Verdict, string>> = { heap: '◆', possible: '◈', stack: '◇' };
const COLORS: Readonly<Record<Verdict, ThemeColor>> = {
  heap: new ThemeColor('escapement.heapForeground'),
  possible: new ThemeColor('escapement.possibleHeapForeground'),
  stack: new ThemeColor('escapement.stackForeground'),
};
const LINES: Readonly<Record<Verdict, string>> = { heap: 'solid', possible: 'dashed', stack: 'dotted' };

/** In the workspace's memory and, for the commands' menus, a context key. */
const SHOWN_KEY = 'escapement.showsAllocations';
/** Marks move along with the text meanwhile. */
const PAUSE_MS = 150;

export function registerAllocations(client: EscapementClient, context: ExtensionContext): Disposable {
  const view = new AllocationView(client, context);
  return Disposable.from(
    view,
    commands.registerCommand('escapement.showAllocations', () => view.show(true)),
    commands.registerCommand('escapement.hideAllocations', () => view.show(false)),
    window.onDidChangeVisibleTextEditors(() => view.schedule()),
    workspace.onDidChangeTextDocument(() => view.schedule()),
    languages.onDidChangeDiagnostics(() => view.schedule()),
    client.onStateChanged(() => view.schedule()),
  );
}

class AllocationView {
  private readonly places: Readonly<Record<Verdict, TextEditorDecorationType>>;
  private readonly words = window.createTextEditorDecorationType({ rangeBehavior: DecorationRangeBehavior.ClosedClosed });
  private isShown: boolean;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: EscapementClient,
    private readonly context: ExtensionContext,
  ) {
    const place = (verdict: Verdict): TextEditorDecorationType => placeDecoration(verdict, context.extensionUri);
    this.places = { heap: place('heap'), possible: place('possible'), stack: place('stack') };
    this.isShown = context.workspaceState.get(SHOWN_KEY, false);
    void this.show(this.isShown);
  }

  async show(isShown: boolean): Promise<void> {
    this.isShown = isShown;
    await commands.executeCommand('setContext', SHOWN_KEY, isShown);
    await this.context.workspaceState.update(SHOWN_KEY, isShown);
    await this.refresh();
  }

  schedule(): void {
    if (!this.isShown) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), PAUSE_MS);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const decoration of [this.words, ...Object.values(this.places)]) decoration.dispose();
  }

  private async refresh(): Promise<void> {
    const editors = window.visibleTextEditors.filter(({ document }) => document.languageId === 'go');
    await Promise.all(editors.map((editor) => this.mark(editor)));
  }

  private async mark(editor: TextEditor): Promise<void> {
    const marks = this.isShown ? await this.marksOf(editor) : [];
    if (marks === undefined) return;
    for (const verdict of VERDICTS) {
      const ranges = marks.filter((mark) => mark.verdict === verdict).map(({ range }) => toRange(range));
      editor.setDecorations(this.places[verdict], ranges);
    }
    editor.setDecorations(this.words, lineWords(editor, marks));
  }

  /** Undefined when the text has moved on, or the server is busy with something newer: the next change asks again. */
  private async marksOf({ document }: TextEditor): Promise<readonly AllocationMark[] | undefined> {
    try {
      const answer = await this.client.request<AllocationMarks>(ALLOCATIONS_REQUEST, { uri: document.uri.toString() });
      if (answer === undefined) return [];
      return answer.version === document.version ? answer.marks : undefined;
    } catch {
      return undefined;
    }
  }
}

function placeDecoration(verdict: Verdict, extension: Uri): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    gutterIconPath: Uri.joinPath(extension, 'extension/media', `${verdict}.svg`),
    gutterIconSize: 'contain',
    borderColor: COLORS[verdict],
    borderStyle: LINES[verdict],
    borderWidth: '0 0 1px 0',
    rangeBehavior: DecorationRangeBehavior.ClosedClosed,
    ...(verdict === 'stack' ? {} : { overviewRulerColor: COLORS[verdict], overviewRulerLane: OverviewRulerLane.Right }),
  });
}

/** One for each line that has marks, behind its last character. */
function lineWords({ document }: TextEditor, marks: readonly AllocationMark[]): DecorationOptions[] {
  const byLine = new Map<number, AllocationMark[]>();
  for (const mark of marks) byLine.set(mark.range.start.line, [...(byLine.get(mark.range.start.line) ?? []), mark]);
  return [...byLine]
    .filter(([line]) => line < document.lineCount)
    .map(([line, here]) => {
      const { end } = document.lineAt(line).range;
      return { range: new Range(end, end), renderOptions: words(here) };
    });
}

function words(marks: readonly AllocationMark[]): DecorationInstanceRenderOptions {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(wordOf(mark), (counts.get(wordOf(mark)) ?? 0) + 1);
  const text = [...counts].map(([word, count]) => (count === 1 ? word : `${word} ×${count}`)).join('  ');
  const worst = VERDICTS.find((verdict) => marks.some((mark) => mark.verdict === verdict)) ?? 'stack';
  return { after: { contentText: text, color: COLORS[worst], margin: '0 0 0 2em', fontStyle: 'italic' } };
}

function wordOf({ verdict, label, bytes, isInLoop }: AllocationMark): string {
  const isCharged = verdict !== 'stack';
  const size = isCharged && bytes !== undefined ? `, ${bytes} B` : '';
  return `${SIGNS[verdict]} ${label}${size}${isCharged && isInLoop ? ', in a loop' : ''}`;
}

function toRange({ start, end }: AllocationMark['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
