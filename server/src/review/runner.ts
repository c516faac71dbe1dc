/**
 * Runs the rules over one file. Each rule stands behind a guard: one that throws loses its findings in this file and leaves
 * a fault behind, and nobody else notices.
 */
import { areDisjoint, type CancellationToken, Cancelled, contains, invariant, type Range, throwIfCancelled } from '../base/index.ts';
import type { PackageEscape } from '../escape/index.ts';
import type { ControlFlow, Package, Scopes, SourceFile, Types } from '../model/index.ts';
import type { OptionValue, Report, RuleContext } from '../rules/index.ts';
import { NONE, type Node } from '../syntax/index.ts';
import { type ActiveRule, type DispatchTable, soundRows, type Visitor, visitorsOf } from './dispatch.ts';
import { failureText } from './failure.ts';
import type { RuleFault } from './shapes.ts';

/** What the model knows about one file, made when first asked for. */
export interface FileModel {
  readonly scopes: Scopes;
  readonly types: Types;
  readonly escape: PackageEscape;
  /** How often somebody asked for types in other files. */
  readonly excursions: number;
  flow(fn: Node): ControlFlow;
}

export interface FileToReview {
  readonly file: SourceFile;
  readonly package: Package;
  readonly model: FileModel;
}

export interface RuleReport {
  readonly active: ActiveRule;
  readonly report: Report;
  /** Row of the declaration at package level in which the rule made it, NONE outside of all. */
  readonly within: Node;
}

/** A declaration of which is known what some rules say. */
export interface Standing {
  /** Those that look again. */
  readonly anew: ReadonlySet<ActiveRule>;
  /** Of the others. */
  readonly reports: readonly RuleReport[];
  /** Those among the others that looked beyond the declaration. */
  readonly beyond: LooksBeyond;
}

/** Where a rule looks beyond a declaration: into functions that it calls, or anywhere in the package. */
export type Beyond = 'callees' | 'package';

export type LooksBeyond = ReadonlyMap<ActiveRule, ReadonlySet<Beyond>>;

/** By row. */
export type StandingDeclarations = ReadonlyMap<Node, Standing>;

export interface RunResult {
  /** In the order in which they were made, rule by rule. */
  readonly reports: readonly RuleReport[];
  readonly faults: readonly RuleFault[];
  /** By row of the declaration. */
  readonly beyond: ReadonlyMap<Node, LooksBeyond>;
}

/** Rules are seldom interested in more of so many than in a few, and one visit may take milliseconds. */
const ROWS_BETWEEN_QUESTIONS = 64;

export interface RulesToRun {
  readonly active: readonly ActiveRule[];
  /** Of `active`. */
  readonly table: DispatchTable;
}

/** Throws only `Cancelled`. */
export function runRules(
  subject: FileToReview,
  { active, table }: RulesToRun,
  token: CancellationToken,
  standing: StandingDeclarations = new Map(),
): RunResult {
  const { tree } = subject.file;
  const place: Place = { within: NONE, beyond: new Map() };
  const runs = active.map((rule) => new Run(subject, rule, place));
  const runOf = new Map(runs.map((run) => [run.active, run]));
  const walk = (from: Node, to: Node, anew?: ReadonlySet<ActiveRule>): void => {
    for (let row = from; row < to; row++) {
      if (row % ROWS_BETWEEN_QUESTIONS === 0) throwIfCancelled(token);
      for (const visitor of visitorsOf(table, tree, row)) {
        const run = runs[visitor.rule];
        if (anew === undefined || anew.has(run.active)) run.visit(visitor, row);
      }
    }
  };
  const walkDeclaration = (row: Node): void => {
    const known = standing.get(row);
    place.within = row;
    if (known !== undefined && known.beyond.size > 0) place.beyond.set(row, new Map(known.beyond));
    for (const report of known?.reports ?? []) runOf.get(report.active)?.reports.push(report);
    if (known === undefined) walk(row, tree.next[row]);
    else if (known.anew.size > 0) walk(row, tree.next[row], known.anew);
    place.within = NONE;
  };
  for (const { from, to } of soundRows(tree)) {
    if (from === NONE) walk(NONE, NONE + 1);
    for (let row = Math.max(from, NONE + 1); row < to; row = tree.next[row]) walkDeclaration(row);
  }
  return {
    reports: runs.flatMap((run) => run.reports),
    faults: runs.flatMap((run) => run.fault ?? []),
    beyond: place.beyond,
  };
}

/** Where the walk is. */
interface Place {
  /** Row of the declaration at package level, NONE outside of all. */
  within: Node;
  readonly beyond: Map<Node, Map<ActiveRule, ReadonlySet<Beyond>>>;
}

function wholeOf({ tree }: SourceFile): Range {
  return { start: 0, end: tree.source.length };
}

/** One rule on one file; also the context that the rule sees. */
class Run implements RuleContext {
  reports: RuleReport[] = [];
  fault: RuleFault | undefined;

  constructor(
    private readonly subject: FileToReview,
    readonly active: ActiveRule,
    private readonly place: Place,
  ) {}

  get file(): SourceFile {
    return this.subject.file;
  }

  get tree(): SourceFile['tree'] {
    return this.subject.file.tree;
  }

  get package(): Package {
    this.lookBeyond('package');
    return this.subject.package;
  }

  get imports(): SourceFile['imports'] {
    return this.subject.file.imports;
  }

  get scopes(): Scopes {
    return this.subject.model.scopes;
  }

  get types(): Types {
    return this.subject.model.types;
  }

  get options(): Readonly<Record<string, OptionValue>> {
    return this.active.options;
  }

  get escape(): PackageEscape {
    this.lookBeyond('callees');
    return this.subject.model.escape;
  }

  flow(fn: Node): ControlFlow {
    return this.subject.model.flow(fn);
  }

  report(report: Report): void {
    const whole = wholeOf(this.file);
    invariant(Object.hasOwn(this.active.rule.messages, report.message), 'a report names a message of its rule');
    invariant(report.at.start <= report.at.end && contains(whole, report.at), 'a report lies inside its file');
    invariant(
      (report.related ?? []).every(({ at }) => at.range.start <= at.range.end),
      'a related place begins before it ends',
    );
    for (const fix of report.fixes ?? []) {
      const edits = fix.edits.map((edit) => ({ ...edit, path: edit.path ?? this.file.path }));
      invariant(edits.length > 0 && areDisjoint(edits), 'the edits of a fix do not overlap');
      invariant(
        edits.every(({ path, range }) => this.subject.package.files.some((file) => file.path === path && contains(wholeOf(file), range))),
        'a fix edits files of its package',
      );
    }
    this.reports.push({ active: this.active, report, within: this.place.within });
  }

  private lookBeyond(where: Beyond): void {
    const { within, beyond } = this.place;
    const looks = beyond.get(within) ?? new Map<ActiveRule, ReadonlySet<Beyond>>();
    beyond.set(within, looks);
    const known = looks.get(this.active);
    if (known?.has(where) !== true) looks.set(this.active, new Set([...(known ?? []), where]));
  }

  visit(visitor: Visitor, node: Node): void {
    if (this.fault !== undefined) return;
    const { excursions } = this.subject.model;
    try {
      visitor.visit(node, this);
      if (this.subject.model.excursions !== excursions) this.lookBeyond('callees');
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const { id } = this.active.rule;
      this.reports = [];
      this.fault = { path: this.file.path, ruleId: id, message: `rule ${id} failed on ${this.file.path}: ${failureText(error)}` };
    }
  }
}
