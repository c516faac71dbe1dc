/** What is fixed and killed: a module that is made up, each file of which is fixed, or a copy of a real one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FILES = 200;
const FILES_OF_PACKAGE = 10;

export interface Subject {
  /** Texts by path within the module, with `/`: Go files, and what they need beside them. */
  readonly files: ReadonlyMap<string, string>;
  /** As `--fix` and `--rules` take them. */
  readonly tier: 'safe' | 'suggestion';
  readonly rules: string;
}

/** 200 files in packages of ten, with two fixes in each. */
export function madeUp(): Subject {
  const sources = Array.from({ length: FILES }, (_, i) => [`p${Math.floor(i / FILES_OF_PACKAGE)}/f${i}.go`, sourceOf(i)] as const);
  return { files: new Map([['go.mod', 'module kills\n\ngo 1.26\n'], ...sources]), tier: 'safe', rules: 'slice-growth' };
}

/** The Go and module files below a folder. */
export function copyOf(folder: string, rules: string): Subject {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.go$|(^|\/)go\.(mod|work)$/.test(name));
  return { files: new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')])), tier: 'suggestion', rules };
}

/** The files under test and what each may hold. */
export class Module {
  private readonly fixed = new Map<string, string>();

  constructor(
    readonly folder: string,
    readonly subject: Subject,
  ) {
    for (const name of subject.files.keys()) mkdirSync(dirname(join(folder, name)), { recursive: true });
    this.restore();
  }

  /** Absolute paths of the folders in which something is fixed, or of all as long as that is unknown. */
  get directories(): readonly string[] {
    const names = this.fixed.size > 0 ? this.fixed.keys() : this.subject.files.keys();
    return [...new Set([...names].map((name) => dirname(join(this.folder, name))))];
  }

  restore(): void {
    for (const [name, text] of this.subject.files) writeFileSync(join(this.folder, name), text);
  }

  /** Takes what is there for what the fix makes; answers how many files that changes. Throws when it changes none. */
  learn(): number {
    for (const [name, text] of this.subject.files) {
      const now = this.read(name);
      if (now !== text) this.fixed.set(name, now);
    }
    if (this.fixed.size === 0) throw new Error('no file was fixed');
    return this.fixed.size;
  }

  /** Of each file, also of those that no fix changes. */
  states(): readonly ('old' | 'new' | 'broken')[] {
    return [...this.subject.files].map(([name, text]) => {
      const now = this.read(name);
      return now === text ? 'old' : now === this.fixed.get(name) ? 'new' : 'broken';
    });
  }

  /** Names of temporary files. */
  temporaries(): readonly string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
  }

  private read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }
}

/** Two fixes that want one import, and enough text that writing it takes a while. */
function sourceOf(i: number): string {
  const functions = [0, 1].map((j) =>
    [
      `func lengths${i}x${j}(words []string) []int {`,
      '\tvar ls []int',
      '\tfor _, w := range words {',
      '\t\tls = append(ls, len(w))',
      '\t}',
      '\treturn ls',
      '}',
    ].join('\n'),
  );
  const table = Array.from({ length: 12 }, (_, line) => `\t"entry ${i} ${line} of a table that makes the file as long as files are",`);
  return `package p\n\n${functions.join('\n\n')}\n\nvar table${i} = []string{\n${table.join('\n')}\n}\n`;
}
