/**
 * Answers about files, kept from one run to the next for as long as nothing changes that they rest on: the same bytes come
 * out whether they were kept or just made. They go into the store at once, because a run may be stopped at any time.
 */
import type { Package, Workspace } from '../model/index.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Plain data only. `question` tells this answer from others about the package. */
export function keptAnswer<T>(workspace: Workspace, pkg: Package, question: string, answer: () => T): T {
  const { store } = workspace;
  const content = workspace.contentKeyOf(pkg);
  if (store === undefined || content === undefined) return answer();
  const key = `${question}\n${content}`;
  const kept = store.get(key);
  if (kept !== undefined) return JSON.parse(decoder.decode(kept));
  const made = answer();
  store.put(key, encoder.encode(JSON.stringify(made)));
  return made;
}
