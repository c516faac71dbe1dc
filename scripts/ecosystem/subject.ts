/** A writable copy of what is proved: a pinned module, or the library of the installed toolchain inside a whole copy of it. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { type Place, run } from './commands.ts';
import type { ModulePin } from './go-modules.ts';

export interface Subject extends Place {
  readonly path: string;
  /** Of the module, or of Go for the library. */
  readonly version: string;
  /** What the go command calls all of its packages. */
  readonly pattern: string;
}

/** One target without cgo and without a workspace, whatever the machine's own settings are. */
export const ENVIRONMENT: NodeJS.ProcessEnv = {
  ...process.env,
  CGO_ENABLED: '0',
  GOWORK: 'off',
  GOEXPERIMENT: '',
  GOFLAGS: '-mod=mod -buildvcs=false',
  ESCAPEMENT_CACHE: 'off',
};

const LIBRARY = 'std';

/**
 * Calls `use` with a copy in `root`, made anew, and removes it afterwards. The same root each time lets the go command find
 * what it compiled before, since it tells modules outside its cache apart by their folder. Rejects when the module cannot be
 * downloaded.
 */
export async function withSubject<T>(pin: ModulePin, root: string, use: (subject: Subject) => Promise<T>): Promise<T> {
  rmSync(root, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  process.on('exit', remove);
  try {
    const real = realpathSync(root);
    return await use(pin.path === LIBRARY ? await libraryIn(real) : await moduleIn(real, pin));
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function moduleIn(root: string, { path, version }: ModulePin): Promise<Subject> {
  const source = await goJson(['mod', 'download', '-json', `${path}@${version}`], 'Dir');
  const folder = join(root, 'module');
  await copy(source, folder);
  return { path, version, folder, environment: ENVIRONMENT, pattern: './...' };
}

async function libraryIn(root: string): Promise<Subject> {
  const installed = await goJson(['env', '-json', 'GOROOT'], 'GOROOT');
  const version = await goJson(['env', '-json', 'GOVERSION'], 'GOVERSION');
  const goRoot = join(root, 'go');
  await copy(installed, goRoot);
  const environment = {
    ...ENVIRONMENT,
    GOROOT: goRoot,
    GOFLAGS: '-buildvcs=false',
    GOTOOLCHAIN: 'local',
    PATH: `${join(goRoot, 'bin')}${delimiter}${process.env.PATH}`,
  };
  return { path: LIBRARY, version, folder: join(goRoot, 'src'), environment, pattern: LIBRARY };
}

async function copy(from: string, to: string): Promise<void> {
  cpSync(realpathSync(from), to, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'u+w', to], { folder: tmpdir(), environment: process.env });
}

async function goJson(args: readonly string[], field: string): Promise<string> {
  const { stdout, stderr } = await run('go', args, { folder: tmpdir(), environment: ENVIRONMENT });
  const value: unknown = JSON.parse(stdout || '{}')[field];
  if (typeof value !== 'string' || value === '') throw new Error(`go ${args.join(' ')}: ${JSON.parse(stdout || '{}').Error ?? stderr}`);
  return value;
}

/** Texts by name relative to the folder, with `/`. */
export type Texts = ReadonlyMap<string, Buffer>;

/** All Go files. */
export function sourcesOf({ folder }: Place): Texts {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.go'))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(names.sort().map((name) => [name.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(name)]));
}

/** Those of `after` that `before` has otherwise. */
export function changedTexts(before: Texts, after: Texts): Texts {
  return new Map([...after].filter(([name, text]) => before.get(name)?.equals(text) !== true));
}

export function writeTexts({ folder }: Pick<Place, 'folder'>, texts: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, text] of texts) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Calls `use` with a folder in which the named files lie as they are in `texts`. */
export async function withTexts<T>(texts: Texts, names: readonly string[], use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'escapement-texts-'));
  try {
    writeTexts({ folder }, new Map(names.map((name) => [name, texts.get(name) ?? Buffer.alloc(0)])));
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
