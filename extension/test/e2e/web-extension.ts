/**
 * The extension as a browser gets it, and nothing else: a VSIX of what ships, less the desktop's entry and bundles, so that
 * nothing but the web pair can be what a test sees at work.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** Packs it into a .vsix in a new folder under the system's temporary one; `npm run package` must have built what ships. */
export function packWebExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-web-'));
  const shipped = vsce(ROOT, 'ls').trim().split('\n');
  for (const path of shipped) cpSync(join(ROOT, path), join(folder, path));
  cpSync(join(ROOT, '.vscodeignore'), join(folder, '.vscodeignore'));
  for (const name of readdirSync(join(folder, 'dist'))) if (name.endsWith('.js')) rmSync(join(folder, 'dist', name));
  const { main: _, bin: __, scripts: ___, ...manifest } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const packed = join(folder, 'escapement-web.vsix');
  vsce(folder, 'package', '--out', packed);
  return packed;
}

/** What it prints. */
function vsce(cwd: string, ...command: readonly string[]): string {
  const script = join(ROOT, 'node_modules/@vscode/vsce/vsce');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...command, '--no-dependencies'], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`vsce failed: ${stdout}${stderr}`);
  return stdout;
}
