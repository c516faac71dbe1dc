/** Entry of the extension in a browser, as on vscode.dev: the server is a worker, and our own files are read for it. */
import { commands, type ExtensionContext, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type LanguageClientOptions,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import type { WebServerStart } from '../../server/src/lsp/protocol.ts';
import { activateWith } from './activation.ts';

export { deactivate } from './activation.ts';

/** Names of the files in `dist/facts`: what the extension was loaded from need not list its directories. */
declare const ESCAPEMENT_FACTS: readonly string[];

let running: { readonly server: Worker; readonly bundle: string } | undefined;

export function activate(context: ExtensionContext): Promise<void> {
  // The walkthrough offers the task that a browser cannot run; the server reviews the same files.
  context.subscriptions.push(commands.registerCommand('escapement.runReview', () => commands.executeCommand('escapement.reviewWorkspace')));
  return activateWith(createClient, context);
}

function createClient({ extensionUri }: ExtensionContext, options: LanguageClientOptions): LanguageClient {
  return new LanguageClient('escapement', 'Escapement', () => startServer(extensionUri), options);
}

/** A worker that is left over is ended; LSP goes over a port of its own, which keeps what is sent before the server listens. */
async function startServer(extension: Uri): Promise<MessageTransports> {
  running?.server.terminate();
  if (running !== undefined) URL.revokeObjectURL(running.bundle);
  const read = (path: string): Thenable<Uint8Array> => workspace.fs.readFile(Uri.joinPath(extension, 'dist', path));
  const [code, grammar, ...facts] = await Promise.all([
    read('web/server.js'),
    read('grammars/go-tables.bin'),
    ...ESCAPEMENT_FACTS.map((name) => read(`facts/${name}`)),
  ]);
  // A worker starts from no address but one of the page's own, which the extension's is not.
  const bundle = URL.createObjectURL(new Blob([new Uint8Array(code)], { type: 'text/javascript' }));
  const server = new Worker(bundle, { name: 'Escapement' });
  running = { server, bundle };
  const { port1, port2 } = new MessageChannel();
  const start: WebServerStart = {
    role: 'server',
    bundle,
    assets: { grammar, facts: Object.fromEntries(ESCAPEMENT_FACTS.map((name, i) => [name, facts[i]])) },
  };
  server.postMessage(start, [port2]);
  const reader = new ServerReader(port1);
  server.onerror = () => reader.close();
  return { reader, writer: new BrowserMessageWriter(port1) };
}

/** A port says nothing of a worker that broke at the other end of it; who hears it otherwise says so here. */
class ServerReader extends BrowserMessageReader {
  close(): void {
    this.fireClose();
  }
}
