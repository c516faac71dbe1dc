/** Escape analysis of literal Go texts, for the tests of this folder. */
import { LineTable } from '../../src/base/index.ts';
import { type EscapeSite, escapeOf, type PackageEscape } from '../../src/escape/index.ts';
import { type Package, type SourceFile, Workspace } from '../../src/model/index.ts';
import { loadTestFacts } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';

export interface Analysed {
  readonly file: SourceFile;
  readonly package: Package;
  readonly analysis: PackageEscape;
  readonly sites: readonly EscapeSite[];
}

/** Analyses a text as the only file of its package, in a module at the given version that may have others, by path in it. */
export function analysed(text: string, go = 26, others: Readonly<Record<string, string>> = {}): Analysed {
  const opened = unasked(text, go, others);
  return { ...opened, sites: opened.analysis.sites(opened.file) };
}

/** The same, with nothing asked about it yet. */
export function unasked(text: string, go = 26, others: Readonly<Record<string, string>> = {}): Omit<Analysed, 'sites'> {
  const beside = Object.fromEntries(Object.entries(others).map(([path, other]) => [`/m/${path}`, other]));
  const files = memoryFiles({ '/m/go.mod': `module example.com/m\n\ngo 1.${go}\n`, '/m/x.go': text, ...beside });
  const workspace = new Workspace(files, { goos: 'linux', goarch: 'amd64', tags: [], go: undefined }, loadTestFacts());
  const found = workspace.packageOf('/m/x.go');
  const file = found?.files[0];
  if (found === undefined || file === undefined) throw new Error('the text is no package');
  return { file, package: found, analysis: escapeOf(workspace, found) };
}

/** Line of a site, from 1. */
export function lineOf({ file }: Analysed, site: EscapeSite): number {
  return new LineTable(file.tree.source).lineOf(file.tree.start[site.node]) + 1;
}

/** Sites on the heap as `kind name certainty`, in source order. */
export function heapOf(text: string, go = 26): string[] {
  return analysed(text, go)
    .sites.filter((site) => site.gcSays === 'heap')
    .map(({ kind, name, certainty }) => [kind, name, certainty].filter((part) => part !== undefined).join(' '));
}
