/** Summaries of functions as the compiler words them: one label for each way in which a parameter's value leaves its function. */
import { NONE, type Node } from '../syntax/index.ts';
import { hasPointers } from './lowering/type-facts.ts';
import { type FileFacts, isGeneric, signatureOf } from './program.ts';
import type { FunctionSummary, Leaks } from './summaries/summaries.ts';

export type ParameterLeak = 'none' | 'content' | 'heap' | 'result';

export interface ParameterVerdict {
  /** The identifier that declares it. */
  readonly name: Node;
  /** `none` alone, or each way once. */
  readonly leaks: readonly ParameterLeak[];
}

/** The compiler says nothing of parameters that are blank, hold no pointer, belong to a generic function or are moved to the heap. */
export function parameterVerdicts(
  { tree, types, scopes }: FileFacts,
  fn: Node,
  summary: FunctionSummary,
  moved: ReadonlySet<Node>,
): ParameterVerdict[] {
  if (isGeneric(tree, fn)) return [];
  const { parameters } = signatureOf(tree, fn);
  return parameters.flatMap((name, slot): ParameterVerdict[] => {
    const symbol = name === NONE ? undefined : scopes.symbolOf(name);
    const leaks = summary.parameters[slot];
    if (symbol === undefined || leaks === undefined || moved.has(name) || !hasPointers(types, types.typeOfSymbol(symbol))) return [];
    return [{ name, leaks: leakLabels(leaks.possible) }];
  });
}

function leakLabels({ heap, results }: Leaks): ParameterLeak[] {
  const labels: ParameterLeak[] = [];
  if (heap >= 0) labels.push(heap === 0 ? 'heap' : 'content');
  if (results.some((derefs) => derefs >= 0)) labels.push('result');
  return labels.length === 0 ? ['none'] : labels;
}
