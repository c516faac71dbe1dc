/** What an editor may do, and what none should, as commands of a model: in any order, in any number. */
import fc from 'fast-check';
import { type Editor, FILES } from './editor.ts';
import type { Session } from './session.ts';
import { PIECES, SECRET, TEMPLATE_COUNT } from './texts.ts';
import { frameOf } from './wire.ts';

export type Command = fc.AsyncCommand<Editor, Session>;

const OPENABLE = [...FILES, 'untitled:Untitled-1'] as const;
const file = fc.constantFrom(...OPENABLE);
const diskFile = fc.constantFrom(...FILES);
const piece = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join(''));
const templates = fc.array(fc.nat(TEMPLATE_COUNT - 1), { minLength: 1, maxLength: 6 });

function command(
  name: string,
  run: (editor: Editor, session: Session) => void | Promise<void>,
  check: (editor: Editor) => boolean,
): Command {
  return { check, run: async (editor, session) => run(editor, session), toString: () => name };
}

const ALWAYS = (): boolean => true;

const open = fc.record({ file, templates: fc.option(templates), version: fc.nat(5) }).map(({ file: which, templates: own, version }) =>
  command(
    `open ${which} ${own ?? 'as on disk'} v${version}`,
    (editor, session) => {
      const text = own === null ? (editor.disk.get(which) ?? editor.newText(which, [0])) : editor.newText(which, own);
      editor.opened(which, text, version);
      session.open(which);
    },
    (editor) => !editor.open.has(which),
  ),
);

const close = file.map((which) =>
  command(
    `close ${which}`,
    (editor, session) => {
      editor.open.delete(which);
      session.notify('textDocument/didClose', { textDocument: { uri: editor.uriOf(which) } });
    },
    ALWAYS,
  ),
);

const edit = fc
  .record({ file, from: fc.nat(900), length: fc.oneof(fc.constant(0), fc.nat(30)), piece, gap: fc.integer({ min: 1, max: 4 }) })
  .map(({ file: which, from, length, piece: text, gap }) =>
    command(
      `edit ${which} at ${from} -${length} +${JSON.stringify(text)} v+${gap}`,
      (editor, session) => {
        const version = (editor.open.get(which)?.version ?? 0) + gap;
        const contentChanges = editor.edit(which, from, length, text, version);
        session.notify('textDocument/didChange', { textDocument: { uri: editor.uriOf(which), version }, contentChanges });
      },
      (editor) => editor.open.has(which),
    ),
  );

const replace = fc.record({ file, templates }).map(({ file: which, templates: own }) =>
  command(
    `replace ${which} by ${own}`,
    (editor, session) => {
      const version = (editor.open.get(which)?.version ?? 0) + 1;
      const contentChanges = editor.replace(which, editor.newText(which, own), version);
      session.notify('textDocument/didChange', { textDocument: { uri: editor.uriOf(which), version }, contentChanges });
    },
    (editor) => editor.open.has(which),
  ),
);

/** A notification that speaks of the past, or of a document that is not open: it changes nothing. */
const staleEdit = fc.record({ file, piece, back: fc.nat(3), isOpen: fc.boolean() }).map(({ file: which, piece: text, back, isOpen }) =>
  command(
    `${isOpen ? 'open' : 'edit'} ${which} of v-${back}`,
    (editor, session) => {
      const uri = editor.uriOf(which);
      const held = editor.open.get(which);
      const version = (held?.version ?? 0) - back - (isOpen ? 1 : 0);
      if (isOpen && held !== undefined) session.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'go', version, text } });
      else session.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    },
    ALWAYS,
  ),
);

/** Beyond the end of the text means the end of the text. */
const farEdit = fc.record({ file, beyond: fc.integer({ min: 1, max: 1e9 }) }).map(({ file: which, beyond }) =>
  command(
    `edit ${which} far beyond its end`,
    (editor, session) => {
      const held = editor.open.get(which);
      if (held === undefined) return;
      const version = held.version + 1;
      const place = { line: beyond + held.text.length, character: beyond };
      editor.edit(which, held.text.length, 0, '// the end\n', version);
      const contentChanges = [{ range: { start: place, end: place }, text: '// the end\n' }];
      const uri = editor.uriOf(which);
      session.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
      // The stamp that moved with it comes as a text of its own.
      session.notify('textDocument/didChange', {
        textDocument: { uri, version: version + 1 },
        contentChanges: editor.replace(which, held.text, version + 1),
      });
    },
    (editor) => editor.open.has(which),
  ),
);

