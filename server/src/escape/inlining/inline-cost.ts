/**
 * What a function costs the compiler's inliner: one for each node of its intermediate tree, told from the rows that become
 * those nodes, and more for calls and closures (cmd/compile/internal/inline, hairyVisitor). Counting ends where the budget does.
 */
import type { Callee, GoSymbol, Type } from '../../model/index.ts';
import { children, firstChild, go, isText, Kind, NONE, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { type Callees, type CallTarget, calledExpression } from '../calls/callees.ts';
import { constantCondition, deadAfter } from '../lowering/dead-branches.ts';
import { bodyOf, type FileFacts, isGeneric, isLocalVariable, resultTypes } from '../program.ts';
import { countCall } from './count-calls.ts';
import { hasDirective } from './inlining.ts';
import { isIntrinsic } from './intrinsics.ts';
import { CLAUSES, CLOSURE, FOLDED, LEAVES, PRICES, STATEMENTS, UNCOUNTED } from './node-prices.ts';
import { listOf, priceOfAddress, Tally } from './tally.ts';

const BUDGET = 80;
export const CALL = 57;
/** A parameter that is called may turn out to be a function that is inlined too. */
const PARAMETER_CALL = 17;
/** Generic functions are given what they need to know of their type arguments. */
const DICTIONARY = 2;
/** Nodes of a function that counts as big, and what may be inlined into it at most. */
const BIG_FUNCTION = 5000;
export const BUDGET_IN_BIG = 20;
/** No row stands for more nodes than this on average. */
const NODES_PER_ROW = 2;
/** Literals called on the spot that are looked into, one inside the other. */
const LITERAL_LIMIT = 8;

/** Nodes that a call of the function costs; undefined where it is not inlined. */
export function inlineCost(callees: Callees, facts: FileFacts, fn: Node, depth = 0): number | undefined {
  const { tree } = facts;
  if (tree.kind[fn] === Kind.var_spec || (tree.kind[fn] !== Kind.func_literal && hasDirective(tree, fn, 'noinline'))) return undefined;
  const counter = new NodeCounter(callees, facts, fn, depth, true);
  const body = bodyOf(tree, fn);
  for (let row = body; row < tree.next[body] && row !== NONE; ) {
    row = counter.visit(row);
    if (counter.isForbidden || counter.cost > BUDGET) return undefined;
  }
  return counter.cost;
}

/** Whether the function is so large that only what costs very little is inlined into it. */
export function isBigFunction(callees: Callees, facts: FileFacts, fn: Node): boolean {
  const { tree } = facts;
  const body = bodyOf(tree, fn);
  if ((tree.next[body] - body) * NODES_PER_ROW < BIG_FUNCTION) return false;
  const counter = new NodeCounter(callees, facts, fn, 0, false);
  for (let row = body; row < tree.next[body] && counter.cost < BIG_FUNCTION; ) row = counter.visit(row);
  return counter.cost >= BIG_FUNCTION;
}

class NodeCounter extends Tally {
  /** Statements that never run. */
  private readonly dead = new Set<Node>();

  constructor(
    private readonly callees: Callees,
    facts: FileFacts,
    private readonly fn: Node,
    private readonly depth: number,
    /** Whether calls and closures cost more than their nodes. */
    private readonly isPriced: boolean,
  ) {
    super(facts);
  }

  /** Counts the row alone and answers the row to go on with: its first child, or what comes after those that count no more. */
  visit(row: Node): Node {
    const { tree } = this.facts;
    const kind = tree.kind[row];
    if (UNCOUNTED.has(kind) || this.dead.has(row)) return tree.next[row];
    if (LEAVES.has(kind)) {
      this.cost++;
      return tree.next[row];
    }
    if (FOLDED.has(kind) && this.facts.types.constantOf(row) !== undefined) {
      this.cost++;
      return tree.next[row];
    }
    this.cost += PRICES.get(kind) ?? 0;
    if (kind === Kind.return_statement || kind === Kind.if_statement) for (const never of deadAfter(this.facts, row)) this.dead.add(never);
    return STATEMENTS.has(kind) ? this.visitStatement(row) : this.visitExpression(row);
  }

  private visitStatement(row: Node): Node {
    const { tree } = this.facts;
    switch (tree.kind[row]) {
      case Kind.go_statement:
      case Kind.defer_statement:
        this.isForbidden = true;
        return row + 1;
      case Kind.if_statement:
        return this.visitIf(row);
      case Kind.short_var_declaration:
        this.declare(go.shortVarDeclaration.left(tree, row));
        return row + 1;
      case Kind.range_clause:
        this.declare(go.rangeClause.left(tree, row));
        return row + 1;
      case Kind.receive_statement:
        this.visitReceive(row);
        return row + 1;
      case Kind.var_spec:
        this.visitVariables(row);
        return row + 1;
      case Kind.assignment_statement:
        this.visitAssignment(row);
        return row + 1;
      case Kind.return_statement:
        this.visitReturn(row);
        return row + 1;
      case Kind.type_switch_statement:
        this.visitTypeSwitch(row);
        return row + 1;
      default:
        return row + 1;
    }
  }

  private visitExpression(row: Node): Node {
    const { tree } = this.facts;
    switch (tree.kind[row]) {
      case Kind.identifier:
        if (isText(tree, row, 'recover')) this.isForbidden = true;
        return row + 1;
      case Kind.pointer_type:
        if (this.facts.types.isTypeExpression(row)) return tree.next[row];
        this.cost++;
        return row + 1;
      case Kind.func_literal:
        if (!this.isPriced) this.cost -= CLOSURE;
        return tree.next[row];
      case Kind.unary_expression:
        this.visitUnary(row);
        return row + 1;
      case Kind.binary_expression:
        this.visitBinary(row);
        return row + 1;
      case Kind.selector_expression:
        return this.visitSelector(row);
      case Kind.index_expression:
        return this.visitIndex(row);
      case Kind.slice_expression:
        this.visitSlice(row);
        return row + 1;
      case Kind.composite_literal:
        this.visitLiteral(row, go.compositeLiteral.body(tree, row));
        return go.compositeLiteral.body(tree, row) + 1;
      case Kind.literal_value:
        this.visitLiteral(row, row);
        return row + 1;
      case Kind.keyed_element:
        return this.isStruct(row) ? go.keyedElement.value(tree, row) : row + 1;
      case Kind.call_expression:
      case Kind.type_conversion_expression: {
        const target = this.callees.resolve(this.facts, row);
        return countCall(this, row, target, this.isPriced ? this.priceOf(target, row) : undefined);
      }
      default:
        return row + 1;
    }
  }

  /** A condition that is constant costs nothing, nor does the branch that it rules out. */
  private visitIf(row: Node): Node {
    const { tree } = this.facts;
    const condition = constantCondition(this.facts, row);
    if (condition === undefined) return row + 1;
    this.cost--;
    const consequence = go.ifStatement.consequence(tree, row);
    const alternative = go.ifStatement.alternative(tree, row);
    if (condition) {
      this.dead.add(alternative);
      return consequence;
    }
    return alternative === NONE ? tree.next[row] : alternative;
  }

  /** A name that is declared stands in the declaration once more. */
  private declare(list: Node): void {
    const { tree, scopes } = this.facts;
    if (list === NONE) return;
    for (const name of tree.kind[list] === Kind.expression_list ? children(tree, list) : [list]) {
      if (tree.kind[name] === Kind.identifier && scopes.symbolOf(name)?.declaration === name) this.cost += 2;
    }
  }

  /** A receiving case always has two targets; a blank one is added for each that is not written. */
  private visitReceive(row: Node): void {
    const { tree } = this.facts;
    const targets = go.receiveStatement.left(tree, row);
    this.declare(targets);
    if (tree.kind[tree.parent[row]] === Kind.communication_case) this.cost += 2 - listOf(this.facts, targets).length;
  }

  private visitVariables(spec: Node): void {
    const { tree, types } = this.facts;
    const names = go.varSpec.name(tree, spec);
    const value = go.varSpec.value(tree, spec);
    this.cost += names.length * 2 + (value === NONE ? names.length : 1);
    if (value === NONE) return;
    const written = go.varSpec.type(tree, spec);
    if (written === NONE) return;
    const type = types.typeOfTypeNode(written);
    for (const each of children(tree, value)) this.box(type, each);
  }

  private visitAssignment(row: Node): void {
    const { tree, types } = this.facts;
    const targets = listOf(this.facts, go.assignmentStatement.left(tree, row));
    const values = listOf(this.facts, go.assignmentStatement.right(tree, row));
    if (targets.length !== values.length) return;
    for (const [i, value] of values.entries()) this.box(types.typeOf(targets[i]), value);
  }

  private visitReturn(row: Node): void {
    const { tree, types } = this.facts;
    const values = listOf(this.facts, firstChild(tree, row));
    const results = resultTypes(this.facts, this.fn);
    const [only] = values;
    const several = only === undefined || values.length > 1 ? undefined : types.typeOf(only);
    if (several?.kind === 'tuple') this.giveSeveral(several.elements, results);
    else for (const [i, value] of values.entries()) this.box(results[i], value);
  }

  /** Each clause has a variable of its own. */
  private visitTypeSwitch(row: Node): void {
    const { tree } = this.facts;
    if (go.typeSwitchStatement.alias(tree, row) === NONE) return;
    this.cost += children(tree, row).filter((child) => CLAUSES.has(tree.kind[child])).length;
  }

  private visitUnary(row: Node): void {
    const { tree } = this.facts;
    if (tree.kind[go.unaryExpression.operator(tree, row)] !== Kind['&']) return;
    this.cost += priceOfAddress(this.facts, unparenthesized(tree, go.unaryExpression.operand(tree, row))) - 1;
  }

  private visitBinary(row: Node): void {
    const { tree, types } = this.facts;
    if (this.isInnerConcatenation(row)) this.cost--;
    const operator = tree.kind[go.binaryExpression.operator(tree, row)];
    if (operator !== Kind['=='] && operator !== Kind['!=']) return;
    const [left, right] = [go.binaryExpression.left(tree, row), go.binaryExpression.right(tree, row)];
    this.box(types.typeOf(left), right);
    this.box(types.typeOf(right), left);
  }

  /** A chain of string `+` is one node. */
  private isInnerConcatenation(row: Node): boolean {
    const { tree, types } = this.facts;
    let parent = tree.parent[row];
    while (tree.kind[parent] === Kind.parenthesized_expression) parent = tree.parent[parent];
    const isSum = [row, parent].every(
      (node) => tree.kind[node] === Kind.binary_expression && tree.kind[go.binaryExpression.operator(tree, node)] === Kind['+'],
    );
    if (!isSum) return false;
    const type = types.underlying(types.typeOf(row));
    return type.kind === 'basic' && type.name === 'string';
  }

  private visitSelector(row: Node): Node {
    const { tree, types, scopes } = this.facts;
    const operand = go.selectorExpression.operand(tree, row);
    const selection = types.selectionOf(row);
    if (selection?.kind === 'member' || scopes.symbolOf(operand)?.kind === 'import') return tree.next[row];
    if (selection?.kind === 'method' && selection.isExpression) {
      this.cost--;
      return tree.next[row];
    }
    this.cost += (selection?.through.length ?? 0) + (selection?.kind === 'method' ? 1 : 0);
    return row + 1;
  }

  private visitIndex(row: Node): Node {
    const { tree, types } = this.facts;
    const operand = go.indexExpression.operand(tree, row);
    const under = types.underlying(types.typeOf(operand));
    if (under.kind === 'function') return tree.next[row];
    if (under.kind === 'pointer') this.cost++;
    if (under.kind === 'map') this.box(under.key, go.indexExpression.index(tree, row));
    return row + 1;
  }

  private visitSlice(row: Node): void {
    const { tree, types } = this.facts;
    const operand = go.sliceExpression.operand(tree, row);
    if (types.underlying(types.typeOf(operand)).kind === 'array') this.cost += priceOfAddress(this.facts, operand);
    const low = go.sliceExpression.start(tree, row);
    if (low !== NONE && types.constantOf(low) === 0n) this.cost--;
    if (this.isOwnLength(go.sliceExpression.end(tree, row), operand)) this.cost -= 2;
  }

  /** `len(s)` of the variable that is sliced to there, which the budget leaves out. */
  private isOwnLength(end: Node, operand: Node): boolean {
    const { tree, types, scopes } = this.facts;
    if (end === NONE || tree.kind[end] !== Kind.call_expression || tree.kind[operand] !== Kind.identifier) return false;
    const callee = types.calleeOf(end);
    const [measured] = children(tree, go.callExpression.arguments(tree, end));
    if (callee.kind !== 'builtin' || callee.name !== 'len' || measured === undefined) return false;
    const kind = types.underlying(types.typeOf(operand)).kind;
    return (
      (kind === 'slice' || kind === 'basic') &&
      tree.kind[measured] === Kind.identifier &&
      scopes.symbolOf(measured) === scopes.symbolOf(operand)
    );
  }

  private visitLiteral(literal: Node, body: Node): void {
    const { tree, types } = this.facts;
    const written = types.underlying(types.typeOf(literal));
    const isElidedPointer = written.kind === 'pointer' && literal === body;
    const type = isElidedPointer ? types.underlying(written.element) : written;
    this.cost += (isElidedPointer ? 1 : 0) + (type.kind === 'slice' ? 2 : 1);
    const elements = children(tree, body);
    for (const [i, element] of elements.entries()) {
      const isKeyed = tree.kind[element] === Kind.keyed_element;
      if (type.kind === 'struct' || isKeyed) this.cost++;
      const value = firstChild(tree, isKeyed ? go.keyedElement.value(tree, element) : element);
      this.box(elementType(this.facts, type, element, i), value);
    }
  }

  private isStruct(keyed: Node): boolean {
    const { tree, types } = this.facts;
    const body = tree.parent[keyed];
    const literal = tree.kind[tree.parent[body]] === Kind.composite_literal ? tree.parent[body] : body;
    const type = types.underlying(types.typeOf(literal));
    return (type.kind === 'pointer' ? types.underlying(type.element) : type).kind === 'struct';
  }

  private priceOf(target: CallTarget, call: Node): number {
    const callee = this.facts.types.calleeOf(call);
    if (isIntrinsic(callee)) return 0;
    return this.priceOfBody(target, call) + (isGenericCallee(callee) ? DICTIONARY : 0);
  }

  private priceOfBody(target: CallTarget, call: Node): number {
    const { tree, scopes } = this.facts;
    const cost = target.kind === 'summary' ? target.cost() : undefined;
    if (cost !== undefined) return cost;
    if (target.kind === 'batch' && tree.kind[target.routine.node] === Kind.func_literal && this.depth < LITERAL_LIMIT)
      return inlineCost(this.callees, target.routine.facts, target.routine.node, this.depth + 1) ?? CALL;
    const called = unparenthesized(tree, calledExpression(this.facts, call));
    const symbol = tree.kind[called] === Kind.identifier ? scopes.symbolOf(called) : undefined;
    return symbol?.role === 'parameter' || symbol?.role === 'receiver' || isOuter(symbol, this.fn) ? PARAMETER_CALL : CALL;
  }
}

function isGenericCallee(callee: Callee): boolean {
  if (callee.kind !== 'function' && callee.kind !== 'method') return false;
  const { declaration } = callee;
  return declaration !== undefined && isGeneric(declaration.file.tree, declaration.node);
}

/** A variable of the function around the literal. */
function isOuter(symbol: GoSymbol | undefined, fn: Node): boolean {
  return isLocalVariable(symbol) && symbol.owner !== fn;
}

function elementType({ tree }: FileFacts, type: Type, element: Node, i: number): Type | undefined {
  if (type.kind !== 'struct') return type.kind === 'slice' || type.kind === 'array' || type.kind === 'map' ? type.element : undefined;
  if (tree.kind[element] !== Kind.keyed_element) return type.fields[i]?.type;
  const key = textOf(tree, go.keyedElement.key(tree, element));
  return type.fields.find(({ name }) => name === key)?.type;
}
