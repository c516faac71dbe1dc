/** The code before a change under review, by the rules and the configuration of now: what was found there, and what its functions were. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { baseName, directoryOf, isWithin, joinPath, relativePath } from '../../base/index.ts';
import { findsAlike, parseGoMod, scanHeader } from '../../model/index.ts';
import type { BaselineEntry, ReviewedParts } from '../../review/index.ts';
import { type Deadline, TimeIsUp } from '../client/deadline.ts';
import { ReviewRun } from '../client/review-run.ts';
import type { Repository } from '../files/git.ts';
import { nativePath } from '../files/paths.ts';
import { readIfThere } from '../files/read-file.ts';
import { existingTargets, type Target } from '../files/targets.ts';
import { Texts } from '../files/texts.ts';
import { identified } from '../gates/baseline-filter.ts';
import type { Io } from '../io.ts';
import type { ReviewOptions } from '../options.ts';
import type { Plan } from '../plan.ts';
import { type BaseTree, checkOutBase, textsIn } from './base-tree.ts';
import { type Base, type CommitBase, splitNames } from './new-code.ts';

/** What a review of now knows, and the review of a commit needs too. */
export interface Now {
  readonly plan: Plan;
  readonly options: ReviewOptions;
  readonly io: Io;
  readonly deadline: Deadline;
}

/** The code before the change, with a server that reviews what it is asked about. Paths are those that files had. */
export interface OpenBase {
  readonly run: ReviewRun;
  /** Where the file lies that stands for the path. */
  placeOf(path: string): string;
  /**
   * What was found in files, as entries relative to the root of the file system, each time of all that was asked about so far. Rejects with
   * TimeIsUp, and with UsageError.
   */
  findingsIn(paths: readonly string[]): Promise<readonly BaselineEntry[]>;
  /** By the paths that files had: from now on no more than these parts of them are looked at. Rejects with TimeIsUp. */
  narrow(parts: ReviewedParts): Promise<void>;
  close(): Promise<void>;
}

/** Rejects with TimeIsUp, and with UsageError for a commit that cannot be read. */
export function openBase(base: Base, earlier: EarlierTexts | undefined, now: Now): Promise<OpenBase> {
  return base.kind === 'patch' || earlier !== undefined ? openOver(earlier ?? earlierTextsOf(base), now) : openCommit(base, now);
}

/** By path: the changed files as they were, and those that came without what is in them. */
export type EarlierTexts = ReadonlyMap<string, Uint8Array>;

/** Undefined where the files as they are, with these over them, are not the code before the change. Throws UsageError for a commit that cannot be read. */
export function earlierTexts(base: Base): EarlierTexts | undefined {
  return base.kind === 'commit' && hasOtherModules(base) ? undefined : earlierTextsOf(base);
}

function earlierTextsOf(base: Base): EarlierTexts {
  const came = base.files.flatMap(({ path }) =>
    path === undefined ? [] : [[path, clauseOf(readIfThere(path) ?? new Uint8Array())] as const],
  );
  return new Map([...came, ...textsBefore(base)]);
}

/**
 * Then the module's other files are not what they were, or it imported what it does not any more, and the commit has to be written out whole, which costs
 * as much as a small review. Versions of what it imports count as those of now, which alone are sure to be at hand.
 */
function hasOtherModules({ repository, commit }: CommitBase): boolean {
  const unknown = repository.text(['ls-files', '--others', '--exclude-standard', ...MODULE_PATTERNS]);
  const changed = repository.text(['diff', '--name-only', '-z', '--ignore-submodules', commit, ...MODULE_PATTERNS]);
  if (unknown !== '' || changed === undefined) return true;
  const names = splitNames(changed);
  const before = names.length === 0 ? new Map<string, Uint8Array>() : textsIn(repository, commit, new Set(names));
  return names.some((name) => baseName(name) !== 'go.mod' || !isSuccessor(readIfThere(joinPath(repository.top, name)), before.get(name)));
}

