/** Calls to flows: arguments to parameters, through summaries, or to the heap where nobody knows. After escape/call.go. */
import type { Selection, Type } from '../../model/index.ts';
import { ancestor, children, firstChild, go, Kind, NONE, type Node, textOf, unparenthesized } from '../../syntax/index.ts';
import { type CallTarget, calledExpression } from '../calls/callees.ts';
import { receiverDerefs } from '../calls/devirtualize.ts';
import { DISCARD, type Hole, heapHole, perhaps, shifted } from '../flows/batch.ts';
import { BLANK, CALLEE } from '../flows/graph.ts';
import type { CallKnowledge } from '../flows/notes.ts';
import { Port } from '../flows/stand-ins.ts';
import type { FunctionSummary, Leaks } from '../summaries/summaries.ts';
import { lowerBuiltin } from './builtins.ts';
import type { Lowering } from './lowering.ts';
import { dereferences, IMPLICIT_STACK_LIMIT } from './operands.ts';

/** How a `go` or `defer` statement treats what its call evaluates now: `heap` keeps it alive beyond the frame. */
export type Lifetime = 'now' | 'heap';

/** Where `go`, and `defer` in a loop, keep what they evaluate until the call is made. */
function keptHole(lowering: Lowering, call: Node): Hole {
  const { tree } = lowering.facts;
  const statement = ancestor(tree, call, Kind.go_statement, Kind.defer_statement);
  return lowering.note(heapHole(), tree.kind[statement] === Kind.go_statement ? 'goroutine' : 'defer', statement);
}

/** A call whose results go to the holes, in order; results without a hole are dropped. */
export function lowerCall(lowering: Lowering, results: readonly Hole[], call: Node, lifetime: Lifetime = 'now'): void {
  const { facts } = lowering;
  const target = lowering.callees.resolve(facts, call);
  const args = argumentsOf(lowering, call);
  if (target.kind === 'builtin') {
    lowerBuiltin(lowering, results, call, target.name, args, lifetime === 'heap' ? keptHole(lowering, call) : DISCARD);
    return;
  }
  if (target.kind === 'conversion') {
    lowerConversion(lowering, results[0] ?? DISCARD, call, args);
    return;
  }
  const isPending = [Kind.go_statement, Kind.defer_statement].some((kind) => kind === facts.tree.kind[facts.tree.parent[call]]);
  if (target.kind === 'summary' && !isPending) lowering.inline(target, results, call);
  if (target.kind === 'batch') wireResults(lowering, results, call, target.routine.index);
  const holes = new ParameterHoles(lowering, target, results, call, lifetime);
  const rest = lowerCalled(lowering, holes, call, args, lifetime === 'heap' ? holes.kept() : calledHole(target, results));
  lowerArguments(lowering, holes, call, rest);
}

function argumentsOf({ facts: { tree } }: Lowering, call: Node): readonly Node[] {
  if (tree.kind[call] === Kind.call_expression) return children(tree, go.callExpression.arguments(tree, call));
  const operand = go.typeConversionExpression.operand(tree, call);
  return operand === NONE ? [] : [operand];
}

function wireResults(lowering: Lowering, results: readonly Hole[], call: Node, routine: number): void {
  for (const [i, location] of lowering.batch.results[routine].entries()) {
    const hole = results[i];
    if (hole !== undefined) lowering.batch.flow(lowering.note(hole, 'call-result', call), location);
  }
}

/** Gives each parameter of a call its hole; slot 0 is the receiver of a method. */
class ParameterHoles {
  readonly hasReceiver: boolean;

  constructor(
    private readonly lowering: Lowering,
    readonly target: CallTarget,
    private readonly results: readonly Hole[],
    private readonly call: Node,
    private readonly lifetime: Lifetime,
  ) {
    const { types, tree } = lowering.facts;
    const selection = types.selectionOf(unparenthesized(tree, calledExpression(lowering.facts, call)));
    this.hasReceiver = selection?.kind === 'method';
  }

