/**
 * The facade that every host calls: files in, findings out. Synchronous, because it runs inside a worker or a test, and free
 * of console, clock and process; the same calls give the same answer, byte for byte.
 */
import {
  type CancellationToken,
  Cancelled,
  compareText,
  directoryOf,
  type FileSystem,
  type TextEdit,
  throwIfCancelled,
} from '../base/index.ts';
import { overridesAt, type ReviewSettings, rulesAnywhere, rulesUnder } from '../config/index.ts';
import { keepSummaries } from '../escape/index.ts';
import {
  type BuildTarget,
  compilerFor,
  endlessIn,
  type Package,
  type SourceFile,
  type StdLibrary,
  Workspace,
  type WorkspaceOptions,
} from '../model/index.ts';
import { rules as allRules, optionValues, type Rule } from '../rules/index.ts';
import type { Tree } from '../syntax/index.ts';
import { allocationsOf } from './answers/allocations.ts';
import { escapesOf } from './answers/escapes.ts';
import { explanationsAt } from './answers/explanations.ts';
import { facesOf } from './answers/faces.ts';
import { CalmSession, type PlainSession } from './calm/session.ts';
import { discoverFiles } from './discover.ts';
import { type ActiveRule, dispatchTable } from './dispatch.ts';
import { failureText } from './failure.ts';
import { fileModel } from './file-model.ts';
import { findingsOf } from './findings.ts';
import { judgesAmong, refutedFixes, type Trial } from './fixes/proof.ts';
import { FolderSessions } from './folder-sessions.ts';
import { keptAnswer } from './kept/answers.ts';
import { KeptVerdicts, type Verdict } from './kept/verdicts.ts';
import { isKnownIn, standingBeside } from './parts.ts';
import { ReviewMemory } from './reuse/memory.ts';
import { type FileToReview, type RulesToRun, type RunResult, runRules } from './runner.ts';
import type {
  Discovery,
  EscapeRecord,
  Explanation,
  FaceDetail,
  FileParts,
  Finding,
  FixOfFinding,
  FunctionAllocations,
  FunctionFace,
  Review,
  ReviewedParts,
  RuleFault,
  Session,
  Skipped,
  SuppressedFinding,
} from './shapes.ts';
import { excludedRules, isExcludedPath } from './suppression/exclusions.ts';
import { applySuppressions } from './suppression/suppression.ts';
import { suppressionEdits } from './suppression/suppression-edits.ts';

/** `rules` stand for the registry's in tests of the review itself. */
export function createSession(
  fs: FileSystem,
  library?: StdLibrary,
  rules: readonly Rule[] = allRules,
  options: WorkspaceOptions = {},
): Session {
  return new FolderSessions(() => new CalmSession(new ReviewSession(fs, library, rules, options)));
}

const NO_SETTINGS: ReviewSettings = { rules: {}, ruleOptions: {}, goos: 'linux', goarch: 'amd64', tags: [], showPossible: false };

class ReviewSession implements PlainSession {
  private readonly documents = new Map<string, Uint8Array>();
  private settings = NO_SETTINGS;
  private target: BuildTarget = targetOf(NO_SETTINGS);
  private workspace: Workspace;
  private verdicts: KeptVerdicts | undefined;
  /** Rules and their table by Go minor, because rules speak in some versions only, and by overrides in force. */
  private readonly memory = new ReviewMemory();
  private plans = new Map<string, RulesToRun>();
  /** A world of its own for edits that may never be made, told of every change; made when first asked for. */
  private trial: TrialSession | undefined;
  private parts: ReviewedParts = new Map();

  constructor(
    private readonly fs: FileSystem,
    private readonly library: StdLibrary | undefined,
    private readonly rules: readonly Rule[],
    private readonly options: WorkspaceOptions,
  ) {
    this.workspace = this.workspaceFor(this.target);
    this.verdicts = this.freshVerdicts();
  }

