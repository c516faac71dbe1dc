/**
 * What tests of editors over stdio share: a copy of the workspace, an `escapement` on the PATH whose life is on record, and the
 * configuration that docs/editors.md tells users to write, taken from there word by word.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { poll } from './poll.ts';
import { ProcessGroup } from './process-group.ts';

const ROOT = join(import.meta.dirname, '../../..');

export interface Run {
  /** What the editor printed. */
  readonly log: string;
  /** The code with which the server ended itself; undefined when it was killed. */
  readonly serverExit: number | undefined;
}

/** One editor's home and workspace. */
export class StdioEditor {
  readonly workspace: string;
  private readonly folder = mkdtempSync(join(tmpdir(), 'escapement-editor-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.workspace = join(this.folder, 'workspace');
    cpSync(join(ROOT, 'test-fixtures/workspaces/editors'), this.workspace, { recursive: true });
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.workspace, name), text);
    mkdirSync(join(this.folder, 'bin'));
    const command = join(this.folder, 'bin/escapement');
    const witness = join(this.folder, 'witness.cjs');
    writeFileSync(witness, `process.on('exit', (code) => require('fs').writeFileSync(${JSON.stringify(this.exitFile)}, String(code)));`);
    writeFileSync(
      command,
      `#!/bin/sh\necho $$ >'${this.pidFile}'\nexec '${process.execPath}' -r '${witness}' '${join(ROOT, 'dist/escapement.js')}' "$@"\n`,
    );
    chmodSync(command, 0o755);
  }

  pathOf(file: string): string {
    return join(this.workspace, file);
  }

  text(file: string): string {
    return readFileSync(this.pathOf(file), 'utf8');
  }

  /**
   * Starts the editor with the plan in `$E2E_PLAN`, and waits for its end. Rejects unless the editor ends with 0, and when the server
   * outlives it by five seconds.
   */
  async run(command: string, args: readonly string[], plan: Readonly<Record<string, unknown>>): Promise<Run> {
    rmSync(this.exitFile, { force: true });
    const editor = new ProcessGroup(command, args, { cwd: this.workspace, env: this.environment(plan) });
    const code = await editor.exited;
    if (code !== 0) throw new Error(`${command} ended with ${code}:\n${editor.log}`);
    const server = Number(readFileSync(this.pidFile, 'utf8'));
    await poll(`the server ends with ${command}`, () => !isAlive(server), 5000);
    return { log: editor.log, serverExit: existsSync(this.exitFile) ? Number(readFileSync(this.exitFile, 'utf8')) : undefined };
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get exitFile(): string {
    return join(this.folder, 'server-exit');
  }

  private get pidFile(): string {
    return join(this.folder, 'server-pid');
  }

  private environment(plan: Readonly<Record<string, unknown>>): NodeJS.ProcessEnv {
    const home = { HOME: this.folder, XDG_CONFIG_HOME: this.folder, XDG_DATA_HOME: this.folder, XDG_STATE_HOME: this.folder };
    return { ...process.env, ...home, PATH: `${join(this.folder, 'bin')}:${process.env.PATH}`, E2E_PLAN: JSON.stringify(plan) };
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The first code block under a heading of docs/editors.md. */
export function documentedSnippet(heading: string, language: string): string {
  const page = readFileSync(join(ROOT, 'docs/editors.md'), 'utf8');
  const section = page.split(/^(?=##)/m).find((part) => part.startsWith(`${heading}\n`));
  const block = section?.split(`\`\`\`${language}\n`).at(1)?.split('```').at(0);
  if (block === undefined) throw new Error(`docs/editors.md has no ${language} under "${heading}"`);
  return block;
}

/** The last line of a log that is a JSON object: what the editor's script saw. */
export function seenIn(log: string): Readonly<Record<string, unknown>> {
  const line = log
    .split('\n')
    .filter((each) => each.startsWith('{'))
    .at(-1);
  if (line === undefined) throw new Error(`the editor reports nothing:\n${log}`);
  return JSON.parse(line);
}