  /** `parameter` counts from 0 without the receiver. */
  argument(parameter: number, node: Node): Hole {
    return this.hole(parameter + (this.hasReceiver ? 1 : 0), 'argument', node);
  }

  receiver(node: Node): Hole {
    return this.hole(0, 'receiver', node);
  }

  private hole(slot: number, why: 'argument' | 'receiver', node: Node): Hole {
    return this.keep(this.parameterHole(slot, why, node), node);
  }

  /** The hole, which the pending call of `go` or `defer` also keeps. */
  keep(hole: Hole, node: Node): Hole {
    if (this.lifetime === 'now' || isMadeByCall(this.lowering, node)) return hole;
    const kept = isSliceLiteral(this.lowering, node) ? perhaps(this.kept()) : this.kept();
    return this.lowering.tee([kept, hole], node);
  }

  /** The slice that a variadic call makes; a pending call makes it when it runs. */
  variadic(parameter: number, node: Node): Hole {
    return this.parameterHole(parameter + (this.hasReceiver ? 1 : 0), 'argument', node);
  }

  kept(): Hole {
    return keptHole(this.lowering, this.call);
  }

  private parameterHole(slot: number, why: 'argument' | 'receiver', node: Node): Hole {
    const { batch } = this.lowering;
    switch (this.target.kind) {
      case 'batch': {
        const { index } = this.target.routine;
        const location = batch.parameters[index][slot] ?? batch.parameters[index].at(-1);
        if (location === undefined || !batch.isNamed(this.target.routine, Math.min(slot, batch.parameters[index].length - 1)))
          return DISCARD;
        return this.noted({ target: location, derefs: 0, reach: 'always', note: undefined }, why, node, 'batch');
      }
      case 'summary':
        return this.summaryHole(this.target.summary, slot, why, node);
      case 'dynamic':
        return this.noted(heapHole(), why, node, 'dynamic');
      default:
        return perhaps(this.noted(heapHole(), why, node, 'unknown'));
    }
  }

  private summaryHole(summary: FunctionSummary, slot: number, why: 'argument' | 'receiver', node: Node): Hole {
    const parameter = summary.parameters[Math.min(slot, summary.parameters.length - 1)];
    if (parameter === undefined) return DISCARD;
    if (parameter.certain instanceof Port) return this.portHole(parameter.certain, why, node);
    const isOutOfView = parameter.certain.heap < 0 && parameter.possible.trace === undefined;
    const certain = this.leakHoles(parameter.certain, why, node, 'summary');
    const possible = this.leakHoles(parameter.possible, why, node, isOutOfView ? 'unknown' : 'summary').map(perhaps);
    return this.lowering.tee([...certain, ...possible], node);
  }

  /** All ways that the argument may take; which of them it does is not known yet. */
  private portHole(port: Port, why: 'argument' | 'receiver', node: Node): Hole {
    const { lowering } = this;
    const location = lowering.temporary(node);
    const heap = this.noted(heapHole(), why, node, 'summary');
    const results = port.results.map((_, i) => this.results[i]).map((hole) => hole && this.noted(hole, why, node, 'summary'));
    for (const reach of [(hole: Hole): Hole => hole, perhaps]) {
      lowering.batch.pass(reach(heap), location, port.toHeap);
      for (const [i, hole] of results.entries()) if (hole !== undefined) lowering.batch.pass(reach(hole), location, port.toResults[i]);
    }
    return { target: location, derefs: 0, reach: 'always', note: undefined };
  }

  private leakHoles(leaks: Leaks, why: 'argument' | 'receiver', node: Node, knowledge: CallKnowledge): Hole[] {
    const holes: Hole[] = [];
    if (leaks.heap >= 0) {
      const call = this.lowering.callOf(this.call, knowledge, leaks);
      holes.push(this.lowering.note(heapHole('always', leaks.heap), why, node, call));
    }
    for (const [i, derefs] of leaks.results.entries()) {
      const hole = this.results[i];
      if (derefs >= 0 && hole !== undefined && hole.target !== BLANK) {
        holes.push(shifted(this.noted(hole, why, node, 'summary'), derefs));
      }
    }
    return holes;
  }

