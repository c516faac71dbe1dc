/**
 * Files that a change reaches though it leaves them and their packages alone, or their package's other files: those to review as well, and to tell of
 * what was not there before.
 */
import { directoryOf, isWithin, joinPath, type Location, type Range, relativePath } from '../../base/index.ts';
import { findsAlike, parseGoMod } from '../../model/index.ts';
import type { FaceDetail, FunctionFace } from '../../review/index.ts';
import { rules } from '../../rules/index.ts';
import type { ReviewRun } from '../client/review-run.ts';
import { readIfThere } from '../files/read-file.ts';
import { moduleRootOf } from '../files/targets.ts';
import type { Texts } from '../files/texts.ts';
import type { Plan } from '../plan.ts';
import { clauseOf, type EarlierTexts, type OpenBase, textsBefore } from './base-review.ts';
import { textsIn } from './base-tree.ts';
import type { FileVersions } from './declaration-changes.ts';
import { compareFaces, type Face } from './face-comparison.ts';
import { filesUnder, moduleGraph } from './module-graph.ts';
import type { Base } from './new-code.ts';
import type { FunctionVersions } from './package-ripple.ts';
import { type Rippled, ripple, type Touch } from './ripple.ts';
import { TouchedLines } from './touched-lines.ts';

/** The code before the change, on a server of its own. */
export interface EarlierCode {
  /** Or has to be. */
  readonly isOpen: boolean;
  /** With which the files as they are make that code; undefined where they do not. */
  readonly texts: EarlierTexts | undefined;
  /** Rejects with TimeIsUp. */
  open(): Promise<OpenBase>;
}

/** By path. */
export type Reached = ReadonlyMap<string, Touch>;

/** How far a change goes, in files under the plan's targets. Rejects with TimeIsUp. */
export async function reachOf(base: Base, plan: Plan, run: ReviewRun, earlier: EarlierCode): Promise<Rippled> {
  const changes = changedFiles(base, plan.texts);
  const homes = [...plan.targets, ...[...changes.keys()].map((path) => ({ path, isDirectory: true }))];
  const roots = [...new Set(homes.map(moduleRootOf))];
  const ofLanguage = languageChanges(base, roots);
  if (changes.size === 0 && ofLanguage.length === 0) return NOTHING;
  const told = filesUnder(plan.targets.map(({ path }) => path));
  const { touched, affected } = changes.size === 0 ? NOTHING : await reachedBy(changes, roots, plan, run, earlier);
  const inOtherLanguage = told.flatMap((path) => {
    const file = ofLanguage.find(({ root }) => root === moduleRootOf({ path, isDirectory: false }));
    return file === undefined ? [] : [[path, { cause: file.line, isFollowed: false }] as const];
  });
  const isTold = new Set(told);
  return {
    touched: new Map([...inOtherLanguage, ...[...touched].filter(([path]) => isTold.has(path))]),
    // In another language all of a file may mean something else.
    affected: ofLanguage.length > 0 ? NOTHING.affected : affected,
  };
}

const NOTHING: Rippled = { touched: new Map(), affected: { now: new Map(), before: new Map(), near: new Map(), stood: new Map() } };

async function reachedBy(
  changes: ReadonlyMap<string, readonly FileVersions[]>,
  roots: readonly string[],
  plan: Plan,
  run: ReviewRun,
  earlier: EarlierCode,
): Promise<Rippled> {
  const running = new Set(plan.rules.map(({ id }) => id));
  const followed = rules.flatMap(({ id, follows = [] }) => (running.has(id) ? follows : []));
  const questions = new FaceQuestions(changes, run, earlier);
  const lines = new TouchedLines(plan.newCode?.files ?? new Map(), plan.texts);
  const compare = compareFaces({
    before: (functions, detail) => questions.before(functions, detail),
    now: (functions, detail) => questions.now(functions, detail),
    isFresh: (path, range) => lines.touches(path, range, 'fresh'),
  });
  const isTouched = (path: string, range: Range): boolean => (['fresh', 'moved'] as const).some((how) => lines.touches(path, range, how));
  return ripple({ graph: moduleGraph(roots, plan.texts), texts: plan.texts, changes, followed, compare, isTouched });
}

/** Modules (of the roots) that are in a version of the language now in which other things are found, each with the line that says so. */
function languageChanges(base: Base, roots: readonly string[]): readonly { readonly root: string; readonly line: Location }[] {
  if (base.kind === 'patch') return [];
  const { repository, commit } = base;
  const inRepository = roots.filter((root) => isWithin(repository.top, root));
  const nameOf = (root: string): string => relativePath(repository.top, joinPath(root, 'go.mod'));
  const before = textsIn(repository, commit, new Set(inRepository.map(nameOf)));
  return inRepository.flatMap((root) => {
    const path = joinPath(root, 'go.mod');
    const [now, was] = [readIfThere(path), before.get(nameOf(root))].map((bytes) => bytes && decoder.decode(bytes));
    if (now === undefined || was === undefined || findsAlike(parseGoMod(now).go, parseGoMod(was).go)) return [];
    const start = now.search(/^go\b/m);
    return [{ root, line: { path, range: { start: Math.max(0, start), end: Math.max(0, start) + 2 } } }];
  });
}

