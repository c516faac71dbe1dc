/**
 * What the go command would take from its environment (go help environment): the process's variables, then the file that
 * `go env -w` writes, then defaults. Nothing is run to find out.
 */
import { joinPath } from '../../base/index.ts';
import type { Read } from './module-cache.ts';

export interface GoEnvironment {
  /** GOMODCACHE, absolute with `/`; undefined where there is none to read. */
  readonly moduleCache: string | undefined;
  /** What names the module cache: a variable, or `default`. */
  readonly moduleCacheFrom: 'GOMODCACHE' | 'GOPATH' | 'default';
  /** GOWORK: an absolute file with `/`, `off`, or undefined to look for one. */
  readonly work: string | undefined;
  /** `-mod` in GOFLAGS. */
  readonly mod: string | undefined;
}

/** The part of a process that the environment is read from. Directories as the system writes them. */
export interface ProcessEnvironment {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
}

const decoder = new TextDecoder();

export function goEnvironment({ variables, platform, home }: ProcessEnvironment, read: Read): GoEnvironment {
  const isWindows = platform === 'win32';
  const toPath = (text: string | undefined): string | undefined => absolute(text, isWindows);
  const file = fileVariables(
    toPath(variables.GOENV ?? joinText(configDirectory(variables, platform, home), 'go/env')),
    variables.GOENV,
    read,
  );
  const setting = (name: string): string | undefined => variables[name] || file.get(name);
  const stated = toPath(setting('GOMODCACHE'));
  const goPath = toPath(setting('GOPATH')?.split(isWindows ? ';' : ':')[0]);
  const base = goPath ?? toPath(joinText(home, 'go'));
  const work = setting('GOWORK');
  return {
    moduleCache: stated ?? (base && joinPath(base, 'pkg/mod')),
    moduleCacheFrom: stated !== undefined ? 'GOMODCACHE' : goPath !== undefined ? 'GOPATH' : 'default',
    work: work === 'off' ? work : toPath(work),
    mod: /(?:^|\s)--?mod=(\w+)/.exec(setting('GOFLAGS') ?? '')?.[1],
  };
}

/** os.UserConfigDir of Go. */
function configDirectory(variables: ProcessEnvironment['variables'], platform: string, home: string): string | undefined {
  if (platform === 'win32') return variables.APPDATA;
  if (platform === 'darwin') return joinText(home, 'Library/Application Support');
  return variables.XDG_CONFIG_HOME || joinText(home, '.config');
}

/** Lines `NAME=value`; `GOENV=off` means none. */
function fileVariables(path: string | undefined, goEnv: string | undefined, read: Read): ReadonlyMap<string, string> {
  const bytes = path === undefined || goEnv === 'off' ? undefined : read(path);
  const lines = bytes === undefined ? [] : decoder.decode(bytes).split('\n');
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const match = /^(\w+)=(.*?)\r?$/.exec(line);
      return match === null ? [] : [[match[1], match[2]]];
    }),
  );
}

function joinText(base: string | undefined, part: string): string | undefined {
  return base === undefined || base === '' ? undefined : `${base}/${part}`;
}

/** With `/`; undefined for what is not absolute, as the go command refuses it. */
function absolute(text: string | undefined, isWindows: boolean): string | undefined {
  if (text === undefined) return undefined;
  const path = isWindows ? text.replaceAll('\\', '/') : text;
  return path.startsWith('/') || /^[A-Za-z]:\//.test(path) ? joinPath('/', path) : undefined;
}
