/**
 * `npm run bench [-- --edits N]`: from a key to the diagnostics at the client, over LSP on stdio with the built server, on
 * real files of the Go library. Each edit is paired with a request that needs no analysis, sent in the same moment of the
 * same process, because this figure means little on a machine that is busy with other things.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { fileOfAbout, goRoot } from './corpus.ts';
import { measureEdits } from './edit-latency.ts';

const { values } = parseArgs({ options: { edits: { type: 'string', default: '60' } } });

async function main(): Promise<void> {
  const root = goRoot();
  if (root === undefined) {
    console.log('skipped: the bench edits files of the Go library, and there is no Go toolchain');
    return;
  }
  console.log(`cores ${availableParallelism()}, load ${loadavg()[0].toFixed(1)}, node ${process.version}`);
  console.log('| lines | file | edits | key to diagnostics, median ms | p95 ms | bare request, median ms | server CPU per edit, ms |');
  console.log('| ---: | --- | ---: | ---: | ---: | ---: | ---: |');
  for (const lines of [1000, 2000, 5000]) {
    const file = fileOfAbout(root, lines);
    const { medianMs, p95Ms, bareMedianMs, cpuMs } = await measureEdits(file.path, Number(values.edits));
    const name = file.path.slice(root.length + 1);
    console.log(
      `| ${file.lines} | ${name} | ${values.edits} | ${medianMs.toFixed(1)} | ${p95Ms.toFixed(1)} | ${bareMedianMs.toFixed(1)} | ${cpuMs.toFixed(1)} |`,
    );
  }
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