const save = fc.record({ file: diskFile, templates: fc.option(templates) }).map(({ file: which, templates: own }) =>
  command(
    `write ${which} on disk`,
    (editor, session) => {
      const type = editor.disk.has(which) ? 2 : 1;
      editor.write(which, own === null ? (editor.open.get(which)?.text ?? editor.newText(which, [0])) : editor.newText(which, own));
      watched(editor, session, [[which, type]]);
    },
    ALWAYS,
  ),
);

const remove = diskFile.map((which) =>
  command(
    `delete ${which} on disk`,
    (editor, session) => {
      editor.remove(which);
      watched(editor, session, [[which, 3]]);
    },
    (editor) => editor.disk.has(which),
  ),
);

const rename = fc.record({ from: diskFile, to: diskFile }).map(({ from, to }) =>
  command(
    `rename ${from} to ${to}`,
    (editor, session) => {
      const held = editor.open.get(from);
      editor.rename(from, to);
      if (held !== undefined) {
        editor.open.delete(from);
        session.notify('textDocument/didClose', { textDocument: { uri: editor.uriOf(from) } });
        editor.opened(to, held.text, 1);
        session.open(to);
      }
      watched(editor, session, [
        [from, 3],
        [to, 1],
      ]);
    },
    (editor) => editor.disk.has(from) && !editor.disk.has(to) && !editor.open.has(to),
  ),
);

const flip = fc
  .constantFrom(
    { preset: 'all' },
    { preset: 'recommended' },
    { preset: 'none', rules: { 'slice-growth': 'error' } },
    { preset: 'all', rules: { 'slice-growth': 'hint' } },
    { enable: false },
    { preset: 'all', scope: 'openFiles', inlayHints: true, codeLens: true },
    { preset: 'all', go: '1.21' },
  )
  .map((settings) =>
    command(
      `settings ${JSON.stringify(settings)}`,
      (editor, session) => {
        editor.settings = settings;
        editor.flips++;
        session.notify('workspace/didChangeConfiguration', { settings: null });
      },
      ALWAYS,
    ),
  );

const configure = fc
  .constantFrom('version: 1\n', 'version: 1\nrules:\n  disable: [slice-growth]\n', 'version: [\n', undefined)
  .map((text) =>
    command(
      `configuration file ${JSON.stringify(text)}`,
      (editor, session) => {
        const name = '.escapement.yml';
        if (text === undefined) editor.remove(name);
        else editor.write(name, text);
        watched(editor, session, [[name, text === undefined ? 3 : 2]]);
      },
      ALWAYS,
    ),
  );

function watched(editor: Editor, session: Session, files: readonly (readonly [string, number])[]): void {
  const changes = files.map(([which, type]) => ({ uri: editor.uriOf(which), type }));
  session.notify('workspace/didChangeWatchedFiles', { changes });
}

const pull = file.map((which) => command(`pull ${which}`, (_, session) => void session.pull(which), ALWAYS));
const patientPull = file.map((which) =>
  command(
    `pull ${which} and wait`,
    async (_, session) => {
      session.pull(which);
      await session.settled();
    },
    ALWAYS,
  ),
);

const anywhere = fc.constantFrom(
  ...OPENABLE,
  'file:///nowhere/x.go',
  'file:///nowhere',
  'no uri at all',
  'git:/a/a.go?ref',
  'vscode-vfs://h/a.go',
);
const place = fc.record({ line: fc.nat(40), character: fc.nat(30) });

/** Of open, closed and unknown documents, at places that may not be. */
const ask = fc
  .record({
    what: fc.constantFrom('diagnostic', 'codeAction', 'hover', 'inlayHint', 'codeLens'),
    where: anywhere,
    at: place,
    isCancelled: fc.boolean(),
  })
  .map(({ what, where, at, isCancelled }) =>
    command(
      `${isCancelled ? 'cancelled ' : ''}${what} ${where}`,
      (editor, session) => {
        const textDocument = { uri: where.includes(' ') ? where : editor.uriOf(where) };
        const range = { start: at, end: { line: at.line + 9, character: 0 } };
        const id = session.ask(`textDocument/${what}`, { textDocument, position: at, range, context: { diagnostics: [] } }, (outcome) => {
          if (what === 'codeAction' && outcome.kind === 'answered') resolveSome(session, outcome.message.result);
        });
        if (isCancelled) session.notify('$/cancelRequest', { id });
      },
      ALWAYS,
    ),
  );

function resolveSome(session: Session, actions: unknown): void {
  if (!Array.isArray(actions)) return;
  for (const action of actions.filter((each) => 'data' in each).slice(0, 2)) session.ask('codeAction/resolve', action);
}

