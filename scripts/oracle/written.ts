/** What is written in the judged files, by go/types, to be asked by the compiler's positions. */
import { type CompilerPlace, placeKey, type SiteKind } from '../../server/src/escape/index.ts';
import { goSource } from './go.ts';

interface Placed {
  readonly line: number;
  readonly column: number;
}

/** A function, method or group of package variables, from its first to its last line. */
export interface Declaration extends Placed {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  readonly generic: boolean;
}

export interface Variable extends Placed {
  readonly name: string;
  readonly isParameter: boolean;
}

/** A place that may allocate; what `form` means `scripts/go-source/sites.go` says. */
export interface WrittenSite extends Placed {
  readonly kind: SiteKind;
  readonly form: string;
  readonly captures: boolean;
}

export interface WrittenFile {
  readonly path: string;
  readonly lines: number;
  readonly generated: boolean;
  readonly declarations: readonly Declaration[];
  readonly variables: readonly Variable[];
  readonly sites: readonly WrittenSite[];
}

export class Written {
  readonly files: ReadonlyMap<string, WrittenFile>;
  private readonly sites = new Map<string, WrittenSite[]>();
  private readonly variables = new Map<string, Variable[]>();

  constructor(files: readonly WrittenFile[]) {
    this.files = new Map(files.map((file) => [file.path, file]));
    for (const { path, sites, variables } of files) {
      for (const site of sites) push(this.sites, keyOf(path, site), site);
      for (const variable of variables) push(this.variables, keyOf(path, variable), variable);
    }
  }

  sitesAt(place: CompilerPlace): readonly WrittenSite[] {
    return this.sites.get(placeKey(place)) ?? [];
  }

  variablesAt(place: CompilerPlace): readonly Variable[] {
    return this.variables.get(placeKey(place)) ?? [];
  }

  declarationAround({ path, line }: CompilerPlace): Declaration | undefined {
    return this.files.get(path)?.declarations.find(({ first, last }) => first <= line && line <= last);
  }
}

/** Reads the packages that patterns of the go command name. */
export function readWritten(folder: string, patterns: readonly string[]): Written {
  return new Written(goSource('sites', folder, patterns).map((line): WrittenFile => JSON.parse(line)));
}

function keyOf(path: string, { line, column }: Placed): string {
  return placeKey({ path, line, column: column >= 255 ? 0 : column });
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, [value]);
  else there.push(value);
}