  private noted(hole: Hole, why: 'argument' | 'receiver', node: Node, knowledge: CallKnowledge): Hole {
    return this.lowering.note(hole, why, node, this.lowering.callOf(this.call, knowledge));
  }
}

/** `go f(new(T))` makes the value when the call runs, not before, and so a slice of such values (gc's normalizeGoDeferCall). */
function isMadeByCall(lowering: Lowering, node: Node): boolean {
  const { tree, types } = lowering.facts;
  const inner = tree.kind[node] === Kind.variadic_argument ? firstChild(tree, node) : node;
  if (tree.kind[inner] === Kind.call_expression) {
    const callee = types.calleeOf(inner);
    return callee.kind === 'builtin' && callee.name === 'new';
  }
  if (!isSliceLiteral(lowering, inner)) return false;
  const elements = children(tree, go.compositeLiteral.body(tree, inner));
  return elements.every((element) => tree.kind[element] === Kind.literal_element && isMadeNow(lowering, firstChild(tree, element)));
}

/** A value that needs nothing kept for it: a constant, or what `new` makes. */
function isMadeNow({ facts: { tree, types } }: Lowering, node: Node): boolean {
  if (tree.kind[node] === Kind.nil || types.constantOf(node) !== undefined) return true;
  const callee = tree.kind[node] === Kind.call_expression ? types.calleeOf(node) : undefined;
  return callee?.kind === 'builtin' && callee.name === 'new';
}

/** A slice literal among the operands of a pending call is made by the call, what it holds before. */
function isSliceLiteral({ facts: { tree, types } }: Lowering, node: Node): boolean {
  return tree.kind[node] === Kind.composite_literal && types.underlying(types.typeOf(node)).kind === 'slice';
}

/** What stands before the parentheses: a receiver, or the function value itself. Answers the arguments that are left. */
function lowerCalled(lowering: Lowering, holes: ParameterHoles, call: Node, args: readonly Node[], calledAs: Hole): readonly Node[] {
  const { tree, types } = lowering.facts;
  const called = unparenthesized(tree, calledExpression(lowering.facts, call));
  const selection = tree.kind[called] === Kind.selector_expression ? types.selectionOf(called) : undefined;
  if (selection?.kind === 'method') {
    const [first, ...rest] = args;
    if (selection.isExpression) {
      if (first !== undefined) lowering.push(holes.receiver(first), first);
      return rest;
    }
    const operand = go.selectorExpression.operand(tree, called);
    const behind = 'behind' in holes.target ? holes.target.behind : undefined;
    const hole = holes.receiver(operand);
    lowering.push(
      behind === undefined ? receiverHole(lowering, hole, called, selection) : shifted(hole, receiverDerefs(lowering.facts, behind)),
      operand,
    );
    return args;
  }
  if (selection === undefined && tree.kind[called] === Kind.selector_expression) {
    const operand = go.selectorExpression.operand(tree, called);
    if (lowering.facts.scopes.symbolOf(operand)?.kind === 'import') return args;
    lowering.push(perhaps(shifted(heapHole(), -1)), operand);
    return args;
  }
  if (tree.kind[call] === Kind.call_expression) lowering.push(calledAs, called);
  return args;
}

/** A function value that is called out of view: its results go to nobody knows whom. */
function calledHole(target: CallTarget, results: readonly Hole[]): Hole {
  const isKnown = target.kind === 'batch' || target.kind === 'summary';
  if (isKnown || results.every((hole) => hole.target === BLANK)) return DISCARD;
  return { target: CALLEE, derefs: 0, reach: 'always', note: undefined };
}

