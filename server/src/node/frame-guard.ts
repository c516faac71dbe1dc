/**
 * Watches the bytes that the protocol's reader gets, because the reader would wait for ever on a frame that cannot come to its
 * end: a length that is no length or beyond all measure, a header that never stops, a body that was promised longer than it is
 * and so swallows the messages behind it. A client restarts what has ended, but nobody helps a server that has turned deaf.
 */

/** Bytes of one message. Longer strings the engine cannot hold. */
const MAX_MESSAGE = 256 << 20;
const MAX_HEADER = 8192;
const END_OF_HEADER = '\r\n\r\n';
/** In JSON no line break stands unescaped in a string, and outside of strings nobody writes this. */
const NEXT_HEADER = /Content-Length: *\d+\r\n(?:[\w-]+:[^\r\n]*\r\n)*\r\n/i;
/** No header that is split between two chunks is longer. */
const OVERLAP = 256;

export class FrameGuard {
  /** What has come of a header. */
  private header = '';
  /** Bytes of the body that are still to come. */
  private left = 0;
  /** The end of the body so far. */
  private tail = '';

  /** `refuse` is called with a reason for every chunk that shows a broken frame; it holds nothing of the frame. */
  constructor(private readonly refuse: (reason: string) => void) {}

  read(chunk: Uint8Array): void {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (rest.length > 0) rest = this.left > 0 ? this.readBody(rest) : this.readHeader(rest);
  }

  private readBody(bytes: Buffer): Buffer {
    const body = bytes.subarray(0, this.left);
    this.left -= body.length;
    const text = this.tail + body.toString('latin1');
    if (NEXT_HEADER.test(text)) this.refuse('a message began inside another');
    this.tail = this.left > 0 ? text.slice(-OVERLAP) : '';
    return bytes.subarray(body.length);
  }

  private readHeader(bytes: Buffer): Buffer {
    const before = this.header.length;
    this.header += bytes.subarray(0, MAX_HEADER).toString('latin1');
    const end = this.header.indexOf(END_OF_HEADER);
    if (end < 0) {
      if (this.header.length > MAX_HEADER) this.refuse('a header without an end');
      return bytes.subarray(MAX_HEADER);
    }
    const length = /^content-length: *(\d+) *$/im.exec(this.header.slice(0, end))?.[1];
    if (length === undefined) this.refuse('a header without a length');
    if (Number(length) > MAX_MESSAGE) this.refuse('a message beyond all measure');
    this.header = '';
    this.left = Number(length ?? 0);
    return bytes.subarray(end + END_OF_HEADER.length - before);
  }
}
