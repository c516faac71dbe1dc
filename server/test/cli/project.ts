/** Small Go modules in temporary folders. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { type Io, main, type Sink } from '../../src/cli/index.ts';

export interface Project {
  readonly directory: string;
  write(file: string, text: string | Uint8Array): void;
  read(file: string): string;
  dispose(): void;
}

/** One hint with a safe fix (line 5) and nothing else. */
export const GROWTH = `package p

func lengths(words []string) []int {
	ls := []int{}
	for _, w := range words {
		ls = append(ls, len(w)*2)
	}
	return ls
}
`;

/** What the safe fix makes of `GROWTH`. */
export const GROWTH_FIXED = GROWTH.replace('[]int{}', 'make([]int, 0, len(words))');

/** Nothing to find. */
export const CLEAN = 'package p\n\nfunc one() int { return 1 }\n';

/** Answers what keeps projects until the tests of the file have run. */
export function untilAllHaveRun(): <Kept extends Project>(project: Kept) => Kept {
  const kept: Project[] = [];
  afterAll(() => {
    for (const project of kept) project.dispose();
  });
  return (project) => {
    kept.push(project);
    return project;
  };
}

/** A module with these files; go.mod is there already. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): Project {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'escapement-project-')));
  const write = (file: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(directory, file)), { recursive: true });
    writeFileSync(join(directory, file), text);
  };
  write('go.mod', 'module p\n\ngo 1.26\n');
  for (const [file, text] of Object.entries(files)) write(file, text);
  return {
    directory,
    write,
    read: (file) => readFileSync(join(directory, file), 'utf8'),
    dispose: () => rmSync(directory, { recursive: true, force: true }),
  };
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in a directory, as the process would, without one. */
export async function runMain(cwd: string, args: readonly string[]): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof output): Sink => ({
    isTerminal: false,
    isGone: false,
    write: async (text) => {
      output[name] += text;
    },
  });
  const io: Io = {
    cwd,
    env: process.env,
    version: '1.2.3',
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    onSignal: () => {},
    readStdin: async () => new Uint8Array(),
    serve: async () => 0,
  };
  return { code: await main(args, io), ...output };
}
