/** Many edits of a few documents, as hours of typing make them, and the memory of the server on the way. */
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BenchServer } from './server.ts';

/** Of the Go library, some 200 lines each. */
const SOURCES = ['strings/reader.go', 'container/list/list.go', 'text/tabwriter/tabwriter.go', 'encoding/hex/hex.go', 'bufio/scan.go'];
/** Edits after which everything has been used once and is as warm as it gets. */
const SETTLED = 2000;
const LOOKS = 20;
/** What is typed at the beginning of a body and taken back again; on the way nothing parses. */
const TYPED = 'if n := 1; n > 0 { println(n) }';

export async function printSoak(root: string, edits: number): Promise<void> {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'escapement-soak-'));
  writeFileSync(join(directory, 'go.mod'), 'module example.com/soak\n\ngo 1.22\n');
  const server = await BenchServer.start({ root: directory });
  try {
    const looks = await soak(server, root, directory, edits);
    const [first, last] = [looks[0], looks.at(-1) ?? Number.NaN];
    console.log('| edits | documents | resident MB after 2,000 edits | at most since | at the end | growth | CPU per edit, ms |');
    console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
    const growth = `${((100 * (last - first)) / first).toFixed(1)} %`;
    const [settled, most, end] = [first, Math.max(...looks), last].map((value) => value.toFixed(0));
    console.log(`| ${edits} | ${SOURCES.length} | ${settled} | ${most} | ${end} | ${growth} | ${(server.cpuMs / edits).toFixed(1)} |`);
  } finally {
    await server.stop();
    rmSync(directory, { recursive: true });
  }
}

/** Resident memory in MB, after `SETTLED` edits and at equal distances from there to the end. */
async function soak(server: BenchServer, root: string, directory: string, edits: number): Promise<number[]> {
  const files: { readonly path: string; readonly text: string; version: number }[] = [];
  for (const [i, source] of SOURCES.entries()) {
    const file = { path: join(directory, `p${i}.go`), text: readFileSync(join(root, source), 'utf8'), version: 0 };
    await server.open(file.path, file.text);
    files.push(file);
  }
  const looks: number[] = [];
  const distance = Math.max(1, Math.floor((edits - SETTLED) / LOOKS));
  for (let edit = 0; edit < edits; edit++) {
    // As many keys as it takes to type the statement and to take it back, before the next document has its turn.
    const file = files[Math.floor(edit / (2 * TYPED.length)) % files.length];
    await typeOne(server, file, edit % (2 * TYPED.length));
    await server.pull(file.path);
    if (edit >= SETTLED && (edit - SETTLED) % distance === 0) looks.push(server.residentMb);
  }
  return [...looks, server.residentMb];
}

async function typeOne(
  server: BenchServer,
  file: { readonly path: string; readonly text: string; version: number },
  key: number,
): Promise<void> {
  const lines = file.text.split('\n');
  const line = lines.findIndex((each) => /^func .*\{$/.test(each)) + 1;
  const isTyping = key < TYPED.length;
  const character = isTyping ? key : 2 * TYPED.length - key - 1;
  const end = { line, character: isTyping ? character : character + 1 };
  await server.edit(file.path, ++file.version, { line, character }, end, isTyping ? TYPED[key] : '');
}
