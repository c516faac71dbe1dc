/** `escapes`: every allocation site and parameter with its verdict and the way it takes, as text to read or NDJSON to judge. */
import { relativePath } from '../base/index.ts';
import { forTerminal } from '../report/index.ts';
import type { EscapeRecord, PlacedStep, SiteRecord } from '../review/index.ts';
import { type Io, UsageError } from './io.ts';
import { type RawReviewOptions, readReviewOptions } from './options.ts';
import { absolutePath } from './paths.ts';
import { makePlan } from './plan.ts';
import { ReviewRun } from './review-run.ts';

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
    for await (const { path, records } of run.escapes()) {
      const lines = records.flatMap((record) => (format === 'ndjson' ? json(here, path, record) : text(here, path, record)));
      if (lines.length > 0) await io.stdout.write(`${lines.join('\n')}\n`);
    }
  } finally {
    await run.stop();
  }
  return 0;
}

function json(here: string, path: string, record: EscapeRecord): string {
  const file = relativePath(here, path);
  if (record.kind === 'parameter') return JSON.stringify({ file, ...record });
  const flow = record.flow.map(({ path: at, ...step }) => ({ file: relativePath(here, at), ...step }));
  return JSON.stringify({ file, ...record, flow });
}

/** What stays on the stack, and parameters that stay where they are, are what nobody asks about. */
function text(here: string, path: string, record: EscapeRecord): string[] {
  const at = `${relativePath(here, path)}:${record.line}:${record.column}`;
  if (record.kind === 'parameter')
    return record.leak === 'none' ? [] : [forTerminal(`${at}: parameter ${record.name}: ${LEAKS[record.leak]}`)];
  if (record.verdict === 'stack') return [];
  return [
    forTerminal(`${at}: ${subject(record)}${CERTAINTY[record.certainty]}`),
    ...record.flow.map((step) => forTerminal(stepLine(here, step))),
  ];
}

function subject({ kind, name }: SiteRecord): string {
  return kind === 'moved' ? `${name} is moved to the heap` : `${kind} is on the heap`;
}

function stepLine(here: string, { path, line, column, note }: PlacedStep): string {
  return `    ${relativePath(here, path)}:${line}:${column}: ${note}`;
}

const CERTAINTY: Readonly<Record<SiteRecord['certainty'], string>> = {
  certain: '',
  likely: ' (likely: something on its way is out of view)',
  possible: ' (possible: something on its way is out of view)',
};

const LEAKS = {
  content: 'what it points at is kept on the heap',
  heap: 'is kept on the heap',
  result: 'is given back as a result',
} as const;
