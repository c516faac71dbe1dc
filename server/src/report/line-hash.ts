/**
 * The line hash by which GitHub follows an alert from commit to commit (github/codeql-action, src/fingerprints.ts): a
 * polynomial over the 100 UTF-16 units from the line's start, blanks skipped and CRLF read as LF, followed by the number of
 * the line among those with the same hash. Uploading by the action fills it in; uploading by the API does not, so we do.
 */
const WINDOW = 100;
const FACTOR = 37n;
const END_OF_FILE = '\uffff';

/** Hashes of lines (from 1) of one file. */
export class LineHashes {
  private readonly windows: readonly string[];

  constructor(source: Uint8Array) {
    this.windows = windowsOf(new TextDecoder('utf-8', { ignoreBOM: true }).decode(source));
  }

  /** `hash:occurrence`. A line beyond the last has the last one's. */
  hash(line: number): string {
    const index = Math.min(line, this.windows.length) - 1;
    const window = this.windows[index];
    let occurrence = 0;
    for (let i = 0; i <= index; i++) if (this.windows[i] === window) occurrence++;
    return `${polynomial(window).toString(16)}:${occurrence}`;
  }
}

/** Per line, the units that its hash covers. */
function windowsOf(text: string): readonly string[] {
  const units = text.replace(/[ \t]/g, '').replace(/\r\n?/g, '\n') + END_OF_FILE;
  const windows: string[] = [];
  for (let start = 0; start < units.length; ) {
    windows.push(units.slice(start, start + WINDOW));
    const lineFeed = units.indexOf('\n', start);
    start = lineFeed < 0 ? units.length : lineFeed + 1;
  }
  return windows;
}

function polynomial(window: string): bigint {
  let hash = 0n;
  for (let i = 0; i < WINDOW; i++) {
    const unit = i < window.length ? window.charCodeAt(i) : 0;
    hash = BigInt.asUintN(64, hash * FACTOR + BigInt(unit));
  }
  return hash;
}