/** The hole for a receiver as written, when the method wants its address or what it points at. */
export function receiverHole(lowering: Lowering, hole: Hole, selector: Node, selection: Extract<Selection, { kind: 'method' }>): Hole {
  const { tree, types } = lowering.facts;
  const operand = go.selectorExpression.operand(tree, selector);
  const followed = dereferences(lowering, operand, selection);
  const holder = selection.through.at(-1)?.type ?? types.typeOf(operand);
  const isPointer = types.underlying(holder).kind === 'pointer';
  if (!selection.hasPointerReceiver) return shifted(hole, followed);
  if (isPointer) return shifted(hole, followed - 1);
  return shifted(lowering.note(hole, 'address', selector), followed - 1);
}

function lowerArguments(lowering: Lowering, holes: ParameterHoles, call: Node, args: readonly Node[]): void {
  const { tree, types } = lowering.facts;
  const type = types.typeOf(calledExpression(lowering.facts, call));
  const signature = type.kind === 'function' ? type : undefined;
  const [only] = args;
  if (args.length === 1 && only !== undefined && isTuple(lowering, only)) {
    passSeveral(lowering, holes, call, only, signature);
    return;
  }
  const fixed = signature?.isVariadic === true ? signature.parameters.length - 1 : Number.POSITIVE_INFINITY;
  const variadic = args.slice(fixed);
  for (const [i, argument] of args.slice(0, fixed).entries())
    pushArgument(lowering, holes.argument(i, argument), argument, signature?.parameters[i]);
  if (variadic.length === 0 || signature === undefined) return;
  const [spread] = variadic;
  if (spread !== undefined && tree.kind[spread] === Kind.variadic_argument) {
    pushArgument(lowering, holes.argument(fixed, spread), spread, undefined);
    return;
  }
  const slice = lowering.spill(holes.variadic(fixed, call), 'variadic', call);
  const element = elementOf(signature.parameters[fixed]);
  for (const argument of variadic) lowering.convert(holes.keep(lowering.note(slice, 'element', argument), argument), argument, element);
}

/** `f(g())` where g gives several values: those beyond the fixed parameters go into the slice that a variadic call makes. */
function passSeveral(
  lowering: Lowering,
  holes: ParameterHoles,
  call: Node,
  argument: Node,
  signature: Extract<Type, { kind: 'function' }> | undefined,
): void {
  const { tree, types } = lowering.facts;
  const values = types.typeOf(argument);
  const count = values.kind === 'tuple' ? values.elements.length : 0;
  const fixed = signature?.isVariadic === true ? signature.parameters.length - 1 : count;
  const slice = count > fixed ? lowering.spill(holes.variadic(fixed, call), 'variadic', call) : DISCARD;
  const targets = Array.from({ length: count }, (_, i) => (i < fixed ? signature?.parameters[i] : elementOf(signature?.parameters[fixed])));
  const given = targets.map((_, i) =>
    i < fixed ? holes.argument(i, argument) : holes.keep(lowering.note(slice, 'element', argument), argument),
  );
  lowerCall(lowering, lowering.boxed(given, values, targets, argument), unparenthesized(tree, argument));
}

function elementOf(type: Type | undefined): Type | undefined {
  return type?.kind === 'slice' ? type.element : undefined;
}

function pushArgument(lowering: Lowering, hole: Hole, argument: Node, type: Type | undefined): void {
  const { tree } = lowering.facts;
  if (tree.kind[argument] === Kind.variadic_argument) lowering.push(hole, children(tree, argument)[0] ?? NONE);
  else lowering.convert(hole, argument, type);
}

/** Whether the expression is a call that gives several values. */
export function isTuple({ facts: { tree, types } }: Lowering, node: Node): boolean {
  const inner = unparenthesized(tree, node);
  if (tree.kind[inner] !== Kind.call_expression) return false;
  return types.typeOf(inner).kind === 'tuple';
}

