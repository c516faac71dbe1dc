/** Files that are put aside because they killed the analysis: said once, with a button to try them again. */
import { baseName } from '../../base/index.ts';
import type { ServerContext } from '../context.ts';
import { pathOfUri } from '../uri.ts';

const TRY_AGAIN = { title: 'Try Again' };

/** Resolves when the user has answered, with whether to try again. */
export async function sayPutAside({ connection, client }: ServerContext, path: string, why: string): Promise<boolean> {
  if (!client().showsMessages) return false;
  const message = `Escapement no longer reviews ${baseName(path)}: ${why}.`;
  return (await connection.window.showWarningMessage(message, TRY_AGAIN))?.title === TRY_AGAIN.title;
}

/** Of one file by its URI, or of all. */
export function retry({ host, reviews }: ServerContext, uri: unknown): void {
  const named = typeof uri === 'string' ? pathOfUri(uri) : undefined;
  const paths = (host.quarantined?.() ?? []).map(({ path }) => path).filter((path) => named === undefined || path === named);
  for (const path of paths) host.readmit?.(path);
  reviews.drop(paths);
  reviews.touchAll();
}
