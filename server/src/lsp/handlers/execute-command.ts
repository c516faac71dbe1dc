/** `workspace/executeCommand`: what code actions do that is no edit of one file. */
import { ErrorCodes, type ExecuteCommandParams, MessageType, ResponseError, ShowMessageNotification } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { FIX_IN_WORKSPACE_COMMAND, RETRY_COMMAND, SHOW_RULE_COMMAND } from '../protocol.ts';
import { fixInWorkspace } from './fix-in-workspace.ts';
import { retry } from './put-aside.ts';

export async function executeCommand(
  context: ServerContext,
  { command, arguments: given }: ExecuteCommandParams,
  token: CancellationToken,
): Promise<null> {
  if (command === RETRY_COMMAND) {
    retry(context, given?.[0]);
    return null;
  }
  const rule: unknown = given?.[0];
  const page = typeof rule === 'string' ? context.host.explain(rule) : undefined;
  if (page !== undefined && typeof rule === 'string') {
    if (command === SHOW_RULE_COMMAND) return showRule(context, rule, page);
    if (command === FIX_IN_WORKSPACE_COMMAND) return fixRuleInWorkspace(context, rule, token);
  }
  throw new ResponseError(ErrorCodes.InvalidParams, `no such command or rule: ${command}`);
}

/** Opens the rule's page in the browser, or says its first lines where the client opens nothing. */
async function showRule({ connection, host, client }: ServerContext, rule: string, page: string): Promise<null> {
  const uri = host.ruleUrl(rule);
  const shown = client().showsDocuments && (await connection.window.showDocument({ uri, external: true })).success;
  const message = `${rule}: ${page.split('\n').slice(0, 4).join(' ').trim()} ${uri}`;
  if (!shown) await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return null;
}

async function fixRuleInWorkspace(context: ServerContext, rule: string, token: CancellationToken): Promise<null> {
  const { fixes } = await fixInWorkspace(context, rule, token);
  const message = `Escapement: nothing in the workspace has a safe fix of ${rule}`;
  if (fixes === 0) await context.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
  return null;
}
