/** Has the Go compiler say what it thinks of a folder's packages, in text and in logs, with absolute paths. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joinPath } from '../../server/src/base/index.ts';
import { type CompilerMessage, type OptimizationLog, readCompilerMessages, readOptimizationLog } from '../../server/src/escape/index.ts';
import { go } from './go.ts';

export interface CompilerOutput {
  readonly messages: readonly CompilerMessage[];
  readonly logs: readonly OptimizationLog[];
}

/** Throws when the packages do not build, or when their logs cannot be read. */
export function compile(folder: string, patterns: readonly string[]): CompilerOutput {
  const packages = go(['list', '-f', '{{if .GoFiles}}{{.ImportPath}}{{end}}', ...patterns], folder)
    .stdout.split('\n')
    .filter((path) => path !== '');
  const logs = mkdtempSync(join(tmpdir(), 'escapement-oracle-'));
  try {
    // A folder of logs per package: the compiler calls every command `main`, and would write one over the other.
    const flags = packages.map((path, i) => `-gcflags=${path}=-m -json=0,${join(logs, String(i))}`);
    const { stderr } = go(['build', '-o', '/dev/null', ...flags, ...patterns], folder);
    const messages = readCompilerMessages(stderr).map((message) => ({ ...message, place: absolute(folder, message) }));
    return { messages, logs: packages.flatMap((_, i) => readLogs(join(logs, String(i)))) };
  } finally {
    rmSync(logs, { recursive: true, force: true });
  }
}

function absolute(folder: string, { place }: CompilerMessage): CompilerMessage['place'] {
  return { ...place, path: joinPath(folder, place.path) };
}

function readLogs(folder: string): readonly OptimizationLog[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return names.map((name) => {
    const log = readOptimizationLog(readFileSync(join(folder, name), 'utf8'));
    if ('problem' in log) throw new Error(`${name}: ${log.problem}`);
    return log;
  });
}
