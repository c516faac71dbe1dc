/** Entry of the extension on a desktop or a remote machine: the server is a process on the editor's Node, and tasks may start more. */
import { type ExtensionContext, Uri } from 'vscode';
import { LanguageClient, type LanguageClientOptions, TransportKind } from 'vscode-languageclient/node';
import { activateWith } from './activation.ts';
import { registerTasks } from './tasks.ts';

export { deactivate } from './activation.ts';

export function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(registerTasks(Uri.joinPath(context.extensionUri, 'dist/escapement.js')));
  return activateWith(createClient, context);
}

function createClient(context: ExtensionContext, options: LanguageClientOptions): LanguageClient {
  const module = context.asAbsolutePath('dist/server.js');
  const serverOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6009'] } },
  };
  return new LanguageClient('escapement', 'Escapement', serverOptions, options);
}
