/** Texts as a client that converts positions holds them. */
import { LineTable } from '../../src/base/index.ts';
import { type TextLookup, uriOfPath } from '../../src/lsp/index.ts';

export function positionedTexts(files: Readonly<Record<string, string>>): TextLookup {
  return (path) => {
    if (!Object.hasOwn(files, path)) return undefined;
    return { uri: uriOfPath(path), version: null, lines: new LineTable(new TextEncoder().encode(files[path]), 'lsp') };
  };
}
