/** What may be said about an error of our own: never text of the code under review, which could stand in a thrown message. */

/** Kind of the error, with its message where the engine or an invariant wrote it. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const isOurs = error.message.startsWith('invariant broken: ');
  const isOfEngine = error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError;
  return isOurs || isOfEngine ? `${error.name}: ${firstLine(error.message)}` : error.name;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0].slice(0, 200);
}
