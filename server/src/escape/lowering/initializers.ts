/**
 * Values of package variables to flows. What the linker can lay out allocates nothing: constants, addresses of literals, function
 * literals, and structs, arrays and slices of them. Only the rest runs when the package starts. After cmd/compile/internal/staticinit.
 */
import { children, firstChild, go, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import { type Hole, heapHole } from '../flows/batch.ts';
import { bodyOf, type FileFacts } from '../program.ts';
import { drain } from './expressions.ts';
import type { Lowering } from './lowering.ts';
import { listed } from './operands.ts';

/** Adds the flows of a package-level var_spec. */
export function lowerInitializer(lowering: Lowering): void {
  const { tree } = lowering.facts;
  const spec = lowering.routine.node;
  const hole = lowering.note(heapHole(), 'assign', firstChild(tree, spec));
  const pending = [...listed(lowering, go.varSpec.value(tree, spec))];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) pending.push(...partsOf(lowering, hole, value));
  drain(lowering);
}

/** The parts of a value that is laid out, each of which may be laid out or not; a value that is computed is queued, and has none. */
function partsOf(lowering: Lowering, hole: Hole, value: Node): readonly Node[] {
  const { tree, types } = lowering.facts;
  const node = unparenthesized(tree, value);
  if (types.constantOf(node) !== undefined) return [];
  switch (tree.kind[node]) {
    case Kind.identifier:
    case Kind.nil:
    case Kind.selector_expression:
    case Kind.func_literal:
      return [];
    case Kind.unary_expression: {
      const operand = unparenthesized(tree, go.unaryExpression.operand(tree, node));
      const isAddress = tree.kind[go.unaryExpression.operator(tree, node)] === Kind['&'];
      if (isAddress) return tree.kind[operand] === Kind.composite_literal ? [operand] : [];
      break;
    }
    case Kind.composite_literal:
    case Kind.literal_value: {
      const under = types.underlying(types.typeOf(node));
      const element = under.kind === 'pointer' ? types.underlying(under.element) : under;
      if (element.kind !== 'map') return elementsOf(tree, node);
      break;
    }
    case Kind.call_expression:
    case Kind.type_conversion_expression: {
      const operand = convertedFrom(lowering, node);
      if (operand !== NONE) return [operand];
      if (isCallLaidOut(lowering, node)) return [];
      break;
    }
    default:
      break;
  }
  lowering.push(hole, node);
  return [];
}

/** Most nodes of a function that only returns a literal made of its arguments, where its body is not in view. */
const SMALL_MAKER = 20;

/**
 * Whether the linker can lay out what the call gives, as the compiler finds when it inlines a function that is one `return` of a
 * literal: `errors.New("…")` (staticAssignInlinedCall).
 */
function isCallLaidOut(lowering: Lowering, call: Node): boolean {
  const { facts, callees } = lowering;
  if (facts.tree.kind[call] !== Kind.call_expression) return false;
  const target = callees.resolve(facts, call);
  const cost = target.kind === 'summary' ? target.cost() : undefined;
  if (target.kind !== 'summary' || cost === undefined) return false;
  const args = children(facts.tree, go.callExpression.arguments(facts.tree, call));
  if (!args.every((argument) => isLaidOut(facts, argument))) return false;
  const body = callees.bodyOf(facts, call);
  if (body !== undefined) return isLaidOut(body.facts, onlyResult(body.facts.tree, body.node));
  const inlined = target.whole()?.inlined;
  return cost <= SMALL_MAKER && inlined?.every(({ kind, result }) => kind === 'composite' && result === 0) === true;
}

/** The value of a function that does nothing but return it; NONE where it does more. */
function onlyResult(tree: Tree, fn: Node): Node {
  const list = firstChild(tree, bodyOf(tree, fn));
  const statements = tree.kind[list] === Kind.statement_list ? children(tree, list) : [];
  const [statement] = statements;
  if (statements.length !== 1 || statement === undefined || tree.kind[statement] !== Kind.return_statement) return NONE;
  const values = firstChild(tree, statement);
  const [value, ...others] = tree.kind[values] === Kind.expression_list ? children(tree, values) : [values];
  return value === undefined || others.length > 0 ? NONE : value;
}

/** Whether nothing of the expression is computed: names, constants, and literals of them. */
function isLaidOut({ tree, types }: FileFacts, expression: Node): boolean {
  const pending = [expression];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const node = unparenthesized(tree, at);
    if (types.constantOf(node) !== undefined) continue;
    switch (tree.kind[node]) {
      case Kind.identifier:
      case Kind.nil:
      case Kind.selector_expression:
        continue;
      case Kind.unary_expression: {
        const operand = unparenthesized(tree, go.unaryExpression.operand(tree, node));
        if (tree.kind[go.unaryExpression.operator(tree, node)] !== Kind['&'] || tree.kind[operand] !== Kind.composite_literal) return false;
        pending.push(operand);
        continue;
      }
      case Kind.composite_literal:
      case Kind.literal_value:
        if (types.underlying(types.typeOf(node)).kind === 'map') return false;
        pending.push(...elementsOf(tree, node));
        continue;
      default:
        return false;
    }
  }
  return true;
}

function elementsOf(tree: Tree, literal: Node): Node[] {
  const body = tree.kind[literal] === Kind.composite_literal ? go.compositeLiteral.body(tree, literal) : literal;
  return children(tree, body).flatMap((element) => {
    const value = tree.kind[element] === Kind.keyed_element ? go.keyedElement.value(tree, element) : element;
    return value === NONE ? [] : [firstChild(tree, value)];
  });
}

/** The operand of a conversion; NONE for a call. */
function convertedFrom({ facts: { tree, types } }: Lowering, call: Node): Node {
  if (types.calleeOf(call).kind !== 'conversion') return NONE;
  if (tree.kind[call] === Kind.type_conversion_expression) return go.typeConversionExpression.operand(tree, call);
  const [operand] = children(tree, go.callExpression.arguments(tree, call));
  return operand ?? NONE;
}