/** Whether one go.mod differs from the one before by no more than versions and what came. Of the language's they have to be such that the same is found. */
function isSuccessor(now: Uint8Array | undefined, before: Uint8Array | undefined): boolean {
  if (now === undefined || before === undefined) return false;
  const [one, other] = [now, before].map((text) => parseGoMod(decoder.decode(text)));
  const required = new Set(one.requires.map(({ path }) => path));
  const isSame = one.path === other.path && findsAlike(one.go, other.go) && JSON.stringify(one.replaces) === JSON.stringify(other.replaces);
  return isSame && other.requires.every(({ path }) => required.has(path));
}

const decoder = new TextDecoder();
const MODULE_PATTERNS = ['--', ...['go.mod', 'go.work', 'vendor/modules.txt'].map((name) => `:(top,glob)**/${name}`)];

const readTexts = new WeakMap<CommitBase, ReadonlyMap<string, Uint8Array>>();

/** By path: the texts of the changed files before. Throws UsageError for a commit that cannot be read. */
export function textsBefore(base: Base): ReadonlyMap<string, Uint8Array> {
  if (base.kind === 'patch') return base.texts;
  const known = readTexts.get(base) ?? textsOfCommit(base);
  readTexts.set(base, known);
  return known;
}

function textsOfCommit({ repository, commit, files }: CommitBase): ReadonlyMap<string, Uint8Array> {
  const names = files.flatMap(({ oldPath }) => (oldPath === undefined ? [] : [relativePath(repository.top, oldPath)]));
  const texts = textsIn(repository, commit, new Set(names));
  return new Map([...texts].map(([name, text]) => [joinPath(repository.top, name), text]));
}

async function openCommit({ repository, commit }: CommitBase, now: Now): Promise<OpenBase> {
  const tree = checkOutBase(repository, commit);
  try {
    const plan = { ...planOf(now.plan, [{ path: tree.top, isDirectory: true }], repository, tree), only: [] };
    const run = await startOn(plan, now);
    return {
      ...asked(run, plan, now.plan, { real: repository.top, stands: tree.top }),
      close: async () => {
        await run.stop();
        tree.dispose();
      },
    };
  } catch (error) {
    tree.dispose();
    throw error;
  }
}

/** In the place of the files as they are, with documents over those that changed. */
async function openOver(earlier: EarlierTexts, now: Now): Promise<OpenBase> {
  const texts = new Texts();
  for (const [path, text] of earlier) texts.stand(path, text);
  const plan = { ...now.plan, only: [], texts, stdinPath: undefined };
  const run = await startOn(plan, now);
  await run.show([...earlier.keys()]);
  return { ...asked(run, plan, now.plan, { real: '/', stands: '/' }), close: () => run.stop() };
}

/** What stands for a file that was not there: nothing but its package. */
export function clauseOf(text: Uint8Array): Uint8Array {
  return new TextEncoder().encode(`package ${scanHeader(text).packageName}\n`);
}

function startOn(plan: Plan, { options, io, deadline }: Now): Promise<ReviewRun> {
  return ReviewRun.start(plan, { ...options, outputs: [], showSuppressed: false, fix: undefined, detail: 'quiet' }, io, deadline);
}

/** What is below `real` lies below `stands` for the server; `now` says what is reviewed. */
function asked(
  run: ReviewRun,
  plan: Plan,
  now: Plan,
  { real, stands }: { readonly real: string; readonly stands: string },
): Omit<OpenBase, 'close'> {
  const placeOf = (path: string): string => joinPath(stands, relativePath(real, path));
  const findingsIn = async (paths: readonly string[]): Promise<readonly BaselineEntry[]> => {
    const walked = paths.filter((path) => isWithin(real, path) && isReviewed(path, now));
    const places = walked.map(placeOf).filter((path) => plan.texts.bytes(path) !== undefined);
    if (places.length === 0) return [];
    await run.widen(places);
    const entries = await entriesOf(run, plan, stands);
    return entries.map((entry) => ({ ...entry, file: relativePath('/', joinPath(real, entry.file)) }));
  };
  const narrow = (parts: ReviewedParts): Promise<void> => run.narrow(new Map([...parts].map(([path, each]) => [placeOf(path), each])));
  return { run, placeOf, findingsIn, narrow };
}

