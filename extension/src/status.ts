/**
 * Language status items on Go documents: how the server is, and what helps when it is not well. One item has one command, so each
 * way out has an item of its own; that of files that were put aside is there only when there are some.
 */
import { type Disposable, type LanguageStatusItem, LanguageStatusSeverity, languages } from 'vscode';
import { RETRY_COMMAND, type Status } from '../../server/src/lsp/protocol.ts';
import type { ClientState, EscapementClient } from './client.ts';

const SELECTOR = { language: 'go' };
const UNKNOWN: Status = { isBusy: false, rules: 0, putAside: [] };

export function showStatus(client: EscapementClient): Disposable {
  const main = itemOf('status', 'Escapement');
  const restart = itemOf('restart', 'Escapement: language server');
  restart.command = { command: 'escapement.restart', title: 'Restart' };
  const report = itemOf('debug', 'Escapement: bug report');
  report.text = 'Something wrong?';
  report.command = { command: 'escapement.copyDebugInformation', title: 'Copy debug information' };
  let aside: LanguageStatusItem | undefined;
  let [state, status]: [ClientState, Status] = ['starting', UNKNOWN];

  const show = (): void => {
    showMain(main, client.version, state, status);
    restart.text = STATES[state];
    aside = showPutAside(aside, status);
  };
  show();
  const subscriptions = [
    client.onStateChanged((now) => {
      [state, status] = [now, UNKNOWN];
      show();
    }),
    client.onStatus((now) => {
      status = now;
      show();
    }),
  ];
  return { dispose: () => [...subscriptions, main, restart, report, ...(aside ? [aside] : [])].forEach((each) => void each.dispose()) };
}

const STATES: Record<ClientState, string> = {
  stopped: 'Language server stopped',
  starting: 'Language server starting',
  running: 'Language server running',
  failed: 'Language server did not start',
};

function itemOf(id: string, name: string): LanguageStatusItem {
  const item = languages.createLanguageStatusItem(`escapement.${id}`, SELECTOR);
  item.name = name;
  return item;
}

function showMain(item: LanguageStatusItem, version: string, state: ClientState, { isBusy, rules }: Status): void {
  item.text = `Escapement ${version}`;
  item.detail = state === 'running' ? `${isBusy ? 'reviewing' : 'ready'}, ${rules} rules` : STATES[state];
  item.busy = state === 'starting' || isBusy;
  const isWell = state === 'running' || state === 'starting';
  item.severity = isWell ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Error;
  item.command = { command: 'escapement.showOutput', title: 'Open log' };
}

/** Gone when there is nothing to say. */
function showPutAside(item: LanguageStatusItem | undefined, { putAside }: Status): LanguageStatusItem | undefined {
  if (putAside.length === 0) {
    item?.dispose();
    return undefined;
  }
  const shown = item ?? itemOf('aside', 'Escapement: files put aside');
  shown.text = putAside.length === 1 ? '1 file is not reviewed' : `${putAside.length} files are not reviewed`;
  shown.detail = putAside.map((uri) => uri.slice(uri.lastIndexOf('/') + 1)).join(', ');
  shown.severity = LanguageStatusSeverity.Warning;
  shown.command = { command: RETRY_COMMAND, title: 'Try again' };
  return shown;
}
