/**
 * vendor/modules.txt: which module each vendored package came from and in which language version it is read. Written by
 * the go command alone, so its three line forms are all there is (cmd/go, "vendoring").
 */
import type { GoMinor } from '../shapes.ts';
import { parseGoVersion } from './version.ts';

export interface VendoredModule {
  readonly path: string;
  /** Undefined when the module states none. */
  readonly go: GoMinor | undefined;
  /** Import paths of the packages that were copied. */
  readonly packages: readonly string[];
}

/** Never throws; lines of no known form are skipped. */
export function parseVendorModules(text: string): VendoredModule[] {
  const modules: { path: string; go: GoMinor | undefined; packages: string[] }[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    const current = modules.at(-1);
    if (line.startsWith('## ')) {
      const stated = line
        .slice(3)
        .split(';')
        .map((part) => part.trim())
        .find((part) => part.startsWith('go '));
      if (current !== undefined && stated !== undefined) current.go = parseGoVersion(stated.slice(3));
    } else if (line.startsWith('# ')) {
      modules.push({ path: line.slice(2).split(' ')[0], go: undefined, packages: [] });
    } else if (line !== '' && !line.startsWith('#')) {
      current?.packages.push(line);
    }
  }
  return modules;
}
