/** The hand-written parts of package.json: what they name is there, and what they need is in the package. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/distribution.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
}

interface Step {
  readonly id: string;
  readonly description: string;
  readonly media: { readonly image: string; readonly altText: string };
  readonly completionEvents: readonly string[];
}

const { contributes } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const commands: readonly Command[] = contributes.commands;
const steps: readonly Step[] = contributes.walkthroughs[0].steps;
const sources = readdirSync(join(ROOT, 'extension/src'))
  .map((name) => readFileSync(join(ROOT, 'extension/src', name), 'utf8'))
  .join('\n');
/** Commands that the language client registers, because the server says that it runs them. */
const served = readFileSync(join(ROOT, 'server/src/lsp/handlers/initialize.ts'), 'utf8');
const protocol = readFileSync(join(ROOT, 'server/src/lsp/protocol.ts'), 'utf8');

describe('commands', () => {
  it.each(commands.map(({ command, ...rest }) => [command, rest] as const))('%s has a category, a title and code', (command, rest) => {
    expect(rest.category).toBe('Escapement');
    expect(rest.title).toMatch(/^[A-Z]/);
    const constant = new RegExp(`export const (\\w+) = '${command}'`).exec(protocol)?.[1];
    const isServed = constant !== undefined && new RegExp(`commands: \\[[^\\]]*\\b${constant}\\b`).test(served);
    if (!isServed) expect(sources).toMatch(new RegExp(`'${command}'|registerCommand\\(${constant ?? 'none'},`));
  });
});

describe('walkthrough', () => {
  it('goes from a finding over its fix and the memory to CI', () => {
    expect(steps.map(({ id }) => id)).toEqual(['see', 'fix', 'memory', 'ci']);
  });

  it.each(steps.map((step) => [step.id, step] as const))(
    '%s runs a command that there is, and is done by it',
    (_, { description, completionEvents }) => {
      const run = [...description.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, command]) => command);
      expect(run).toHaveLength(1);
      expect(commands.map(({ command }) => command)).toContain(run[0]);
      expect(completionEvents).toContain(`onCommand:${run[0]}`);
    },
  );

  it.each(steps.map((step) => [step.id, step.media] as const))('%s has a picture', (_, { image, altText }) => {
    expect(existsSync(join(ROOT, image))).toBe(true);
    expect(altText.length).toBeGreaterThan(20);
  });
});

describe('the package', () => {
  const packed = execFileSync(join(ROOT, 'node_modules/.bin/vsce'), ['ls', '--no-dependencies'], { cwd: ROOT, encoding: 'utf8' }).split(
    '\n',
  );

  it('holds what the manifest and the walkthrough need', () => {
    expect(packed).toEqual(
      expect.arrayContaining(['package.json', 'README.md', 'extension/media/example.go', ...steps.map(({ media }) => media.image)]),
    );
  });

  it('holds nothing of tests, sources and scripts', () => {
    expect(packed.filter((path) => /\.ts$|(^|\/)test|^scripts|^server|^node_modules/.test(path))).toEqual([]);
  });

  it('has pictures in its README that are there', () => {
    const pictures = [...readFileSync(join(ROOT, 'README.md'), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    expect(pictures.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});
