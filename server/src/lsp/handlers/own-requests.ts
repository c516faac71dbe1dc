/** Requests that Escapement adds to the protocol: summary, files, escapes, explain, debug information. */
import { ErrorCodes, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from '../../base/index.ts';
import type { EscapeRecord } from '../../review/index.ts';
import type { ServerContext } from '../context.ts';
import type { ReviewSummary } from '../protocol.ts';
import { pathOfUri, uriOfPath } from '../uri.ts';

/** Of the last workspace scan. */
export function summary({ workspace }: ServerContext): ReviewSummary {
  return workspace.summary;
}

export function explain({ host }: ServerContext, params: unknown): { readonly markdown: string } | null {
  if (typeof params !== 'object' || params === null || !('rule' in params) || typeof params.rule !== 'string') {
    throw new ResponseError(ErrorCodes.InvalidParams, 'expected { rule: string }');
  }
  const markdown = host.explain(params.rule);
  return markdown === undefined ? null : { markdown };
}

export async function files({ workspace }: ServerContext, token: CancellationToken): Promise<{ readonly uris: readonly string[] }> {
  return { uris: (await workspace.files(token)).map(uriOfPath) };
}

export async function escapes(
  { host }: ServerContext,
  params: unknown,
  token: CancellationToken,
): Promise<{ readonly records: readonly EscapeRecord[] }> {
  const uri = typeof params === 'object' && params !== null && 'uri' in params ? params.uri : undefined;
  const path = typeof uri === 'string' ? pathOfUri(uri) : undefined;
  if (path === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'expected { uri: string } of a file');
  return { records: await host.service.escapes(path, token) };
}

/** No source text and no paths: people paste this into public issues. */
export function debugInformation({ host, client, documents, settings, workspace, reviews }: ServerContext): { readonly text: string } {
  const { encoding, pulls, roots } = client();
  const quarantined = host.quarantined?.() ?? [];
  const lines = [
    `escapement ${host.version}`,
    `positions ${encoding}, diagnostics ${pulls ? 'pulled' : 'published'}, scope ${settings.scope}, ${settings.isEnabled ? 'enabled' : 'disabled'}`,
    `folders ${roots.length}, open documents ${documents.all().length}, configuration files ${settings.files.length}, settings ${settings.key}`,
    `last scan: ${workspace.summary.files} files, ${workspace.summary.faults.length} faults, ${workspace.summary.skipped.length} skipped`,
    `revision ${reviews.revision}, quarantined files ${quarantined.length}`,
    ...host.debugLines(roots),
  ];
  return { text: lines.join('\n') };
}
