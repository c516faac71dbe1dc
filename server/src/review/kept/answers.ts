/**
 * Answers about files, kept from one run to the next for as long as nothing changes that they rest on: the same bytes come
 * out whether they were kept or just made. They go into the store at once, because a run may be stopped at any time.
 */
import type { Package, Workspace } from '../../model/index.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Plain data only. `question` tells this answer from others about the package. */
export function keptAnswer<T>(workspace: Workspace, pkg: Package, question: string, answer: () => T): T {
  const known = readAnswer<T>(workspace, pkg, question);
  if (known !== undefined) return known;
  const made = answer();
  keepAnswer(workspace, pkg, question, made);
  return made;
}

/** Undefined where the store has none. */
export function readAnswer<T>(workspace: Workspace, pkg: Package, question: string): T | undefined {
  const key = keyOf(workspace, pkg, question);
  const kept = key === undefined ? undefined : workspace.store?.get(key);
  return kept === undefined ? undefined : JSON.parse(decoder.decode(kept));
}

/** Replaces what the store had; where there is no store nothing is kept. */
export function keepAnswer(workspace: Workspace, pkg: Package, question: string, answer: unknown): void {
  const key = keyOf(workspace, pkg, question);
  if (key !== undefined) workspace.store?.put(key, encoder.encode(JSON.stringify(answer)));
}

function keyOf(workspace: Workspace, pkg: Package, question: string): string | undefined {
  const content = workspace.contentOf(pkg)?.key;
  return content === undefined ? undefined : `${question}\n${content}`;
}
