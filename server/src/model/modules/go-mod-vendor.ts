/**
 * vendor/modules.txt: which module each vendored package came from and in which language version it is read. Written by
 * the go command alone, so its few line forms are all there is (cmd/go, "vendoring").
 */
import type { GoMinor } from '../shapes.ts';
import type { ModuleVersion, Replacement } from './go-mod.ts';
import { parseGoVersion } from './version.ts';

export interface VendoredModule {
  readonly path: string;
  /** Undefined where a replacement of all versions is stated. */
  readonly version: string | undefined;
  /** What replaces it, as go.mod has it: a directory, or a module with its version. */
  readonly replacement: string | undefined;
  /** Whether go.mod requires it. */
  readonly isExplicit: boolean;
  /** Undefined when the module states none. */
  readonly go: GoMinor | undefined;
  /** Import paths of the packages that were copied. */
  readonly packages: readonly string[];
}

/** Never throws; lines of no known form are skipped. */
export function parseVendorModules(text: string): VendoredModule[] {
  const modules: Stated[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const current = modules.at(-1);
    if (line.startsWith('## ') && current !== undefined) {
      const stated = line
        .slice(3)
        .split(';')
        .map((part) => part.trim());
      current.isExplicit ||= stated.includes('explicit');
      current.go = parseGoVersion(stated.find((part) => part.startsWith('go '))?.slice(3) ?? '') ?? current.go;
    } else if (line.startsWith('# ')) {
      modules.push(moduleLine(line.slice(2)));
    } else if (line !== '' && !line.startsWith('#')) {
      current?.packages.push(line);
    }
  }
  return modules;
}

/** A module while its lines are read. */
interface Stated extends VendoredModule {
  isExplicit: boolean;
  go: GoMinor | undefined;
  readonly packages: string[];
}

/** `path version`, `path version => path version`, `path version => directory`, or `path => …`. */
function moduleLine(text: string): Stated {
  const [before, replacement] = text.split(' => ');
  const [path, version] = before.trim().split(' ');
  return { path, version, replacement: replacement?.trim(), isExplicit: false, go: undefined, packages: [] };
}

/** Whether a vendor directory is what go.mod says, as the go command asks before it uses one (cmd/go, `checkVendorConsistency`). */
export function isConsistent(
  vendored: readonly VendoredModule[],
  requires: readonly ModuleVersion[],
  replaces: readonly Replacement[],
): boolean {
  const byPath = new Map(vendored.filter(({ version }) => version !== undefined).map((module) => [module.path, module]));
  const required = new Set(requires.map(({ path, version }) => `${path} ${version}`));
  const isStated = requires.every(({ path, version }) => byPath.get(path)?.version === version && byPath.get(path)?.isExplicit === true);
  const isRequired = vendored.every(
    ({ path, version, isExplicit }) => !isExplicit || version === undefined || required.has(`${path} ${version}`),
  );
  return isStated && isRequired && [...byPath.values()].every((module) => module.replacement === replacementText(module, replaces));
}

function replacementText({ path, version }: VendoredModule, replaces: readonly Replacement[]): string | undefined {
  const found = replacementOf(path, version ?? '', replaces);
  return found && [found.target, ...(found.targetVersion === undefined ? [] : [found.targetVersion])].join(' ');
}

/** A replacement of one version goes before one of all. */
export function replacementOf<R extends Replacement>(path: string, version: string, replaces: readonly R[]): R | undefined {
  const ofPath = replaces.filter((replacement) => replacement.path === path);
  return ofPath.find((replacement) => replacement.version === version) ?? ofPath.find((replacement) => replacement.version === undefined);
}
