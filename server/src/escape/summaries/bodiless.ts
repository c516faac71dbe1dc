/**
 * Summaries of functions without a body, which assembly or the linker brings: gc takes all their parameters to be kept unless `//go:noescape`
 * stands before the declaration (cmd/compile/internal/escape/escape.go, `paramTag`).
 */
import { isBroken, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { hasDirective } from '../inlining/inlining.ts';
import { bodyOf, signatureOf } from '../program.ts';
import type { FunctionSummary, Leaks, ParameterSummary } from './summaries.ts';

const NO_LEAK: Leaks = { heap: -1, results: [], trace: undefined };
const TO_HEAP: Leaks = { heap: 0, results: [], trace: undefined };
const STAYS: ParameterSummary = { certain: NO_LEAK, possible: NO_LEAK };
const LEAKS: ParameterSummary = { certain: TO_HEAP, possible: TO_HEAP };

/** Undefined for functions with a body, or with syntax errors. */
export function bodilessSummary(tree: Tree, fn: Node): FunctionSummary | undefined {
  if (tree.kind[fn] !== Kind.function_declaration && tree.kind[fn] !== Kind.method_declaration) return undefined;
  if (bodyOf(tree, fn) !== NONE || isBroken(tree, fn)) return undefined;
  const each = hasDirective(tree, fn, 'noescape') ? STAYS : LEAKS;
  return { parameters: signatureOf(tree, fn).parameters.map(() => each), inlined: [] };
}

/** Whether gc takes the function to keep whatever it gets, as nobody told it otherwise. */
export function isTakenToKeep({ parameters }: FunctionSummary): boolean {
  return parameters.length > 0 && parameters.every((each) => each === LEAKS);
}
