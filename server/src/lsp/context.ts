/** What every handler works with. */
import type { Connection } from 'vscode-languageserver';
import type { Allocations } from './allocations.ts';
import type { Client } from './client.ts';
import type { DocumentStore } from './documents.ts';
import type { ServerHost } from './host.ts';
import type { Reviews } from './reviews.ts';
import type { SettingsStore } from './settings.ts';
import type { Workspace } from './workspace.ts';

export interface ServerContext {
  readonly connection: Connection;
  readonly host: ServerHost;
  readonly documents: DocumentStore;
  readonly reviews: Reviews;
  readonly allocations: Allocations;
  readonly settings: SettingsStore;
  readonly workspace: Workspace;
  /** Known from `initialize` on; before, a client that can do nothing. */
  readonly client: () => Client;
}
