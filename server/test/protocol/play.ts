/** Plays commands against a server process and asks a fresh one what it should know at the end. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parse } from '../../src/syntax/index.ts';
import { type Command, commands } from './commands.ts';
import { Editor, type Encoding } from './editor.ts';
import { type Delivery, itemsOf, Session, type SessionOptions } from './session.ts';

export interface PlayOptions {
  /** `dist/escapement.js` or a twin of it; the grammar must be loaded. */
  readonly script: string;
  readonly runs: number;
  readonly seed?: number;
  readonly maxCommands: number;
}

/** What was played, to show that it was something. */
export interface Played {
  runs: number;
  requests: number;
  restarts: number;
  compared: number;
  findings: number;
}

/** Rejects with the shortest commands that break an invariant, and their seed. */
export async function play({ script, runs, seed, maxCommands }: PlayOptions): Promise<Played> {
  const played: Played = { runs: 0, requests: 0, restarts: 0, compared: 0, findings: 0 };
  const client = fc.record({
    delivery: fc.constantFrom<Delivery>('pull', 'pull', 'push'),
    encoding: fc.constantFrom<Encoding>('utf-16', 'utf-16', 'utf-8'),
  });
  const property = fc.asyncProperty(client, commands(maxCommands), ({ delivery, encoding }, sequence) =>
    playOne(new Editor(encoding), { script, delivery }, sequence, played),
  );
  await fc.assert(property, { numRuns: runs, seed, endOnFailure: process.env.CI !== undefined });
  return played;
}

async function playOne(editor: Editor, options: SessionOptions, sequence: Iterable<Command>, played: Played): Promise<void> {
  const session = await Session.start(editor, options);
  try {
    for (const file of editor.disk.keys()) {
      editor.opened(file, editor.disk.get(file) ?? '', 1);
      session.open(file);
    }
    await fc.asyncModelRun(() => ({ model: editor, real: session }), sequence);
    await mend(session);
    await compare(session, played);
    await session.stop();
    if (session.violations.length > 0) throw new Error(session.violations.join('\n'));
  } finally {
    played.runs++;
    played.requests += session.requests;
    played.restarts += session.restarts;
    await session.stop();
    editor.dispose();
  }
}

/** What does not parse shows findings of an earlier text, which a fresh server cannot know. */
async function mend(session: Session): Promise<void> {
  const { editor } = session;
  await session.settled();
  const encoder = new TextEncoder();
  for (const [file, held] of editor.open) {
    if (parse(encoder.encode(held.text)).problems.length === 0) continue;
    const version = held.version + 1;
    const contentChanges = editor.replace(file, editor.newText(file, [0, 2, 3, 4, 5, 7]), version);
    session.notify('textDocument/didChange', { textDocument: { uri: editor.uriOf(file), version }, contentChanges });
  }
}

async function compare(session: Session, played: Played): Promise<void> {
  const fresh = await Session.start(session.editor, { ...session.options, delivery: 'pull' });
  try {
    for (const file of session.editor.open.keys()) fresh.open(file);
    for (const file of session.editor.open.keys()) {
      const [ours, theirs] = [await findings(session, file), await findings(fresh, file)];
      played.compared++;
      played.findings += theirs.length;
      if (!isDeepStrictEqual(ours, theirs)) throw new Error(`${file}: ${difference(ours, theirs)}`);
    }
    const [ours, theirs] = [await scanned(session), await scanned(fresh)];
    if (!isDeepStrictEqual(ours, theirs)) throw new Error(`workspace: ${difference(ours, theirs)}`);
    await session.settled();
  } finally {
    await fresh.stop();
  }
}

async function findings(session: Session, file: string): Promise<readonly unknown[]> {
  const uri = session.editor.uriOf(file);
  if (session.options.delivery === 'push') return published(session, uri, session.editor.open.get(file)?.version);
  return itemsOf(await session.wire.result('textDocument/diagnostic', { textDocument: { uri } }));
}

/** A publication may take its time, but it comes; the last one holds. */
async function published(session: Session, uri: string, version: number | undefined): Promise<readonly unknown[]> {
  await session.settled();
  // Whoever has an answer to this has the settings behind it, which the pusher waits for too.
  await session.wire.result('textDocument/diagnostic', { textDocument: { uri } });
  const end = Date.now() + 30_000;
  while (session.published.get(uri)?.version !== version && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
  await new Promise((resolve) => setTimeout(resolve, 400));
  return session.published.get(uri)?.diagnostics ?? [];
}

/** What a scan says of each file, without the names that servers give their results. */
async function scanned(session: Session): Promise<readonly unknown[]> {
  const reports = itemsOf(await session.wire.result('workspace/diagnostic', { previousResultIds: [] }));
  return reports.map((report) => ({ ...Object(report), resultId: undefined }));
}

function difference(ours: readonly unknown[], theirs: readonly unknown[]): string {
  const at = ours.findIndex((each, i) => !isDeepStrictEqual(each, theirs[i]));
  const index = at < 0 ? ours.length : at;
  return `${ours.length} against ${theirs.length}, first ${JSON.stringify(ours[index])}\nbut fresh ${JSON.stringify(theirs[index])}`;
}
