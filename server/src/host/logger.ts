/** Where the server's log goes. */
import type { Connection } from 'vscode-languageserver';
import type { Logger } from '../base/index.ts';

/** To the client's output channel. */
export function connectionLogger({ console }: Pick<Connection, 'console'>): Logger {
  return { info: (message) => console.info(message), warn: (message) => console.warn(message), error: (message) => console.error(message) };
}

export const silentLogger: Logger = { info() {}, warn() {}, error() {} };