/** What was found in files, asked of the server that reviews what they are now; relative to the root of the file system. Rejects with TimeIsUp. */
export function entriesUnder(
  earlier: EarlierTexts,
  parts: { readonly before: ReviewedParts; readonly now: ReviewedParts },
  paths: readonly string[],
  run: ReviewRun,
  plan: Plan,
): Promise<readonly BaselineEntry[]> {
  return run.during(earlier, async () => {
    await run.narrow(parts.before);
    const findings = await run.findingsIn(paths.filter((path) => isReviewed(path, plan) && plan.texts.bytes(path) !== undefined));
    await run.narrow(parts.now);
    return identified(findings, '/', plan.texts).map(({ entry }) => entry);
  });
}

/** What a walk leaves out may be thousands of files, and nothing in them is reported. */
function isReviewed(path: string, { targets, roots }: Plan): boolean {
  const tops = [...targets.map((target) => target.path), ...roots].filter((top) => isWithin(top, path));
  return (
    tops.length === 0 ||
    tops.some(
      (top) =>
        !directoryOf(`/${relativePath(top, path)}`)
          .split('/')
          .some(isLeftOut),
    )
  );
}

function isLeftOut(directory: string): boolean {
  return directory === 'vendor' || directory === 'testdata' || /^[_.]./.test(directory);
}

/** All that is found in what the run is about, as entries relative to a directory. Rejects with TimeIsUp. */
export async function entriesOf(run: ReviewRun, { texts }: Plan, top: string): Promise<readonly BaselineEntry[]> {
  const { findings, incomplete } = await run.review();
  if (incomplete !== undefined) throw new TimeIsUp(incomplete.why);
  return identified(findings, top, texts).map(({ entry }) => entry);
}

/**
 * Runs a review of those of the paths (of the work tree, absolute) that the commit has. Its plan's first root stands for the top of the
 * work tree; all of it is gone when `act` is done.
 */
export async function withBase<Result>(
  repository: Repository,
  commit: string,
  paths: readonly string[],
  now: Now,
  act: (run: ReviewRun, plan: Plan) => Promise<Result>,
): Promise<Result> {
  const tree = checkOutBase(repository, commit);
  try {
    const inTree = (path: string): string => joinPath(tree.top, path.slice(repository.top.length).replace(/^\/+/, ''));
    const targets = existingTargets(paths.filter((path) => isWithin(repository.top, path)).map(inTree));
    const plan = planOf(now.plan, targets, repository, tree);
    const run = await startOn(plan, now);
    try {
      return await act(run, plan);
    } finally {
      await run.stop();
    }
  } finally {
    tree.dispose();
  }
}

function planOf(plan: Plan, targets: readonly Target[], repository: Repository, tree: BaseTree): Plan {
  const base = { ...plan, targets, only: undefined, roots: [tree.top], texts: new Texts(), stdinPath: undefined };
  const moved = (config: string): string => (isWithin(repository.top, config) ? copyInto(tree, repository, config) : config);
  const { general, nested } = plan.configurationFiles;
  const files = { general: general === undefined ? undefined : moved(general), nested: nested.map(moved) };
  return { ...base, configurationFiles: files, settings: { ...plan.settings, config: files.general ?? false } };
}

/** To where it lies below the top, because its patterns are relative to that. Answers the copy's path. */
function copyInto(tree: BaseTree, repository: Repository, config: string): string {
  const copy = joinPath(tree.top, relativePath(repository.top, config));
  mkdirSync(nativePath(directoryOf(copy)), { recursive: true });
  writeFileSync(nativePath(copy), readIfThere(config) ?? '');
  return copy;
}
