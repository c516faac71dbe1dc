/**
 * Entry of the VS Code extension: starts the language client, and wires commands and status to it. Everything about Go and
 * about single rules lives in the server, so that other editors see the same.
 */
import { type ExtensionContext, Uri } from 'vscode';
import { registerAllocations } from './allocations.ts';
import { EscapementClient } from './client.ts';
import { registerCommands } from './commands.ts';
import { registerFindingsView } from './findings-view.ts';
import { registerRulePages } from './rule-pages.ts';
import { showStatus } from './status.ts';
import { registerTasks } from './tasks.ts';

let client: EscapementClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  client = new EscapementClient(context);
  context.subscriptions.push(
    client.output,
    registerRulePages(client),
    showStatus(client),
    registerAllocations(client, context),
    registerFindingsView(client),
    registerTasks(Uri.joinPath(context.extensionUri, 'dist/escapement.js')),
    ...registerCommands(client),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
