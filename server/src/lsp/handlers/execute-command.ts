/** `workspace/executeCommand`: what a code action does in clients that have no command of their own for it. */
import { ErrorCodes, type ExecuteCommandParams, MessageType, ResponseError, ShowMessageNotification } from 'vscode-languageserver';
import type { ServerContext } from '../context.ts';
import { SHOW_RULE_COMMAND } from '../protocol.ts';

/** Opens the rule's page in the browser, or says its first lines where the client opens nothing. */
export async function executeCommand(
  { connection, host, client }: ServerContext,
  { command, arguments: given }: ExecuteCommandParams,
): Promise<null> {
  const rule: unknown = given?.[0];
  const page = command === SHOW_RULE_COMMAND && typeof rule === 'string' ? host.explain(rule) : undefined;
  if (page === undefined || typeof rule !== 'string')
    throw new ResponseError(ErrorCodes.InvalidParams, `no such command or rule: ${command}`);
  const uri = host.ruleUrl(rule);
  const shown = client().showsDocuments && (await connection.window.showDocument({ uri, external: true })).success;
  const message = `${rule}: ${page.split('\n').slice(0, 4).join(' ').trim()} ${uri}`;
  if (!shown) await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return null;
}
