/** The command line as a process: what `escapement.js` loads. */
import { type Io, main, type Sink } from '../cli/index.ts';
import { serveProcess } from '../node/index.ts';

declare const ESCAPEMENT_VERSION: string;

const io: Io = {
  cwd: process.cwd(),
  env: process.env,
  version: ESCAPEMENT_VERSION,
  stdout: sinkTo(process.stdout),
  stderr: sinkTo(process.stderr),
  readStdin,
  onSignal,
  serve,
};

/** A reader that goes away (`escapement review | head`) is no error of ours: the rest is dropped. A full disk is. */
function sinkTo(stream: NodeJS.WriteStream): Sink {
  let isGone = false;
  stream.on('error', ({ code }: NodeJS.ErrnoException) => {
    isGone ||= code === 'EPIPE';
  });
  return {
    isTerminal: stream.isTTY === true,
    get isGone() {
      return isGone;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        if (isGone || text === '') resolve();
        else stream.write(text, (error: NodeJS.ErrnoException | null | undefined) => (isOurs(error) ? reject(error) : resolve()));
      }),
  };
}

function isOurs(error: NodeJS.ErrnoException | null | undefined): boolean {
  return error !== null && error !== undefined && error.code !== 'EPIPE';
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function onSignal(listener: (code: number) => void): void {
  process.once('SIGINT', () => listener(130));
  process.once('SIGTERM', () => listener(143));
}

/** The server's end is the process's, whatever else still runs. */
function serve(): Promise<number> {
  return new Promise(() => {
    serveProcess(ESCAPEMENT_VERSION, { kind: 'streams', input: process.stdin, output: process.stdout }, (code, reason) => {
      if (code !== 0) process.stderr.write(`escapement: ${reason}\n`);
      process.exit(code);
    });
  });
}

main(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
});
