/**
 * The guess that every figure stands beside: by the form of an expression alone, as one does without an analysis. Variadic slices,
 * conversions of strings, closures that capture nothing and all variables stay on the stack, the rest is heap.
 */
import { relativePath } from '../../server/src/base/index.ts';
import type { Predicted } from './score.ts';
import type { Written, WrittenSite } from './written.ts';

export function priorOf(folder: string, written: Written): readonly Predicted[] {
  return [...written.files.values()].flatMap(({ path, sites }) =>
    sites.filter(({ form }) => form !== 'range').map((site) => guess(relativePath(folder, path), site)),
  );
}

function guess(file: string, { line, column, kind, captures }: WrittenSite): Predicted {
  const isHeap = kind === 'closure' ? captures : kind !== 'variadic' && kind !== 'conversion';
  const place = { line, column, endLine: line, endColumn: column };
  return { file, ...place, kind, verdict: isHeap ? 'heap' : 'stack', certainty: 'likely', origin: 'own', function: '', flow: [] };
}
