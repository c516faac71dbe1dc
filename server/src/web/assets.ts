/** The analysis from bytes of our own files that somebody has read for us. */
import { cautiousSession, type MemoryFiles } from '../host/index.ts';
import type { WebAssets } from '../lsp/index.ts';
import { createStdLibrary, type StdLibrary } from '../model/index.ts';
import { createSession, type Session } from '../review/index.ts';
import { loadGrammar } from '../syntax/index.ts';

/** Rejects when the grammar or the facts are no such thing. */
export async function createWebSession(files: MemoryFiles, { grammar, facts }: WebAssets): Promise<Session> {
  await loadGrammar(() => grammar);
  const library = await libraryOf(facts);
  return cautiousSession(files, () => createSession(files, library));
}

/** Browsers inflate only asynchronously, and the library is asked at once: so all is inflated beforehand. */
async function libraryOf(facts: WebAssets['facts']): Promise<StdLibrary> {
  const texts = new Map(await Promise.all(Object.entries(facts).map(async ([name, bytes]) => [name, await inflate(bytes)] as const)));
  return createStdLibrary((release) => texts.get(`std.go1.${release}.txt.gz`));
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
