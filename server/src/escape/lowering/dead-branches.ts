/** Statements that never run, as a constant condition or a jump before them shows: the compiler drops them before it analyses or counts anything. */
import { childOf, Field, firstChild, go, isText, Kind, NONE, type Node, type Tree, unparenthesized } from '../../syntax/index.ts';
import type { FileFacts } from '../program.ts';

/** What the condition of an if_statement always is; undefined where only run time knows. `debug && x` is false whatever x is. */
export function constantCondition({ tree, types }: FileFacts, statement: Node): boolean | undefined {
  const condition = go.ifStatement.condition(tree, statement);
  const value = types.constantOf(condition);
  if (value === true || value === false) return value;
  let at = unparenthesized(tree, condition);
  while (tree.kind[at] === Kind.binary_expression && tree.kind[go.binaryExpression.operator(tree, at)] === Kind['&&']) {
    if (types.constantOf(go.binaryExpression.right(tree, at)) === false) return false;
    at = unparenthesized(tree, go.binaryExpression.left(tree, at));
  }
  return types.constantOf(at) === false ? false : undefined;
}

/** Statements of the same list that a statement keeps from running: those behind it up to the next label. */
export function deadAfter(facts: FileFacts, statement: Node): readonly Node[] {
  const { tree } = facts;
  const list = tree.parent[statement];
  const end = tree.next[list];
  if (tree.next[statement] >= end || tree.kind[list] !== Kind.statement_list || !ends(facts, statement)) return [];
  const found: Node[] = [];
  for (let row = tree.next[statement]; row < end && tree.kind[row] !== Kind.labeled_statement; row = tree.next[row]) found.push(row);
  return found;
}

/** Whether nothing runs after the statement, as far as the compiler looks: every way through it returns, jumps back or panics. */
function ends(facts: FileFacts, statement: Node): boolean {
  const { tree } = facts;
  const pending = [statement];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    switch (tree.kind[at]) {
      case Kind.return_statement:
      case Kind.goto_statement:
        continue;
      case Kind.expression_statement:
        if (isPanic(facts, firstChild(tree, at))) continue;
        return false;
      case Kind.block:
        pending.push(lastStatement(tree, at));
        continue;
      case Kind.if_statement: {
        const condition = constantCondition(facts, at);
        if (condition !== false) pending.push(go.ifStatement.consequence(tree, at));
        if (condition !== true) pending.push(go.ifStatement.alternative(tree, at));
        continue;
      }
      default:
        return false;
    }
  }
  return true;
}

/** NONE for an empty block. */
function lastStatement(tree: Tree, block: Node): Node {
  const list = firstChild(tree, block);
  if (tree.kind[list] !== Kind.statement_list) return NONE;
  let last: Node = NONE;
  for (let row = list + 1; row < tree.next[list]; row = tree.next[row]) if (tree.kind[row] !== Kind.comment) last = row;
  return last;
}

function isPanic({ tree, scopes }: FileFacts, call: Node): boolean {
  if (tree.kind[call] !== Kind.call_expression) return false;
  const called = childOf(tree, call, Field.function);
  return tree.kind[called] === Kind.identifier && isText(tree, called, 'panic') && scopes.symbolOf(called)?.file === undefined;
}