/** `T(x)`: strings and byte slices are copied, everything else stays what it is. */
function lowerConversion(lowering: Lowering, hole: Hole, call: Node, args: readonly Node[]): void {
  const { types } = lowering.facts;
  const [operand] = args;
  if (operand === undefined) return;
  const to = types.underlying(types.typeOf(call));
  const from = types.underlying(types.typeOf(operand));
  const copies = (isText(to) && !isText(from) && from.kind !== 'unknown') || (isBytes(lowering, to) && isText(from));
  if (from.kind === 'slice' && to.kind === 'array') {
    lowering.push(shifted(hole, 1), operand);
    return;
  }
  if (!copies) {
    if (isUnsafePointer(to) && from.kind === 'basic' && from.name === 'uintptr') lowerUnsafe(lowering, hole, operand);
    else lowering.convert(hole, operand, types.typeOf(call));
    return;
  }
  if (types.constantOf(call) === undefined) lowering.spill(hole, 'conversion', call);
  lowering.push(DISCARD, operand);
}

/** What becomes a pointer again from a number: arithmetic on what was one in the same expression (gc's unsafeValue). */
function lowerUnsafe(lowering: Lowering, hole: Hole, number: Node): void {
  const { tree, types } = lowering.facts;
  const pending = [number];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    switch (tree.kind[at]) {
      case Kind.parenthesized_expression:
        pending.push(firstChild(tree, at));
        break;
      case Kind.unary_expression:
        pending.push(go.unaryExpression.operand(tree, at));
        break;
      case Kind.binary_expression:
        pending.push(go.binaryExpression.left(tree, at), go.binaryExpression.right(tree, at));
        break;
      case Kind.selector_expression:
        if (isHeaderData(lowering, at)) lowering.push(shifted(hole, 1), go.selectorExpression.operand(tree, at));
        else lowering.push(DISCARD, at);
        break;
      default: {
        const [pointer] = types.calleeOf(at).kind === 'conversion' ? argumentsOf(lowering, at) : [];
        const isPointer = pointer !== undefined && isUnsafePointer(types.underlying(types.typeOf(pointer)));
        lowering.push(isPointer ? hole : DISCARD, isPointer ? pointer : at);
      }
    }
  }
}

/** `h.Data` of a pointer to reflect.SliceHeader or reflect.StringHeader. */
function isHeaderData({ facts: { tree, types } }: Lowering, selector: Node): boolean {
  if (types.selectionOf(selector)?.kind !== 'field' || textOf(tree, go.selectorExpression.field(tree, selector)) !== 'Data') return false;
  const type = types.typeOf(go.selectorExpression.operand(tree, selector));
  const header = type.kind === 'pointer' ? type.element : type;
  return header.kind === 'named' && header.path === 'reflect' && /^(Slice|String)Header$/.test(header.name);
}

function isUnsafePointer(type: Type): boolean {
  return type.kind === 'basic' && /^(unsafe\.)?Pointer$/.test(type.name);
}

function isText(type: Type): boolean {
  return type.kind === 'basic' && type.name === 'string';
}

function isBytes({ facts: { types } }: Lowering, type: Type): boolean {
  if (type.kind !== 'slice') return false;
  const element = types.underlying(type.element);
  return element.kind === 'basic' && ['byte', 'uint8', 'rune', 'int32'].includes(element.name);
}

/** `x.M` without a call: a closure that holds the receiver, and a call at any time whose results go anywhere (escape/expr.go, OMETHVALUE). */
export function lowerMethodValue(lowering: Lowering, hole: Hole, node: Node, selection: Extract<Selection, { kind: 'method' }>): void {
  const { tree } = lowering.facts;
  const operand = go.selectorExpression.operand(tree, node);
  const { types } = lowering.facts;
  const isTooLarge = !selection.hasPointerReceiver && (types.sizeOf(types.typeOf(operand)) ?? 0) > IMPLICIT_STACK_LIMIT;
  const offStack = isTooLarge ? 'too-large' : undefined;
  const closure = lowering.note(lowering.spill(hole, 'method-value', node, { offStack }), 'method-value', node);
  const results = selection.type.kind === 'function' ? selection.type.results.map(() => heapHole()) : [];
  const parameters = new ParameterHoles(lowering, lowering.callees.ofMethodValue(selection), results, node, 'now');
  lowering.push(receiverHole(lowering, lowering.tee([parameters.receiver(operand), closure], node), node, selection), operand);
}