  configure(settings: ReviewSettings): void {
    this.keep();
    this.settings = settings;
    this.plans = new Map();
    this.trial = undefined;
    const target = targetOf(settings);
    if (JSON.stringify(target) !== JSON.stringify(this.target)) {
      this.target = target;
      this.workspace = this.workspaceFor(target);
      for (const [path, bytes] of this.documents) this.workspace.setDocument(path, bytes);
    }
    this.verdicts = this.freshVerdicts();
  }

  /** Only where there is a store, and of the registry's rules, whose ids say what they are. */
  private freshVerdicts(): KeptVerdicts | undefined {
    const areKept = this.options.store !== undefined && this.rules === allRules;
    return areKept ? new KeptVerdicts(this.workspace, this.settings) : undefined;
  }

  private workspaceFor(target: BuildTarget): Workspace {
    return new Workspace(this.fs, target, this.library?.at(compilerFor(target.go)), this.options);
  }

  put(path: string, bytes: Uint8Array): void {
    this.trial?.session.put(path, bytes);
    this.documents.set(path, bytes);
    this.workspace.setDocument(path, bytes);
    this.memory.follow(path);
  }

  parsed(path: string): { readonly tree: Tree; readonly isSound: boolean } | undefined {
    const file = this.workspace.fileAt(path);
    return file === undefined ? undefined : { tree: file.tree, isSound: file.problems.length === 0 };
  }

  close(path: string): void {
    this.trial?.session.close(path);
    this.documents.delete(path);
    this.workspace.removeDocument(path);
    this.memory.follow(undefined);
  }

  invalidate(paths: readonly string[]): void {
    this.trial?.session.invalidate(paths);
    this.workspace.invalidate(paths);
    this.memory.follow(undefined);
  }

  narrow(parts: ReviewedParts): void {
    this.parts = parts;
    this.memory.follow(undefined);
  }

  discover(targets: readonly string[], token: CancellationToken): Discovery {
    return discoverFiles(this.fs, targets, [...this.documents.keys()], token);
  }

  review(paths: readonly string[], token: CancellationToken): Review {
    const findings: Finding[] = [];
    const faults: RuleFault[] = [];
    const skipped: Skipped[] = [];
    const suppressed: Finding[] = [];
    const restsOn = new Map<string, readonly string[]>();
    let files = 0;
    for (const path of [...new Set(paths)].sort(compareText)) {
      throwIfCancelled(token);
      const verdict = this.guardedReview(path, token);
      if ('skip' in verdict) {
        skipped.push({ path, why: verdict.skip });
        continue;
      }
      files++;
      const directory = directoryOf(path);
      restsOn.set(directory, [...new Set([...(restsOn.get(directory) ?? []), ...this.directoriesBehind(path)])]);
      for (const finding of verdict.findings) findings.push(finding);
      for (const finding of verdict.suppressed ?? []) suppressed.push(finding);
      faults.push(...verdict.faults);
    }
    return { findings, faults, files, skipped, ...(suppressed.length > 0 && { suppressed }), restsOn };
  }

  private directoriesBehind(path: string): readonly string[] {
    const pkg = this.workspace.packageOf(path);
    return (pkg && this.workspace.contentOf(pkg)?.directories) ?? [];
  }

  refutedFixes(path: string, token: CancellationToken): readonly FixOfFinding[] {
    const judges = judgesAmong(this.rules).filter(({ id }) => rulesAnywhere(this.settings).has(id));
    if (judges.length === 0) return [];
    const judge = (): readonly FixOfFinding[] => {
      this.trial ??= new TrialSession(this.fs, this.library, judges, this.options, this.settings, this.documents);
      return refutedFixes(this.trial, path, token);
    };
    const pkg = this.documents.has(path) ? undefined : this.workspace.packageOf(path);
    return (pkg && this.verdicts?.refuted(pkg, path, judge)) ?? judge();
  }

