/** The example that the walkthrough opens: Go text that is neither saved nor in a folder, because findings need neither. */
import { commands, type Disposable, Uri, ViewColumn, window, workspace } from 'vscode';

export function registerExample(extension: Uri): Disposable {
  return commands.registerCommand('escapement.openExample', async () => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(extension, 'extension/media/example.go'));
    const document = await workspace.openTextDocument({ language: 'go', content: new TextDecoder().decode(bytes) });
    await window.showTextDocument(document, ViewColumn.Beside);
  });
}
