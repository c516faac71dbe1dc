/**
 * Runs the rules over one file. Each rule stands behind a guard: one that throws loses its findings in this file and leaves
 * a fault behind, and nobody else notices.
 */
import { areDisjoint, type CancellationToken, Cancelled, contains, invariant, type Range, throwIfCancelled } from '../base/index.ts';
import type { PackageEscape } from '../escape/index.ts';
import type { ControlFlow, Package, Scopes, SourceFile, Types } from '../model/index.ts';
import type { OptionValue, Report, RuleContext } from '../rules/index.ts';
import type { Node } from '../syntax/index.ts';
import { type ActiveRule, type DispatchTable, soundRows, type Visitor, visitorsOf } from './dispatch.ts';
import { failureText } from './failure.ts';
import type { RuleFault } from './shapes.ts';

/** What the model knows about one file, made when first asked for. */
export interface FileModel {
  readonly scopes: Scopes;
  readonly types: Types;
  readonly escape: PackageEscape;
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
}

export interface RunResult {
  /** In the order in which they were made, rule by rule. */
  readonly reports: readonly RuleReport[];
  readonly faults: readonly RuleFault[];
}

/** Rules are seldom interested in more of so many than in a few, and one visit may take milliseconds. */
const ROWS_BETWEEN_QUESTIONS = 64;

/** Throws only `Cancelled`. `table` belongs to `active`. */
export function runRules(subject: FileToReview, active: readonly ActiveRule[], table: DispatchTable, token: CancellationToken): RunResult {
  const runs = active.map((rule) => new Run(subject, rule));
  const { tree } = subject.file;
  for (const { from, to } of soundRows(tree)) {
    for (let row = from; row < to; row++) {
      if (row % ROWS_BETWEEN_QUESTIONS === 0) throwIfCancelled(token);
      for (const visitor of visitorsOf(table, tree, row)) runs[visitor.rule].visit(visitor, row);
    }
  }
  return {
    reports: runs.flatMap((run) => run.reports.map((report) => ({ active: run.active, report }))),
    faults: runs.flatMap((run) => run.fault ?? []),
  };
}

function wholeOf({ tree }: SourceFile): Range {
  return { start: 0, end: tree.source.length };
}

/** One rule on one file; also the context that the rule sees. */
class Run implements RuleContext {
  reports: Report[] = [];
  fault: RuleFault | undefined;

  constructor(
    private readonly subject: FileToReview,
    readonly active: ActiveRule,
  ) {}

  get file(): SourceFile {
    return this.subject.file;
  }

  get tree(): SourceFile['tree'] {
    return this.subject.file.tree;
  }

  get package(): Package {
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
        edits.every(({ path, range }) => this.package.files.some((file) => file.path === path && contains(wholeOf(file), range))),
        'a fix edits files of its package',
      );
    }
    this.reports.push(report);
  }

  visit(visitor: Visitor, node: Node): void {
    if (this.fault !== undefined) return;
    try {
      visitor.visit(node, this);
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const { id } = this.active.rule;
      this.reports = [];
      this.fault = { path: this.file.path, ruleId: id, message: `rule ${id} failed on ${this.file.path}: ${failureText(error)}` };
    }
  }
}
