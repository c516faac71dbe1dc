/** Connections of the language server over the transports of Node. What ends a process is decided here and nowhere else. */

import type { Readable, Writable } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { type Connection, createConnection, type Message, type WatchDog } from 'vscode-languageserver';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  PortMessageReader,
  PortMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';
import { FrameGuard } from './frame-guard.ts';

export type Transport = { readonly kind: 'streams'; readonly input: Readable; readonly output: Writable } | { readonly kind: 'ipc' };

const PARENT_POLL_MS = 3000;
/** A client writes a message in one go: when nothing more of it comes for so long, nothing will. */
const HALF_MESSAGE_MS = 10_000;

/**
 * A server that owns its process. `end` is called once: with 0 after `shutdown` and `exit`, with 1 when the client is gone
 * without them, or sends what is not the protocol. Better dead than deaf: a client restarts what has died.
 */
export function createProcessConnection(transport: Transport, end: (code: number, reason: string) => void): Connection {
  let hasEnded = false;
  const exit = (code: number, reason: string): void => {
    if (hasEnded) return;
    hasEnded = true;
    end(code, reason);
  };
  const [reader, writer] = transportOf(transport);
  const watchDog = new ParentWatch(exit);
  // What the reader's error says would quote the message.
  reader.onError(() => exit(1, 'a message that cannot be read'));
  reader.onPartialMessage(() => exit(1, 'half a message came and no more'));
  reader.onClose(() => exit(watchDog.shutdownReceived ? 0 : 1, 'the client closed the connection'));
  const ended = (): void => exit(watchDog.shutdownReceived ? 0 : 1, 'the client closed its end');
  if (transport.kind === 'streams') {
    const guard = new FrameGuard((reason) => exit(1, `a message that cannot be read: ${reason}`));
    transport.input.on('data', (chunk: Uint8Array) => guard.read(chunk));
    transport.input.on('end', ended);
    transport.input.on('close', ended);
    transport.output.on('error', () => exit(1, 'the client reads no more'));
  } else {
    process.once('disconnect', ended);
  }
  return createConnection((logger) => createProtocolConnection(withoutStrayCancellations(reader), writer, logger), watchDog);
}

/** The connection takes a cancellation without a sound id for an unreadable message; it concerns nobody. */
function withoutStrayCancellations(reader: MessageReader): MessageReader {
  const listen = reader.listen.bind(reader);
  reader.listen = (callback) => listen((message) => (isStrayCancellation(message) ? undefined : callback(message)));
  return reader;
}

function isStrayCancellation(message: Message): boolean {
  if (typeof message !== 'object' || message === null || !('method' in message) || message.method !== '$/cancelRequest') return false;
  const params: unknown = 'params' in message ? message.params : undefined;
  const id = typeof params === 'object' && params !== null && 'id' in params ? params.id : undefined;
  return typeof id !== 'number' && typeof id !== 'string';
}

export interface InProcess {
  readonly server: Connection;
  /** The client's end. */
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  /** Closes both ends; without it the process stays alive. */
  dispose(): void;
}

/** A server's connection and the other end of it, both in this process, over a pair of message ports. */
export function createInProcessConnection(): InProcess {
  const { port1, port2 } = new MessageChannel();
  const watchDog: WatchDog = { shutdownReceived: false, initialize() {}, exit() {} };
  const reader = new PortMessageReader(port1);
  const server = createConnection((logger) => createProtocolConnection(reader, new PortMessageWriter(port1), logger), watchDog);
  return {
    server,
    reader: new PortMessageReader(port2),
    writer: new PortMessageWriter(port2),
    dispose() {
      server.dispose();
      port1.close();
      port2.close();
    },
  };
}

function transportOf(transport: Transport): [MessageReader, MessageWriter] {
  switch (transport.kind) {
    case 'ipc':
      return [new IPCMessageReader(process), new IPCMessageWriter(process)];
    case 'streams': {
      const reader = new StreamMessageReader(transport.input);
      reader.partialMessageTimeout = HALF_MESSAGE_MS;
      return [reader, new StreamMessageWriter(transport.output)];
    }
  }
}

/** Ends the server when the editor that started it has died. */
class ParentWatch implements WatchDog {
  shutdownReceived = false;

  constructor(private readonly end: (code: number, reason: string) => void) {}

  initialize({ processId }: { readonly processId: number | null }): void {
    if (typeof processId !== 'number') return;
    const timer = setInterval(() => {
      if (isAlive(processId)) return;
      clearInterval(timer);
      this.exit(this.shutdownReceived ? 0 : 1);
    }, PARENT_POLL_MS);
    timer.unref();
  }

  exit(code: number): void {
    this.end(code, 'exit');
  }
}

/** Whether a process with the number runs. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
