/** `review` on a terminal, which the command script of Linux makes without an add-on: what a user sees, above all with `--watch`, and how Ctrl-C ends it. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DISTRIBUTION } from '../support/distribution.ts';
import { CLEAN, GROWTH, makeProject, type Project } from './project.ts';

vi.setConfig({ testTimeout: 60_000 });

const hasTerminals = process.platform === 'linux' && spawnSync('script', ['-qec', 'true', '/dev/null'], { input: '' }).status === 0;
const WAITING = /Watching for changes since \d\d:\d\d:\d\d; Ctrl-C ends\.\r\n$/;
const CLEAR = '\u001b[H\u001b[2J';

const running: { readonly child: ChildProcess; readonly project: Project }[] = [];

afterEach(() => {
  for (const { child, project } of running.splice(0)) {
    child.kill('SIGKILL');
    project.dispose();
  }
});

class Terminal {
  readonly project = makeProject({ 'a.go': GROWTH });
  readonly ended: Promise<number | null>;
  /** What came since it was last cut off. */
  shown = '';
  private readonly child: ChildProcess;

  constructor(env: Readonly<Record<string, string>> = {}, args = '--watch', files: Readonly<Record<string, string>> = {}) {
    for (const [name, text] of Object.entries(files)) this.project.write(name, text);
    const { NO_COLOR: _, FORCE_COLOR: __, ...inherited } = process.env;
    const command = `'${process.execPath}' '${join(DISTRIBUTION, 'escapement.js')}' review ${args} --color never`;
    this.child = spawn('script', ['-qefc', command, '/dev/null'], {
      cwd: this.project.directory,
      env: { ...inherited, TERM: 'xterm', SHELL: '/bin/sh', ...env },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.shown += text;
    });
    this.ended = new Promise((resolve) => this.child.on('close', resolve));
    running.push({ child: this.child, project: this.project });
  }

  /** Resolves with what is shown once it ends so. */
  async until(end: RegExp): Promise<string> {
    await expect.poll(() => this.shown, { timeout: 30_000, interval: 20 }).toMatch(end);
    const text = this.shown;
    this.shown = '';
    return text;
  }

  press(keys: string): void {
    this.child.stdin?.write(keys);
  }
}

describe.skipIf(!hasTerminals)('--watch on a terminal (skipped where script makes none)', () => {
  it('replaces a report by the next when that is there, and leaves alone what was on the screen before', async () => {
    const terminal = new Terminal();
    const first = await terminal.until(WAITING);
    expect(first).toContain('a.go:6:3: hint:');
    expect(first).not.toContain(CLEAR);
    terminal.project.write('a.go', CLEAN);
    const second = await terminal.until(WAITING);
    expect(second.split(CLEAR)).toHaveLength(2);
    expect(second.split(CLEAR)[1]).toMatch(/^No findings in 1 file\r\nWatching/);
    expect(`${first}${second}`).not.toContain('\u001b[3J');
  });

  it('ends by Ctrl-C with its code, on a line of its own', async () => {
    const terminal = new Terminal();
    await terminal.until(WAITING);
    terminal.press('\u0003');
    expect(await terminal.ended).toBe(130);
    expect(terminal.shown).toBe('^C\r\n');
  });

  it('tells an error in the configuration below the report, and goes on', async () => {
    const terminal = new Terminal();
    await terminal.until(WAITING);
    terminal.project.write('.escapement.yml', 'version: 1\nrules: { enabel: [] }\n');
    const told = await terminal.until(WAITING);
    expect(told).toMatch(/^escapement: \.escapement\.yml:2:\d+: .*\r\nWatching/);
    terminal.project.write('.escapement.yml', 'version: 1\nrules: { disable: [slice-growth] }\n');
    expect(await terminal.until(WAITING)).toContain(`${CLEAR}No findings in 1 file\r\n`);
  });

  it('clears nothing where the terminal cannot', async () => {
    const terminal = new Terminal({ TERM: 'dumb' });
    await terminal.until(WAITING);
    terminal.project.write('a.go', CLEAN);
    expect(await terminal.until(WAITING)).not.toContain(CLEAR);
  });
});

describe.skipIf(!hasTerminals)('progress on a terminal (skipped where script makes none)', () => {
  const files = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`p${i}/a.go`, GROWTH.replace('package p', `package p${i}`)]));

  it('shows how far it is, is taken away, and needs nothing put right when it is ended in the middle', async () => {
    const terminal = new Terminal({}, '', files);
    const text = await terminal.until(/\d+ of 301 files/);
    terminal.press('\u0003');
    await terminal.ended;
    expect(`${text}${terminal.shown}`).not.toContain('\u001b[?');
    const whole = new Terminal({}, '-q', files);
    expect(await whole.ended).toBe(0);
    expect(whole.shown).not.toContain('reviewing');
    const shown = new Terminal({}, '--format json:out.json', files);
    expect(await shown.ended).toBe(0);
    expect(shown.shown).toMatch(/reviewing .* of 301 files[^\n]*\u001b\[2K$/);
  });
});
