/** How our findings look as VS Code holds them. */
import type { Diagnostic } from 'vscode';
import { SOURCE } from '../../server/src/lsp/protocol.ts';

/** A code that has a link is an object. */
export function ruleOf({ code }: Diagnostic): string {
  return String(typeof code === 'object' ? code.value : (code ?? SOURCE));
}