const decoder = new TextDecoder();

/** By the directory that they are in, or were where they are gone. A package that moved is where it is now. */
function changedFiles(base: Base, texts: Texts): ReadonlyMap<string, readonly FileVersions[]> {
  const before = textsBefore(base);
  const byDirectory = new Map<string, FileVersions[]>();
  for (const { path, oldPath } of base.files) {
    const now = path === undefined ? undefined : texts.bytes(path);
    const was = oldPath === undefined ? undefined : before.get(oldPath);
    const versions: FileVersions = {
      now: path === undefined || now === undefined ? undefined : { path, text: now },
      before: oldPath === undefined || was === undefined ? undefined : { path: oldPath, text: was },
    };
    const directory = directoryOf((versions.now ?? versions.before)?.path ?? '');
    if (versions.now !== undefined || versions.before !== undefined)
      byDirectory.set(directory, [...(byDirectory.get(directory) ?? []), versions]);
  }
  return byDirectory;
}

/** For 60 files a second server costs as much as showing them does, or more; for 120 less. */
const MOST_SHOWN = 60;

/** Asks what functions are and were, of one package at a time. */
class FaceQuestions {
  constructor(
    private readonly changes: ReadonlyMap<string, readonly FileVersions[]>,
    private readonly run: ReviewRun,
    private readonly earlier: EarlierCode,
  ) {}

  now(functions: readonly FunctionVersions[], detail: FaceDetail): Promise<readonly Face[]> {
    const places = functions.map(({ now: { path, declaration } }) => ({ path, at: declaration.at }));
    return facesAt(places, detail, this.run);
  }

  /**
   * Earlier files are shown to the server that is there, which knows already what did not change. Where they do not make the earlier code, are too many to
   * be shown and taken back for each package, or another server has that code, it is asked.
   */
  async before(functions: readonly FunctionVersions[], detail: FaceDetail): Promise<readonly Face[]> {
    const { run, earlier } = this;
    const places = functions.map(({ before: { path, declaration } }) => ({ path, at: declaration.at }));
    const texts = earlier.isOpen ? undefined : this.textsFor(functions);
    if (texts !== undefined) return run.during(texts, () => facesAt(places, detail, run));
    const base = await earlier.open();
    return facesAt(
      places.map(({ path, at }) => ({ path: base.placeOf(path), at })),
      detail,
      base.run,
    );
  }

  /** Of their own package where nothing else decides: then all that rests on it stands. */
  private textsFor(functions: readonly FunctionVersions[]): EarlierTexts | undefined {
    const directory = directoryOf(functions[0].now.path);
    const isOwn = functions.every(({ isOwnChange }) => isOwnChange);
    const ofPackage = isOwn ? textsOfPackage(directory, this.changes.get(directory) ?? []) : undefined;
    const { texts } = this.earlier;
    return ofPackage ?? (texts !== undefined && texts.size <= MOST_SHOWN ? texts : undefined);
  }
}

/** The changed files as they were; undefined where one comes from another directory. */
function textsOfPackage(directory: string, versions: readonly FileVersions[]): ReadonlyMap<string, Uint8Array> | undefined {
  if (versions.some(({ before }) => before !== undefined && directoryOf(before.path) !== directory)) return undefined;
  const came = versions.flatMap(({ now }) => (now === undefined ? [] : [[now.path, clauseOf(now.text)] as const]));
  const were = versions.flatMap(({ before }) => (before === undefined ? [] : [[before.path, before.text] as const]));
  return new Map([...came, ...were]);
}

interface FunctionPlace {
  readonly path: string;
  readonly at: number;
}

/** In the order of the places; undefined where nobody can say. */
async function facesAt(places: readonly FunctionPlace[], detail: FaceDetail, run: ReviewRun): Promise<readonly Face[]> {
  const byPath = new Map<string, number[]>();
  for (const { path, at } of places) byPath.set(path, [...(byPath.get(path) ?? []), at]);
  const found = new Map<string, FunctionFace | null>();
  for (const [path, offsets] of byPath) {
    const faces = await run.faces(path, offsets, detail);
    for (const [i, face] of faces.entries()) found.set(`${path} ${offsets[i]}`, face);
  }
  return places.map(({ path, at }) => found.get(`${path} ${at}`));
}
