/** Edits that box a value once, before the loop whose iterations do not change it. */
import { type GoSymbol, Since } from '../../model/index.ts';
import { ancestor, children, encloses, go, Kind, NONE, type Node, unparenthesized } from '../../syntax/index.ts';
import { insertBefore, replacement, statementAround, unusedName } from '../kit/edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';

type Context = Pick<RuleContext, 'file' | 'tree' | 'types' | 'scopes'>;

/** One fix for all values that a call boxes, or none: as long as one is boxed on every iteration, little is won. */
export function hoistFixes(context: Context, loop: Node, values: readonly Node[]): RuleFix[] {
  const { tree, scopes } = context;
  const statement = statementAround(tree, loop);
  if (statement === NONE || tree.kind[statement] === Kind.labeled_statement) return [];
  const symbols = values.map((value) => fixedVariable(context, value, loop));
  if (symbols.some((symbol) => symbol === undefined) || !values.every((value) => isArgumentOfAny(context, value))) return [];
  const names = new Map<GoSymbol, string>();
  const lines: string[] = [];
  for (const symbol of symbols) {
    if (symbol === undefined || names.has(symbol)) continue;
    const name = unusedName(tree, scopes, `${symbol.name}Boxed`, statement);
    names.set(symbol, name);
    lines.push(`var ${name} ${context.file.go < Since.any ? 'interface{}' : 'any'} = ${symbol.name}`);
  }
  const uses = values.flatMap((value, i) => {
    const name = symbols[i] && names.get(symbols[i]);
    return name === undefined ? [] : [replacement(tree, value, name)];
  });
  const what = [...names.keys()].map(({ name }) => name).join(' and ');
  return [{ title: `Box ${what} once, before the loop`, safety: 'suggestion', edits: [insertBefore(tree, statement, lines), ...uses] }];
}

/** The local variable that the value is, if the loop neither declares nor changes it. */
function fixedVariable({ tree, scopes }: Context, value: Node, loop: Node): GoSymbol | undefined {
  const node = unparenthesized(tree, value);
  const symbol = tree.kind[node] === Kind.identifier ? scopes.symbolOf(node) : undefined;
  if (symbol?.kind !== 'variable' || symbol.role === 'package' || symbol.file?.tree !== tree) return undefined;
  if (encloses(tree, loop, symbol.declaration) || scopes.lookup(symbol.name, loop) !== symbol) return undefined;
  const references = scopes.references(symbol);
  const isFixed = references.every(({ node: use, access, within }) => {
    if (access === 'address') return false;
    return access === 'read' || access === 'declare' || (!encloses(tree, loop, use) && within === symbol.owner);
  });
  return isFixed ? symbol : undefined;
}

/** Whether the parameter that takes the value is of the empty interface, which every file can write. */
function isArgumentOfAny({ tree, types, scopes }: Context, value: Node): boolean {
  const call = ancestor(tree, value, Kind.call_expression);
  const list = go.callExpression.arguments(tree, call);
  if (tree.parent[value] !== list || scopes.lookup('any', value)?.file !== undefined) return false;
  const type = types.underlying(types.typeOf(go.callExpression.function(tree, call)));
  if (type.kind !== 'function') return false;
  const last = type.parameters.length - 1;
  const index = children(tree, list).indexOf(value);
  const parameter = type.parameters[Math.min(index, last)];
  const taken = types.underlying(type.isVariadic && index >= last && parameter.kind === 'slice' ? parameter.element : parameter);
  return taken.kind === 'interface' && taken.isComplete && taken.methods.length === 0 && taken.terms === undefined;
}
