/** Comments that only people read: no finding is about them, and none comes or goes with them. */

const SUPPRESSING = /escapement|nolint/;

/** Whether nothing in the text can be a comment that suppresses findings. */
export function suppressesNothing(text: string): boolean {
  return !SUPPRESSING.test(text);
}

/** Whether the line is empty or one such comment. */
export function isPlainComment(line: string): boolean {
  return /^\s*(?:\/\/.*)?$/.test(line) && suppressesNothing(line);
}
