/** The process as the command line sees it. Passed in, so that nothing here reaches for globals and tests can listen. */

export interface Sink {
  /** Resolves when the text is handed over; text for a reader that went away is dropped (EPIPE). Rejects with what the system says. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Nobody reads any more. */
  readonly isGone: boolean;
}

export interface Io {
  /** Absolute, in the platform's own spelling. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  readStdin(): Promise<Uint8Array>;
  /** Calls the listener when somebody ends the process (Ctrl-C, a termination), once, with the exit code that tells so; the next time ends it. */
  onSignal(listener: (code: number) => void): void;
  /** Becomes the language server on standard input and output; the process ends with it. */
  serve(): Promise<number>;
}

/** Wrong arguments, configuration or input: one line that names the place and the remedy, exit code 2. */
export class UsageError extends Error {}
