/**
 * What the extension does wherever it runs: starts the language client, and wires commands and status to it. Everything about Go
 * and about single rules lives in the server, so that other editors see the same.
 */
import type { ExtensionContext } from 'vscode';
import { registerAllocations } from './allocations.ts';
import { type ClientFactory, EscapementClient } from './client.ts';
import { registerCommands } from './commands.ts';
import { registerExample } from './example.ts';
import { registerFindingsView } from './findings-view.ts';
import { registerRulePages } from './rule-pages.ts';
import { showStatus } from './status.ts';

let client: EscapementClient | undefined;

export async function activateWith(createClient: ClientFactory, context: ExtensionContext): Promise<void> {
  client = new EscapementClient(context, createClient);
  context.subscriptions.push(
    client.output,
    registerRulePages(client),
    showStatus(client),
    registerAllocations(client, context),
    registerFindingsView(client),
    registerExample(context.extensionUri),
    ...registerCommands(client),
  );
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
