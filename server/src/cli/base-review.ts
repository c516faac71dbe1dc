/** A commit under review, by the rules and the configuration of now: what was found before. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { directoryOf, isWithin, joinPath, relativePath } from '../base/index.ts';
import type { BaselineEntry } from '../review/index.ts';
import { type BaseTree, checkOutBase } from './base-tree.ts';
import { identified } from './baseline-filter.ts';
import { type Deadline, TimeIsUp } from './deadline.ts';
import type { Repository } from './git.ts';
import type { Io } from './io.ts';
import type { Base } from './new-code.ts';
import type { ReviewOptions } from './options.ts';
import { nativePath } from './paths.ts';
import type { Plan } from './plan.ts';
import { readIfThere } from './read-file.ts';
import { ReviewRun } from './review-run.ts';
import { existingTargets, type Target } from './targets.ts';
import { Texts } from './texts.ts';

/** What a review of now knows, and the review of a commit needs too. */
export interface Now {
  readonly plan: Plan;
  readonly options: ReviewOptions;
  readonly io: Io;
  readonly deadline: Deadline;
}

/**
 * What was found in the files that changed since, as entries relative to the root of the file system. Rejects with TimeIsUp, and with
 * UsageError for a commit that cannot be read.
 */
export async function findingsBefore({ repository, commit, changed }: Base, now: Now): Promise<readonly BaselineEntry[]> {
  const paths = changed.filter((path) => !isLeftOut(relativePath(repository.top, path)));
  if (paths.length === 0) return [];
  const entries = await withBase(repository, commit, paths, now, (run, plan) => entriesOf(run, plan, plan.roots[0]));
  return entries.map((entry) => ({ ...entry, file: relativePath('/', joinPath(repository.top, entry.file)) }));
}

/** As the walk leaves them out: there may be thousands, and nothing in them is reported. */
function isLeftOut(name: string): boolean {
  return directoryOf(`/${name}`)
    .split('/')
    .some((part) => part === 'vendor' || part === 'testdata' || /^[_.]./.test(part));
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
  { plan, options, io, deadline }: Now,
  act: (run: ReviewRun, plan: Plan) => Promise<Result>,
): Promise<Result> {
  const tree = checkOutBase(repository, commit);
  try {
    const inTree = (path: string): string => joinPath(tree.top, path.slice(repository.top.length).replace(/^\/+/, ''));
    const targets = existingTargets(paths.filter((path) => isWithin(repository.top, path)).map(inTree));
    const planOfBase = planOf(plan, targets, repository, tree);
    const run = await ReviewRun.start(
      planOfBase,
      { ...options, outputs: [], showSuppressed: false, fix: undefined, detail: 'quiet' },
      io,
      deadline,
    );
    try {
      return await act(run, planOfBase);
    } finally {
      await run.stop();
    }
  } finally {
    tree.dispose();
  }
}

function planOf(plan: Plan, targets: readonly Target[], repository: Repository, tree: BaseTree): Plan {
  const { config } = plan.settings;
  const texts = new Texts();
  const base = { ...plan, targets, only: undefined, roots: [tree.top], texts, stdinPath: undefined };
  if (typeof config !== 'string' || !isWithin(repository.top, config)) return base;
  // Its patterns are relative to where it lies.
  const copy = joinPath(tree.top, relativePath(repository.top, config));
  mkdirSync(nativePath(directoryOf(copy)), { recursive: true });
  writeFileSync(nativePath(copy), readIfThere(config) ?? '');
  return { ...base, settings: { ...plan.settings, config: copy } };
}
