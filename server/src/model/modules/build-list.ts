/**
 * Which version of each module a build takes: the newest that anything in the module graph asks for (go.dev/ref/mod, "minimal
 * version selection"). Of a module at Go 1.17 or later only its own requirements count, because they name all that it needs
 * ("module graph pruning"; cmd/go/internal/modload, `readModGraph`).
 */
import { Since } from '../language.ts';
import type { GoMod, ModuleVersion } from './go-mod.ts';
import { compareVersions } from './semver.ts';

export interface RequiredModule {
  readonly module: ModuleVersion;
  /** Whether what it requires counts all the way down, because the module that requires it does not name everything. */
  readonly isWhole: boolean;
}

/** What a build list is made from. */
export interface ModuleGraph {
  /** What the main modules require. */
  readonly roots: readonly RequiredModule[];
  isExcluded(module: ModuleVersion): boolean;
  /** The go.mod that holds for a module, replacements considered; undefined when it is not at hand. */
  goModOf(module: ModuleVersion): GoMod | undefined;
}

export function isPruned({ go }: GoMod): boolean {
  return go !== undefined && go >= Since.pruning;
}

/** Newest required version by module path. Requirements of modules that are not at hand are not known, and so not among them. */
export function buildList(graph: ModuleGraph): ReadonlyMap<string, string> {
  const selected = new Map<string, string>();
  const read = new Set<string>();
  const pending = [...graph.roots];
  for (const { module } of graph.roots) select(selected, module.path, module.version);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { module, isWhole } = next;
    const key = `${module.path}@${module.version} ${isWhole}`;
    if (read.has(key)) continue;
    read.add(key);
    const file = graph.goModOf(module);
    if (file === undefined) continue;
    const goesOn = isWhole || !isPruned(file);
    for (const required of file.requires) {
      if (graph.isExcluded(required)) continue;
      select(selected, required.path, required.version);
      if (goesOn) pending.push({ module: required, isWhole: true });
    }
  }
  return selected;
}

function select(selected: Map<string, string>, path: string, version: string): void {
  const known = selected.get(path);
  if (known === undefined || compareVersions(known, version) < 0) selected.set(path, version);
}
