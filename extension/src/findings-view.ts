/**
 * The view "Go Performance": findings by rule, then file. Unlike the Problems panel it shows hints too, which are most of what
 * there is, and leads from a rule to its page and to all of its fixes.
 */
import {
  type Command,
  commands,
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  EventEmitter,
  languages,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  window,
  workspace,
} from 'vscode';
import { FIX_IN_WORKSPACE_COMMAND, SOURCE } from '../../server/src/lsp/protocol.ts';
import type { EscapementClient } from './client.ts';
import { ruleOf } from './finding.ts';
import { showRulePage } from './rule-pages.ts';

interface Place {
  readonly uri: Uri;
  readonly diagnostic: Diagnostic;
}

type Row =
  | { readonly kind: 'rule'; readonly rule: string; readonly places: readonly Place[] }
  | { readonly kind: 'file'; readonly uri: Uri; readonly places: readonly Place[] }
  | { readonly kind: 'place'; readonly place: Place };

/** Findings come file by file; the view need not follow each. */
const PAUSE_MS = 250;

export function registerFindingsView(client: EscapementClient): Disposable {
  const findings = new FindingsByRule();
  const view = window.createTreeView('escapement.findings', { treeDataProvider: findings, showCollapseAll: true });
  const inRule = (act: (rule: string) => unknown) => (row?: Row) => (row?.kind === 'rule' ? act(row.rule) : undefined);
  return Disposable.from(
    findings,
    view,
    findings.onDidChangeTreeData(() => {
      view.description = findings.count === 0 ? '' : String(findings.count);
    }),
    commands.registerCommand(
      'escapement.explainRule',
      inRule((rule) => showRulePage(client, rule)),
    ),
    commands.registerCommand(
      'escapement.fixRule',
      inRule((rule) => commands.executeCommand(FIX_IN_WORKSPACE_COMMAND, rule)),
    ),
    commands.registerCommand('escapement.reviewWorkspace', () => workspace.getConfiguration('escapement').update('scope', 'workspace')),
  );
}

class FindingsByRule implements TreeDataProvider<Row> {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly subscription = languages.onDidChangeDiagnostics(() => this.schedule());
  private places: readonly Place[] = currentPlaces();
  private timer: ReturnType<typeof setTimeout> | undefined;

  get count(): number {
    return this.places.length;
  }

  getChildren(row?: Row): Row[] {
    switch (row?.kind) {
      case undefined:
        return groups(this.places, ({ diagnostic }) => ruleOf(diagnostic)).map(([rule, places]) => ({ kind: 'rule', rule, places }));
      case 'rule':
        return groups(row.places, ({ uri }) => workspace.asRelativePath(uri)).map(([, places]) => ({
          kind: 'file',
          uri: places[0].uri,
          places,
        }));
      case 'file':
        return row.places.map((place) => ({ kind: 'place', place }));
      case 'place':
        return [];
    }
  }

  getTreeItem(row: Row): TreeItem {
    switch (row.kind) {
      case 'rule':
        return ruleItem(row.rule, row.places);
      case 'file':
        return fileItem(row.uri, row.places);
      case 'place':
        return placeItem(row.place);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.changed.dispose();
  }

  private schedule(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.places = currentPlaces();
      this.changed.fire();
    }, PAUSE_MS);
  }
}

function currentPlaces(): readonly Place[] {
  return languages
    .getDiagnostics()
    .flatMap(([uri, diagnostics]) =>
      diagnostics.filter(({ source }) => source === SOURCE).map((diagnostic): Place => ({ uri, diagnostic })),
    );
}

/** By key, sorted; within a group by file and line. */
function groups(places: readonly Place[], keyOf: (place: Place) => string): [string, Place[]][] {
  const byKey = new Map<string, Place[]>();
  for (const place of places) byKey.set(keyOf(place), [...(byKey.get(keyOf(place)) ?? []), place]);
  for (const group of byKey.values()) group.sort((a, b) => a.diagnostic.range.start.compareTo(b.diagnostic.range.start));
  return [...byKey].sort(([a], [b]) => a.localeCompare(b));
}

function ruleItem(rule: string, places: readonly Place[]): TreeItem {
  const item = new TreeItem(rule, TreeItemCollapsibleState.Collapsed);
  item.description = String(places.length);
  item.iconPath = iconOf(Math.min(...places.map(({ diagnostic }) => diagnostic.severity)));
  item.contextValue = 'rule';
  return item;
}

function fileItem(uri: Uri, places: readonly Place[]): TreeItem {
  const item = new TreeItem(uri, TreeItemCollapsibleState.Collapsed);
  item.description = `${directoryName(uri)} ${places.length}`.trim();
  item.iconPath = ThemeIcon.File;
  return item;
}

function directoryName(uri: Uri): string {
  const path = workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function placeItem({ uri, diagnostic }: Place): TreeItem {
  const item = new TreeItem(diagnostic.message);
  const open: Command = { command: 'vscode.open', title: 'Open', arguments: [uri, { selection: diagnostic.range }] };
  item.description = `[${diagnostic.range.start.line + 1}]`;
  item.tooltip = diagnostic.message;
  item.iconPath = iconOf(diagnostic.severity);
  item.command = open;
  return item;
}

function iconOf(severity: DiagnosticSeverity): ThemeIcon {
  switch (severity) {
    case DiagnosticSeverity.Error:
      return new ThemeIcon('error');
    case DiagnosticSeverity.Warning:
      return new ThemeIcon('warning');
    case DiagnosticSeverity.Information:
      return new ThemeIcon('info');
    case DiagnosticSeverity.Hint:
      return new ThemeIcon('lightbulb');
  }
}
