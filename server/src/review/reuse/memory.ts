/**
 * What rules said of a file while it is typed into. Most keys change one body; what was found in other functions stands, moved by
 * as much as they were, unless they rest on that body. What stands is what a review of the new text alone would find: where
 * that is not sure, all is looked for anew.
 */
import type { SourceFile } from '../../model/index.ts';
import type { Rule } from '../../rules/index.ts';
import { type BodyMatch, matchBodies, type Node, type Tree } from '../../syntax/index.ts';
import type { ActiveRule } from '../dispatch.ts';
import type { RuleReport, RunResult, Standing, StandingDeclarations } from '../runner.ts';
import { type Body, type ChangedBody, type Dependents, declaredIn, PackageNames, UNSAFE } from './dependents.ts';
import { type Move, moveBy, movedReport } from './moved.ts';

/** A file as it is reviewed, with what the findings in it rest on. */
export interface Subject {
  readonly file: SourceFile;
  /** Of its package, itself included. */
  readonly files: readonly SourceFile[];
  /** The same object as long as nothing changed but files of the package. */
  readonly lineage: object;
  readonly active: readonly ActiveRule[];
  /** Keys of functions of the package that never return. */
  readonly endless: ReadonlySet<string>;
}

interface Remembered extends Subject {
  /** As it was then: a file reads its text again, which is another one now. */
  readonly tree: Tree;
  readonly isSound: boolean;
  /** By row of the declaration in which they were made. */
  readonly reports: ReadonlyMap<Node, readonly RuleReport[]>;
  readonly beyond: RunResult['beyond'];
}

const NOTHING_STANDS: StandingDeclarations = new Map();

/** Of one file, because whoever types does so in one. */
export class ReviewMemory {
  /** The file. */
  path: string | undefined;
  private last: Remembered | undefined;
  private names: PackageNames | undefined;
  /** Whether a text was taken in of which no review is remembered, as when one is cancelled. */
  private areNamesAhead = false;

  /** The file whose text changed; undefined when something else did. */
  follow(path: string | undefined): void {
    if (path !== this.path) this.forget();
    this.path = path;
  }

  /** A review without faults. */
  remember(subject: Subject, { reports, beyond }: RunResult): void {
    const byRow = new Map<Node, RuleReport[]>();
    for (const report of reports) {
      const known = byRow.get(report.within);
      if (known === undefined) byRow.set(report.within, [report]);
      else known.push(report);
    }
    const { tree, problems } = subject.file;
    this.last = { ...subject, tree, isSound: problems.length === 0, reports: byRow, beyond };
    this.areNamesAhead = false;
  }

  private forget(): void {
    this.last = undefined;
    this.names = undefined;
  }

  /** What was found last and stands in this text. */
  standing(subject: Subject): StandingDeclarations {
    const { last } = this;
    const matches = last && isSuccessor(subject, last) ? matchBodies(last.tree, subject.file.tree) : undefined;
    if (last === undefined || matches === undefined) {
      this.forget();
      return NOTHING_STANDS;
    }
    if (this.areNamesAhead) this.names = undefined;
    this.names ??= new PackageNames(
      subject.files.map((file) => (file === subject.file ? { path: file.path, imports: file.imports, tree: last.tree } : file)),
    );
    this.areNamesAhead = true;
    const bodies = this.names.bodiesOf(subject.file.path);
    const { tree } = subject.file;
    const dependents = this.names.change(changedAmong(matches, bodies, last.tree, tree));
    const move = moveBy(matches);
    const standing = new Map<Node, Standing>();
    let at = 0;
    for (let [before, now] = [1, 1]; now < tree.length; before = last.tree.next[before], now = tree.next[now]) {
      const first = at;
      while (at < matches.length && matches[at].now < tree.next[now]) at++;
      const found = standingOf({ before, now, bodies: bodies.slice(first, at) }, last, dependents, move);
      if (found !== undefined) standing.set(now, found);
    }
    return standing;
  }
}

/** Whether the file's own text is all that changed. */
function isSuccessor({ file, files, lineage, active, endless }: Subject, last: Remembered): boolean {
  const endsSame = endless.size === last.endless.size && [...endless].every((key) => last.endless.has(key));
  const isSame = endsSame && lineage === last.lineage && active === last.active && files.length === last.files.length;
  return isSame && files.every((each, i) => each === last.files[i] || (each === file && isSoundAs(file, last)));
}

function isSoundAs({ path, go, problems }: SourceFile, { file, isSound }: Remembered): boolean {
  return path === file.path && go === file.go && isSound && problems.length === 0;
}

function changedAmong(matches: readonly BodyMatch[], bodies: readonly Body[], from: Tree, tree: Tree): readonly ChangedBody[] {
  return matches.flatMap(({ before, now, change }, i) =>
    change === undefined ? [] : [{ body: bodies[i], before: { tree: from, row: before }, tree, row: now }],
  );
}

/** What stands at package level in both texts. */
interface Declaration {
  readonly before: Node;
  readonly now: Node;
  /** Of the function, or of the package variables. */
  readonly bodies: readonly Body[];
}

/** Undefined where all rules look again. */
function standingOf(declaration: Declaration, last: Remembered, dependents: Dependents, move: Move): Standing | undefined {
  const { before, now, bodies } = declaration;
  if (bodies.some((body) => dependents.sharing.has(body))) return undefined;
  const looked = [...(last.beyond.get(before) ?? [])];
  const mayDiffer = ([{ rule }, where]: (typeof looked)[number]): boolean => {
    if (where.has('callees') && bodies.some((body) => dependents.callers.has(body))) return true;
    return (where.has('package') || rule.restsOn === 'bodies') && mayPackageDiffer(rule, declaration, last.tree, dependents);
  };
  const anew = new Set(looked.filter(mayDiffer).map(([active]) => active));
  const reports: RuleReport[] = [];
  for (const { active, report } of last.reports.get(before) ?? []) {
    if (anew.has(active)) continue;
    const moved = movedReport(report, last.file.path, move);
    if (moved === undefined) return undefined;
    reports.push({ active, report: moved, within: now });
  }
  return { anew, reports, beyond: new Map(looked.filter(([active]) => !anew.has(active))) };
}

/** Whether what a rule rests on that looked anywhere in the package from the declaration may have changed. */
function mayPackageDiffer(
  { restsOn }: Rule,
  { before, bodies }: Declaration,
  tree: Tree,
  { callers, called, touched }: Dependents,
): boolean {
  switch (restsOn) {
    case undefined:
      return false;
    case 'bodies':
      return true;
    case 'uses':
      return touched.has(UNSAFE) || declaredIn(tree, before).some((name) => touched.has(name)) || bodies.some((body) => callers.has(body));
    case 'callers':
      return bodies.some((body) => callers.has(body) || called.has(body));
  }
}
