/**
 * Conditions that are tested more than once in a function come out the same when nothing in between changes what they read.
 * Path analyses learn them at the first test and so leave out paths that no run can take (`if d > 0 { … }` twice).
 */
import { descendants, go, Kind, type Node, type Tree, textOf, unparenthesized } from '../../../syntax/index.ts';
import type { RuleContext } from '../../rule.ts';

/** Normalized texts of conditions, with how they came out. */
export type Facts = ReadonlyMap<string, boolean>;

export interface Branching {
  /** What is known after a condition came out as `truth`. */
  learn(facts: Facts, condition: Node, truth: boolean): Facts;
  /** How a condition comes out; `known` decides parts by other means. Undefined when it is open. */
  truthOf(condition: Node, facts: Facts, known: (part: Node) => boolean | undefined): boolean | undefined;
}

/** Nesting of `!`, `&&` and `||` that is looked into. */
const MAX_DEPTH = 32;

export function branchingOf({ tree, scopes }: Pick<RuleContext, 'tree' | 'scopes'>, fn: Node): Branching {
  const tracked = trackedAtoms({ tree, scopes }, fn);
  return {
    learn: (facts, condition, truth) => {
      const learned = partsOf(tree, condition, truth).filter(([text]) => tracked.has(text));
      return learned.length === 0 ? facts : new Map([...facts, ...learned]);
    },
    truthOf: (condition, facts, known) => truthOf(tree, condition, facts, known, MAX_DEPTH),
  };
}

function truthOf(tree: Tree, node: Node, facts: Facts, known: (part: Node) => boolean | undefined, depth: number): boolean | undefined {
  const part = unparenthesized(tree, node);
  const decided = known(part);
  if (decided !== undefined || depth === 0) return decided;
  if (isNegation(tree, part)) {
    const inner = truthOf(tree, go.unaryExpression.operand(tree, part), facts, known, depth - 1);
    return inner === undefined ? undefined : !inner;
  }
  const operator = logicalOperator(tree, part);
  if (operator !== undefined) {
    const left = truthOf(tree, go.binaryExpression.left(tree, part), facts, known, depth - 1);
    const right = truthOf(tree, go.binaryExpression.right(tree, part), facts, known, depth - 1);
    const decisive = operator === Kind['||'];
    if (left === decisive || right === decisive) return decisive;
    return left === undefined || right === undefined ? undefined : !decisive;
  }
  const [text, isFlipped] = atomOf(tree, part);
  const fact = facts.get(text);
  return fact === undefined ? undefined : fact !== isFlipped;
}

/** Atoms that a condition settles when it comes out as `truth`. */
function partsOf(tree: Tree, condition: Node, truth: boolean): [string, boolean][] {
  const found: [string, boolean][] = [];
  const pending: [Node, boolean][] = [[condition, truth]];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const part = unparenthesized(tree, next[0]);
    const operator = logicalOperator(tree, part);
    if (isNegation(tree, part)) pending.push([go.unaryExpression.operand(tree, part), !next[1]]);
    else if (operator === undefined) {
      const [text, isFlipped] = atomOf(tree, part);
      found.push([text, next[1] !== isFlipped]);
    } else if (next[1] === (operator === Kind['&&'])) {
      pending.push([go.binaryExpression.left(tree, part), next[1]], [go.binaryExpression.right(tree, part), next[1]]);
    }
  }
  return found;
}

function isNegation(tree: Tree, node: Node): boolean {
  return tree.kind[node] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, node)] === Kind['!'];
}

function logicalOperator(tree: Tree, node: Node): number | undefined {
  if (tree.kind[node] !== Kind.binary_expression) return undefined;
  const operator = tree.kind[go.binaryExpression.operator(tree, node)];
  return operator === Kind['&&'] || operator === Kind['||'] ? operator : undefined;
}

/** Operators that are written as the negation of another. */
const OPPOSITES: ReadonlyMap<number, string> = new Map([
  [Kind['!='], '=='],
  [Kind['<='], '>'],
  [Kind['>='], '<'],
]);

/** Text of a condition without logical operators, and whether it says the opposite of the condition at hand. */
function atomOf(tree: Tree, part: Node): [string, boolean] {
  if (tree.kind[part] !== Kind.binary_expression) return [textOf(tree, part), false];
  const operator = go.binaryExpression.operator(tree, part);
  const opposite = OPPOSITES.get(tree.kind[operator]);
  const left = textOf(tree, go.binaryExpression.left(tree, part));
  const right = textOf(tree, go.binaryExpression.right(tree, part));
  return [`${left} ${opposite ?? textOf(tree, operator)} ${right}`, opposite !== undefined];
}

/** Atoms in two or more conditions of the function's `if`s that read only what does not change after the first. */
function trackedAtoms({ tree, scopes }: Pick<RuleContext, 'tree' | 'scopes'>, fn: Node): Set<string> {
  const first = new Map<string, Node>();
  const repeated = new Map<string, Node>();
  for (const statement of descendants(tree, fn, Kind.if_statement)) {
    const condition = go.ifStatement.condition(tree, statement);
    for (const atom of atomsOf(tree, condition)) {
      const [text] = atomOf(tree, atom);
      const earlier = first.get(text);
      if (earlier === undefined) first.set(text, atom);
      else if (!repeated.has(text)) repeated.set(text, earlier);
    }
  }
  return new Set([...repeated].filter(([, atom]) => isStable({ tree, scopes }, atom)).map(([text]) => text));
}

function atomsOf(tree: Tree, condition: Node): Node[] {
  const atoms: Node[] = [];
  const pending = [condition];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const part = unparenthesized(tree, node);
    if (isNegation(tree, part)) pending.push(go.unaryExpression.operand(tree, part));
    else if (logicalOperator(tree, part) === undefined) atoms.push(part);
    else pending.push(go.binaryExpression.left(tree, part), go.binaryExpression.right(tree, part));
  }
  return atoms;
}

/** Whether a condition calls nothing but `len`, receives nothing, and reads variables that are not changed after it. */
function isStable({ tree, scopes }: Pick<RuleContext, 'tree' | 'scopes'>, atom: Node): boolean {
  for (let row = atom; row < tree.next[atom]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind['<-'] || kind === Kind.func_literal) return false;
    if (kind === Kind.call_expression && textOf(tree, go.callExpression.function(tree, row)) !== 'len') return false;
    const symbol = kind === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (symbol?.kind !== 'variable') continue;
    if (scopes.references(symbol).some(({ access, node }) => node > atom && access !== 'read' && access !== 'declare')) return false;
  }
  return true;
}
