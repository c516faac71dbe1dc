/** Calls that are made again and again: in a loop, by the function itself, or by functions that are called so. */
import { isInLoop } from '../../model/index.ts';
import { encloses, Kind, type Node } from '../../syntax/index.ts';
import { allCallsOf, type PackageCall } from '../kit/callers.ts';
import { declarationAround } from '../kit/edits.ts';
import type { Context } from './rule.ts';

export interface Repeated {
  readonly call: PackageCall;
  /** Whether its own function repeats it, and not one that calls that function. */
  readonly isDirect: boolean;
}

/** Functions between the one that is called and the loop. */
const MOST_BETWEEN = 2;

/** A call that stands in a loop or in the function itself, or in a function of which such a call is found. */
export function repeatedCall(
  context: Pick<Context, 'file' | 'tree' | 'package' | 'types' | 'options'>,
  fn: Node,
  calls: readonly PackageCall[],
  between: number,
): Repeated | undefined {
  const counted = calls.filter(({ file }) => !file.isTest || context.options.tests);
  const direct = counted.find(({ file, node }) => isInLoop(file.tree, node) || (file === context.file && encloses(file.tree, fn, node)));
  if (direct !== undefined || between === MOST_BETWEEN) return direct && { call: direct, isDirect: true };
  for (const call of counted) {
    const { file, types, node } = call;
    const caller = declarationAround(file.tree, node);
    if (!DECLARATIONS.has(file.tree.kind[caller])) continue;
    const around = { file, tree: file.tree, package: context.package, types, options: context.options };
    if (repeatedCall(around, caller, allCallsOf(around, caller) ?? [], between + 1) !== undefined) return { call, isDirect: false };
  }
  return undefined;
}

const DECLARATIONS: ReadonlySet<number> = new Set([Kind.function_declaration, Kind.method_declaration]);

/** `go f(x)` and `defer f(x)` mean the value at that moment. */
export function isSetAside({ file: { tree }, node }: PackageCall): boolean {
  const kind = tree.kind[tree.parent[node]];
  return kind === Kind.go_statement || kind === Kind.defer_statement;
}
