/**
 * `npm run bench [-- --edits N]`: what an edit costs and how soon its diagnostics are there, in the built server over stdio, on
 * real files of the Go library. `npm run bench -- --corpus DIR [--rounds N]`: our parser and review against tree-sitter,
 * ast-grep and gofmt on a folder of Go. `npm run bench -- --escapes MODULE [--rounds N]`: the escape analysis of a whole module
 * against the compiler's. `npm run bench -- --change MODULE [--files 20] [--rounds N]`: the review of a change against that of
 * the whole module, and with `--before OLDER` of what is new in it since that version. `npm run bench -- --soak EDITS`: the server's memory over many edits. `npm run bench -- --recovery
 * KILLS`: the time from a killed server to the same diagnostics from a new one. `npm run bench -- --scan FILES`: typing while the
 * Go library, and then a workspace of so many files, is scanned. Every figure stands beside a yardstick of the same run, because alone it means little
 * on a machine that is busy with other things.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { compareWithPeers } from './against-peers.ts';
import { printChangeCost, printReleaseCost } from './change.ts';
import { fileOfAbout, goRoot } from './corpus.ts';
import { printEditCosts } from './edit-cost.ts';
import { measureEdits } from './edit-latency.ts';
import { printEscapesCost } from './escapes-cost.ts';
import { printRecovery } from './recovery.ts';
import { printScans } from './scan.ts';
import { printSoak } from './soak.ts';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '60' },
    corpus: { type: 'string' },
    escapes: { type: 'string' },
    change: { type: 'string' },
    before: { type: 'string' },
    files: { type: 'string', default: '20' },
    soak: { type: 'string' },
    recovery: { type: 'string' },
    scan: { type: 'string' },
    rounds: { type: 'string', default: '3' },
  },
});

async function main(): Promise<void> {
  console.log(`cores ${availableParallelism()}, load ${loadavg()[0].toFixed(1)}, node ${process.version}`);
  if (values.escapes !== undefined) printEscapesCost(values.escapes, Number(values.rounds));
  else if (values.change !== undefined && values.before !== undefined)
    printReleaseCost(values.before, values.change, Number(values.rounds));
  else if (values.change !== undefined) printChangeCost(values.change, Number(values.files), Number(values.rounds));
  else if (values.corpus !== undefined) await compareWithPeers(values.corpus, Number(values.rounds));
  else await onGoLibrary();
}

async function onGoLibrary(): Promise<void> {
  const root = goRoot();
  if (root === undefined) console.log('skipped: the bench edits files of the Go library, and there is no Go toolchain');
  else if (values.soak !== undefined) await printSoak(root, Number(values.soak));
  else if (values.recovery !== undefined) await printRecovery(root, Number(values.recovery));
  else if (values.scan !== undefined) await printScans(root, Number(values.scan));
  else await printEdits(root);
}

async function printEdits(root: string): Promise<void> {
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
  console.log('');
  await printEditCosts(root, Number(values.edits));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
