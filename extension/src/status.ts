/** One language status item on Go documents: whether the server runs, and the way to its log. */
import { type Disposable, LanguageStatusSeverity, languages } from 'vscode';
import type { ClientState, EscapementClient } from './client.ts';

export function showStatus(client: EscapementClient): Disposable {
  const item = languages.createLanguageStatusItem('escapement.status', { language: 'go' });
  item.name = 'Escapement';
  const show = (state: ClientState): void => {
    item.text = `Escapement ${client.version}`;
    item.detail = DETAIL[state];
    item.busy = state === 'starting';
    item.severity = state === 'failed' ? LanguageStatusSeverity.Error : LanguageStatusSeverity.Information;
    item.command =
      state === 'running' ? { command: 'escapement.showOutput', title: 'Open log' } : { command: 'escapement.restart', title: 'Restart' };
  };
  show('starting');
  const subscription = client.onStateChanged(show);
  return {
    dispose: () => {
      subscription.dispose();
      item.dispose();
    },
  };
}

const DETAIL: Record<ClientState, string> = {
  stopped: 'The language server is stopped',
  starting: 'The language server is starting',
  running: 'Go performance review is on',
  failed: 'The language server did not start',
};