let lastToken = 0;
/** One that streams waits until something changes, or a newer one comes: this one is cancelled before the end. */
const scan = fc.boolean().map((isStreaming) =>
  command(
    `scan ${isStreaming ? 'and stream' : ''}`,
    (_, session) => {
      const token = isStreaming ? { partialResultToken: `t${++lastToken}` } : {};
      const id = session.ask('workspace/diagnostic', { previousResultIds: [], ...token });
      // Not the session's wire of then: a server that was started meanwhile gives the same id to another request.
      const { wire } = session;
      if (isStreaming) setTimeout(() => wire.notify('$/cancelRequest', { id }), 300);
    },
    ALWAYS,
  ),
);

const strayCancel = fc
  .oneof(fc.nat(1000), fc.constantFrom('none', null, {}, -1))
  .map((id) => command(`cancel ${id}`, (_, session) => session.notify('$/cancelRequest', { id }), ALWAYS));

const METHODS = [
  ...['textDocument/diagnostic', 'textDocument/hover', 'textDocument/codeAction', 'codeAction/resolve', 'workspace/diagnostic'],
  ...['workspace/executeCommand', 'escapement/explain', 'escapement/escapes', 'textDocument/inlayHint', 'no/such'],
];
const NOTIFICATIONS = [
  ...['textDocument/didOpen', 'textDocument/didChange', 'textDocument/didClose', 'textDocument/didSave', 'no/such'],
  ...['workspace/didChangeWatchedFiles', '$/setTrace', '$/progress'],
];
const NONSENSE = [
  null,
  {},
  [],
  7,
  { textDocument: null },
  { textDocument: { uri: SECRET, version: SECRET, text: SECRET }, contentChanges: [SECRET], changes: [SECRET], data: SECRET },
  { textDocument: { uri: 7, version: 'x' }, contentChanges: 3, changes: [null] },
];

/** Well-formed messages without sense: requests are answered, notifications change nothing. */
const nonsense = fc
  .record({ method: fc.constantFrom(...METHODS), told: fc.constantFrom(...NOTIFICATIONS), params: fc.constantFrom(...NONSENSE) })
  .map(({ method, told, params }) =>
    command(
      `${method}, ${told} with ${JSON.stringify(params)}`,
      (_, session) => {
        session.ask(method, params);
        session.notify(told, params);
      },
      ALWAYS,
    ),
  );

const GARBAGE = [
  frameOf('{{{'),
  frameOf(SECRET),
  frameOf(`{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"text":"${SECRET}`),
  frameOf('null'),
  frameOf('"x"'),
  frameOf('[]'),
  frameOf('{"jsonrpc":"2.0"}'),
  frameOf('{"jsonrpc":"2.0","id":1,"result":{}}'),
  frameOf('{"jsonrpc":"2.0","id":{},"method":"shutdown"}'),
  frameOf(''),
  'Foo: 1\r\n\r\n{}',
  '\r\n\r\n',
  'garbage\r\n\r\n',
  'garbage that is no line',
  'Content-Length: abc\r\n\r\n{}',
  'Content-Length: -5\r\n\r\n{}',
  'Content-Length: 12x\r\n\r\n{"jsonrpc"',
  'Content-Length: 4294967296\r\n\r\n{}',
  'Content-Length: 99999999999999999999999\r\n\r\n{}',
  'Content-Length: 1000000\r\n\r\n{"jsonrpc":"2.0","method":"no/such","params":{',
  'Content-Length: 90\r\n\r\n{"jsonrpc":"2.0",',
  'Content-Length: 5\r\n\r\n{"jsonrpc":"2.0","method":"no/such"}',
  `Content-Length: 20\r\nContent-Type: text/plain; charset=klingon\r\n\r\n{"jsonrpc":"2.0"    }`,
];
const garble = fc
  .constantFrom(...GARBAGE)
  .map((bytes) => command(`garbage ${JSON.stringify(bytes)}`, (_, session) => session.garble(bytes), ALWAYS));

/** One frame in ten is none. */
export function commands(maxCommands: number): fc.Arbitrary<Iterable<Command>> {
  const usual = [open, open, edit, edit, edit, edit, replace, close, save, remove, rename, flip, configure];
  const odd = [staleEdit, farEdit, strayCancel, nonsense];
  const requests = [pull, pull, patientPull, ask, ask, scan];
  const garbled = Array.from({ length: Math.round((usual.length + odd.length + requests.length) / 9) }, () => garble);
  return fc.commands([...usual, ...odd, ...requests, ...garbled], { maxCommands, size: 'max' });
}