  suppression(finding: SuppressedFinding, reason: string): readonly TextEdit[] {
    const file = this.workspace.fileAt(finding.path);
    return file === undefined ? [] : suppressionEdits(file, finding, reason);
  }

  allocations(path: string): readonly FunctionAllocations[] {
    const found = this.find(path);
    return found === undefined ? [] : allocationsOf(this.workspace, found.pkg, found.file);
  }

  escapes(path: string): readonly EscapeRecord[] {
    const pkg = this.workspace.packageOf(path);
    return pkg === undefined ? [] : keptAnswer(this.workspace, pkg, `escapes of ${path}`, () => this.workOutEscapes(path));
  }

  private workOutEscapes(path: string): readonly EscapeRecord[] {
    const found = this.find(path);
    return found === undefined ? [] : escapesOf(this.workspace, found.pkg, found.file);
  }

  faces(path: string, offsets: readonly number[], detail: FaceDetail): readonly (FunctionFace | null)[] {
    const found = this.find(path);
    return found === undefined ? [] : facesOf(this.workspace, found.pkg, found.file, { offsets, detail });
  }

  keep(): void {
    keepSummaries(this.workspace);
    this.verdicts?.keep();
  }

  explanations(path: string, offset: number): readonly Explanation[] {
    const found = this.find(path);
    return found === undefined ? [] : explanationsAt(this.workspace, found.pkg, found.file, offset);
  }

  private find(path: string): { readonly pkg: Package; readonly file: SourceFile } | undefined {
    const pkg = this.workspace.fileAt(path) === undefined ? undefined : this.workspace.packageOf(path);
    const file = pkg?.files.find((each) => each.path === path);
    return pkg === undefined || file === undefined ? undefined : { pkg, file };
  }

  private guardedReview(path: string, token: CancellationToken): Verdict {
    try {
      return this.reviewFile(path, token);
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      return { findings: [], faults: [{ path, ruleId: undefined, message: `the review of ${path} failed: ${failureText(error)}` }] };
    }
  }

  private reviewFile(path: string, token: CancellationToken): Verdict {
    const judge = (): Verdict => this.judge(path, token);
    const pkg = this.parts.has(path) ? undefined : this.workspace.packageOf(path);
    return (pkg && this.verdicts?.verdict(pkg, path, judge)) ?? judge();
  }

  private judge(path: string, token: CancellationToken): Verdict {
    const reason = this.workspace.skipReason(path);
    if (reason !== undefined) return { skip: reason };
    if (isExcludedPath(this.settings.exclusions, path)) return { skip: 'excluded by the configuration' };
    const pkg = this.workspace.packageOf(path);
    const file = pkg?.files.find((each) => each.path === path);
    if (pkg === undefined || file === undefined) return { skip: 'belongs to no package' };
    if (file.isGenerated) return { skip: 'generated code: read for facts, not reported' };
    return this.runFile(pkg, file, token);
  }

  private runFile(pkg: Package, file: SourceFile, token: CancellationToken): Verdict {
    const plan = this.planFor(file);
    const { active } = plan;
    const subject = { file, package: pkg, model: fileModel(this.workspace, pkg, file) };
    const { reports, faults } = this.runRules(subject, plan, token);
    const failed = new Set(faults.map((fault) => fault.ruleId));
    const silent = excludedRules(this.settings.exclusions, file.path);
    const rules = {
      ran: active.map(({ rule }) => rule.id).filter((id) => !failed.has(id) && !silent.has(id)),
      known: this.rules.map((rule) => rule.id),
    };
    const heard = reports.filter((report) => !silent.has(report.active.rule.id));
    const { told, suppressed } = applySuppressions(subject, findingsOf(subject, heard), rules);
    const parts = this.parts.get(file.path);
    const isShown = (finding: Finding): boolean =>
      (finding.certainty !== 'possible' || this.settings.showPossible) && (parts === undefined || isKnownIn(parts, finding));
    return { findings: told.filter(isShown), suppressed: suppressed.filter(isShown), faults };
  }

