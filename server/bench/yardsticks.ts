/**
 * The programs we are measured against, made ready once: the native tree-sitter binding (rebuilt where its published binary
 * does not load), ast-grep from npm, our own entries bundled as they ship.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';
import { PATTERNS } from './patterns.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const CACHE = join(ROOT, '.cache/bench');
const AST_GREP = '0.51.1';

export interface Yardsticks {
  readonly ours: string;
  /** Undefined, with the reason in `skipped`, where it cannot be had. */
  readonly native: string | undefined;
  readonly astGrep: readonly string[] | undefined;
  readonly gofmt: boolean;
  readonly skipped: readonly string[];
}

export async function prepareYardsticks(): Promise<Yardsticks> {
  await bundlePeers();
  const skipped: string[] = [];
  const native = isNativeReady() ? join(CACHE, 'native.js') : undefined;
  if (native === undefined) skipped.push('native tree-sitter: its binary does not load here and cannot be built (needs a C++ compiler)');
  const astGrep = astGrepCommand();
  if (astGrep === undefined) skipped.push(`ast-grep ${AST_GREP}: it cannot be fetched from npm`);
  const gofmt = spawnSync('gofmt', ['-l'], { input: 'package p\n' }).status === 0;
  if (!gofmt) skipped.push('gofmt: there is no Go toolchain');
  return { ours: join(CACHE, 'ours.js'), native, astGrep, gofmt, skipped };
}

/** Our entries as they would ship; `.cache/bench/NAME.js` for `peers/NAME.ts`. */
export async function bundlePeers(): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  await esbuild.build({
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    entryPoints: ['ours', 'native', 'edits'].map((name) => join(import.meta.dirname, `peers/${name}.ts`)),
    external: ['tree-sitter', 'tree-sitter-go'],
    minify: true,
    outdir: CACHE,
  });
}

function isNativeReady(): boolean {
  const loads = (): boolean => succeeds(process.execPath, ['-e', "require('tree-sitter'); require('tree-sitter-go')"]);
  if (loads()) return true;
  spawnSync('npm', ['rebuild', 'tree-sitter', 'tree-sitter-go', '--ignore-scripts=false'], {
    cwd: ROOT,
    env: { ...process.env, npm_config_build_from_source: 'true' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return loads();
}

function succeeds(command: string, args: readonly string[], code = 0): boolean {
  return spawnSync(command, args, { cwd: ROOT, stdio: 'ignore' }).status === code;
}

/** ast-grep with our patterns as its rules. Its own package only copies the platform's binary, so that one is called. */
function astGrepCommand(): readonly string[] | undefined {
  const suffix = process.platform === 'linux' ? '-gnu' : process.platform === 'win32' ? '-msvc' : '';
  const name = `@ast-grep/cli-${process.platform}-${process.arch}${suffix}`;
  const binary = join(CACHE, 'node_modules', name, process.platform === 'win32' ? 'ast-grep.exe' : 'ast-grep');
  if (!existsSync(binary)) {
    const args = ['install', '--prefix', CACHE, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${AST_GREP}`];
    spawnSync('npm', args, { stdio: 'ignore' });
  }
  if (!succeeds(binary, ['--version'])) return undefined;
  const rules = join(CACHE, 'rules.yml');
  writeFileSync(rules, PATTERNS.map(astGrepRule).join('---\n'));
  return [binary, 'scan', '--rule', rules, '--no-ignore', 'hidden', '--no-ignore', 'vcs', '--globs', '!**/testdata/**', '--json=stream'];
}

function astGrepRule({ name, rule }: (typeof PATTERNS)[number]): string {
  const lines = [
    `id: ${name.replaceAll(' ', '-')}`,
    'language: go',
    'severity: warning',
    'message: hit',
    'rule:',
    ...rule.map((line) => `  ${line}`),
  ];
  return `${lines.join('\n')}\n`;
}
