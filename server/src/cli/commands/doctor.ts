/** `doctor`: reviews a small text with the whole machinery and says what a bug report needs. Holds no source text and no path but those of modules that are missing. */

import { DocumentDiagnosticRequest } from 'vscode-languageserver-protocol/node';
import { errorMessage } from '../../base/index.ts';
import { DEBUG_REQUEST, uriOfPath } from '../../lsp/index.ts';
import { createNodeFileSystem, dependencyLines } from '../../node/index.ts';
import { forTerminal } from '../../report/index.ts';
import { Client } from '../client/client.ts';
import { startDeadline } from '../client/deadline.ts';
import { linkInProcess } from '../client/link.ts';
import { gitVersion } from '../files/git.ts';
import { absolutePath } from '../files/paths.ts';
import { Texts } from '../files/texts.ts';
import type { Io } from '../io.ts';

/** Answers 0 when the server starts and finds what is wrong with a small text, else 2. */
export async function doctor(io: Io): Promise<number> {
  const log: string[] = [];
  const link = linkInProcess({ version: io.version, jobs: 1, onLog: (message) => void log.push(message) });
  const lines: string[] = [];
  let isWell = false;
  try {
    const options = {
      version: io.version,
      roots: [],
      targets: [],
      only: undefined,
      settings: { preset: 'all', config: false },
      configured: [],
      takesSuppressed: false,
      texts: new Texts(),
      deadline: startDeadline(undefined),
      onLog: () => {},
    } as const;
    const client = await Client.start(link, options);
    isWell = await answers(client, io);
    const debug: unknown = await client.ask(() => client.connection.sendRequest(DEBUG_REQUEST));
    if (typeof debug === 'object' && debug !== null && 'text' in debug) lines.push(String(debug.text));
    lines.push(isWell ? 'review: works' : 'review: finds nothing in a text that is wrong');
    await client.stop();
  } catch (error) {
    lines.push(`review: fails: ${errorMessage(error)}`);
    await link.close();
  }
  lines.push(...dependencyLines(createNodeFileSystem(), [absolutePath(io.cwd, '.')], true).map(forTerminal));
  lines.push(`git: ${gitVersion(io) ?? 'none (--new-from-rev needs it)'}`, ...log);
  await io.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return isWell ? 0 : 2;
}

/** Suppresses nothing, which the review reports whatever rules there are. */
const WRONG = `package p\n\nfunc f() {\n\t//escapement:ignore unknown-rule -- doctor\n\t_ = 1\n}\n`;

async function answers(client: Client, io: Io): Promise<boolean> {
  const path = absolutePath(io.cwd, 'escapement-doctor.go');
  await client.show(path, Buffer.from(WRONG));
  const report = await client.ask(() =>
    client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri: uriOfPath(path) } }),
  );
  return report.kind === 'full' && report.items.length > 0;
}
