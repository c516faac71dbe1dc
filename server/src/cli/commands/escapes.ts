/** `escapes`: every allocation site and parameter with its verdict and the way it takes, as text to read or NDJSON to judge. */
import { relativePath } from '../../base/index.ts';
import { forTerminal } from '../../report/index.ts';
import type { EscapeRecord } from '../../review/index.ts';
import { ReviewRun } from '../client/review-run.ts';
import { absolutePath } from '../files/paths.ts';
import { type Io, UsageError } from '../io.ts';
import { type RawReviewOptions, readReviewOptions } from '../options.ts';
import { isColourful } from '../outputs.ts';
import { makePlan } from '../plan.ts';
import { EscapesText } from './escapes-text.ts';

export interface RawEscapesOptions extends Pick<RawReviewOptions, 'go' | 'tags' | 'goos' | 'goarch' | 'jobs' | 'timeout'> {
  readonly format: string;
}

/** Answers exit code 0. Throws UsageError. */
export async function escapes(paths: readonly string[], { format, ...raw }: RawEscapesOptions, io: Io): Promise<number> {
  if (format !== 'text' && format !== 'ndjson')
    throw new UsageError(`--format: unknown format "${forTerminal(format)}"; escapes has text and ndjson`);
  const options = readReviewOptions(paths, { ...raw, config: false }, []);
  const run = await ReviewRun.start(await makePlan(options, io), options, io);
  try {
    const here = absolutePath(io.cwd, '.');
    const text = new EscapesText(here, isColourful(io.stdout, options, io));
    for await (const { path, records } of run.escapes()) {
      const lines = format === 'ndjson' ? records.map((record) => json(here, path, record)) : text.ofFile(path, records);
      if (lines.length > 0) await io.stdout.write(`${lines.join('\n')}\n`);
    }
    if (format === 'text') await io.stdout.write(`${text.summary()}\n`);
  } finally {
    await run.stop();
  }
  return 0;
}

/** What the compiler says, and nothing of what it costs: the record is held against `-m`. */
function json(here: string, path: string, record: EscapeRecord): string {
  const file = relativePath(here, path);
  if (record.kind === 'parameter') {
    const { function: _, ...said } = record;
    return JSON.stringify({ file, ...said });
  }
  const { cost, reason, callee, isHot, ...said } = record;
  const flow = record.flow.map(({ path: at, ...step }) => ({ file: relativePath(here, at), ...step }));
  return JSON.stringify({ file, ...said, flow });
}
