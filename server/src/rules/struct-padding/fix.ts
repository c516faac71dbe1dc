/** The struct with its fields in another order: comments, tags and groups stay with them, and only what gofmt would print is offered. */
import type { Layout } from '../../model/index.ts';
import { children, go, Kind, NONE, type Node, type Tree, textBetween, textOf } from '../../syntax/index.ts';
import { indentationAt, lineEndAt, lineStartAt } from '../kit/edits.ts';
import { perTree } from '../kit/per-tree.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import type { Declaration, Groups } from './fields.ts';
import { type Aim, reordered } from './order.ts';
import { printed } from './print.ts';
import type { TypeMention } from './values.ts';

interface Order {
  readonly name: Node;
  readonly struct: Node;
  readonly groups: Groups;
  readonly aim: Aim;
  readonly before: Layout;
  readonly after: Layout;
  readonly mentions: readonly TypeMention[];
}

/** The fix, or none where it cannot be written or code depends on the order. */
export function fixesFor<O extends Options>(context: RuleContext<O>, found: Order): RuleFix[] {
  const { tree } = context;
  const { name, struct, groups, aim, before, after } = found;
  const order = reordered(groups, aim, after);
  const edit = orderEdit(tree, struct, groups, order);
  if (edit === undefined || dependsOnOrder(context, name, found.mentions)) return [];
  const what = `${before[aim]} → ${after[aim]} bytes${aim === 'size' ? '' : ' looked at'}`;
  const title = [`Reorder the fields of ${textOf(tree, name)}: ${what}`, ...cautionsOf(textOf(tree, name), groups, order)].join('; ');
  return [{ title, safety: 'suggestion', edits: [edit] }];
}

/** What a person should look at. */
function cautionsOf(name: string, groups: Groups, order: Groups): string[] {
  const cautions: string[] = [];
  if (/^\p{Lu}/u.test(name)) cautions.push('literals without field names in other packages would no longer fit');
  if (groups.flat().some(({ tag }) => tag !== '')) cautions.push('encoders write the fields in the new order');
  const lock = groups.flat().find(({ type }) => /^(?:sync\.)?(?:RW)?Mutex$/.test(type));
  if (lock !== undefined && followers(groups, lock) !== followers(order, lock))
    cautions.push(`${lock.names === '' ? 'the mutex' : lock.names} may no longer stand above what it guards`);
  return cautions;
}

function followers(groups: Groups, lock: Declaration): string {
  const group = groups.find((each) => each.includes(lock)) ?? [];
  return group
    .slice(group.indexOf(lock) + 1)
    .map(({ names }) => names)
    .join();
}

/** The edit that puts the fields in the new order; undefined where the struct is not printed as gofmt prints it. */
function orderEdit(tree: Tree, struct: Node, groups: Groups, order: Groups): FileEdit | undefined {
  const [list = NONE] = children(tree, struct);
  const start = lineEndAt(tree, tree.start[list]) + 1;
  const end = lineStartAt(tree, tree.end[list] - 1);
  const indent = `${indentationAt(tree, tree.start[list])}\t`;
  if (textBetween(tree, start, end) !== printed(groups, indent)) return undefined;
  return { range: { start, end }, newText: printed(order, indent) };
}

/** Whether code of the package, or of another build of it, goes by the order: literals without names, and conversions of other structs. */
function dependsOnOrder<O extends Options>(context: RuleContext<O>, name: Node, mentions: readonly TypeMention[]): boolean {
  const { package: pkg, file, tree, types, scopes } = context;
  const symbol = scopes.symbolOf(name);
  const text = textOf(tree, name);
  const others = pkg.leftOutBeside(file);
  if (symbol === undefined || others === undefined || others.some((each) => isNamed(each.tree, text))) return true;
  if (mentions.some((mention) => isConverted(mention))) return true;
  const type = types.underlying(types.typeOfSymbol(symbol));
  const count = type.kind === 'struct' ? type.fields.length : 0;
  return pkg.files.some((each) => {
    const own = types.typesIn(each);
    if (own === undefined) return true;
    return (bareLiterals(each.tree).get(count) ?? []).some((literal) => {
      const of = own.typeOf(literal);
      const value = of.kind === 'pointer' ? of.element : of;
      return value.kind === 'unknown' || (value.kind === 'named' && value.symbol === symbol);
    });
  });
}

function isNamed(tree: Tree, name: string): boolean {
  for (let row = 0; row < tree.length; row++) {
    if ((tree.kind[row] === Kind.type_identifier || tree.kind[row] === Kind.identifier) && textOf(tree, row) === name) return true;
  }
  return false;
}

/** `T(x)` and `(*T)(x)`: x may be of a struct that has the same fields in the same order. */
function isConverted({ file: { tree }, node }: TypeMention): boolean {
  let type = node;
  const WRAPS: readonly number[] = [Kind.pointer_type, Kind.unary_expression, Kind.parenthesized_expression, Kind.parenthesized_type];
  while (WRAPS.includes(tree.kind[tree.parent[type]])) type = tree.parent[type];
  const parent = tree.parent[type];
  if (tree.kind[parent] === Kind.type_conversion_expression) return true;
  return tree.kind[parent] === Kind.call_expression && go.callExpression.function(tree, parent) === type;
}

/** Literals without keys, by the number of their values. */
const bareLiterals = perTree((tree): ReadonlyMap<number, readonly Node[]> => {
  const found = new Map<number, Node[]>();
  for (let row = 0; row < tree.length; row++) {
    if (tree.kind[row] !== Kind.literal_value || tree.kind[row + 1] === Kind.keyed_element) continue;
    const values = children(tree, row);
    if (values.length === 0 || tree.kind[values[0]] === Kind.keyed_element) continue;
    const ofLength = found.get(values.length) ?? [];
    found.set(values.length, ofLength);
    ofLength.push(row);
  }
  return found;
});