  /** What stands of the last review of the document that is typed into is not looked for again. */
  private runRules(subject: FileToReview, plan: RulesToRun, token: CancellationToken): RunResult {
    const { file, package: pkg } = subject;
    const parts = this.parts.get(file.path);
    if (parts !== undefined) return runParts(subject, wantedOf(plan, parts), parts, token);
    const lineage = this.memory.path === file.path ? this.workspace.lineageOf(pkg) : undefined;
    if (lineage === undefined) return runRules(subject, plan, token);
    const reviewed = { file, files: pkg.files, lineage, active: plan.active, endless: endlessIn(pkg) };
    const result = runRules(subject, plan, token, this.memory.standing(reviewed));
    if (result.faults.length === 0) this.memory.remember(reviewed, result);
    return result;
  }

  private planFor({ go, path }: SourceFile): RulesToRun {
    const matching = overridesAt(this.settings.overrides, path);
    const key = [go, ...matching].join(' ');
    const planned = this.plans.get(key);
    if (planned !== undefined) return planned;
    const { rules, severities } = rulesUnder(this.settings, matching);
    const active = this.rules.flatMap((rule): ActiveRule[] => {
      const severity = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
      const stated = Object.hasOwn(severities, rule.id) ? severities[rule.id] : undefined;
      const speaks = go >= (rule.go.from ?? 0) && go <= (rule.go.to ?? Number.POSITIVE_INFINITY);
      const options = optionValues(rule.options, this.settings.ruleOptions[rule.id]);
      return severity === undefined || !speaks ? [] : [{ rule, severity, stated, options }];
    });
    const plan = { active, table: dispatchTable(active) };
    this.plans.set(key, plan);
    return plan;
  }
}

function runParts(subject: FileToReview, plan: RulesToRun, parts: FileParts, token: CancellationToken): RunResult {
  return runRules(subject, plan, token, standingBeside(parts, subject.file.tree, plan.active));
}

function wantedOf(plan: RulesToRun, { rules }: FileParts): RulesToRun {
  if (rules === undefined) return plan;
  const active = plan.active.filter(({ rule }) => rules.includes(rule.id));
  return { active, table: dispatchTable(active) };
}

/** Reviews texts in place of those of a session, by some of its rules, and forgets them again. */
class TrialSession implements Trial {
  readonly session: ReviewSession;

  constructor(
    private readonly fs: FileSystem,
    library: StdLibrary | undefined,
    private readonly rules: readonly Rule[],
    options: WorkspaceOptions,
    settings: ReviewSettings,
    private readonly documents: ReadonlyMap<string, Uint8Array>,
  ) {
    this.session = new ReviewSession(fs, library, rules, options);
    this.session.configure(settings);
    for (const [path, bytes] of documents) this.session.put(path, bytes);
  }

  judged(path: string, token: CancellationToken): readonly Finding[] {
    const ids = new Set(this.rules.map(({ id }) => id));
    return this.session.review([path], token).findings.filter(({ ruleId }) => ids.has(ruleId));
  }

  sourceOf(path: string): Uint8Array | undefined {
    return this.documents.get(path) ?? this.fs.readFile(path);
  }

  findings(texts: ReadonlyMap<string, Uint8Array>, token: CancellationToken): readonly Finding[] | undefined {
    for (const [path, bytes] of texts) this.session.put(path, bytes);
    try {
      const { findings, faults, skipped } = this.session.review([...texts.keys()], token);
      return faults.length > 0 || skipped.length > 0 ? undefined : findings;
    } finally {
      for (const path of texts.keys()) {
        const own = this.documents.get(path);
        if (own === undefined) this.session.close(path);
        else this.session.put(path, own);
      }
    }
  }
}

function targetOf({ goos, goarch, tags, go }: ReviewSettings): BuildTarget {
  return { goos, goarch, tags, go };
}
