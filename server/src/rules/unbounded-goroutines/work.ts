/**
 * What the goroutine does: whether it reaches files, the network, a database or another process, told by the calls that it and
 * the functions it calls make, and whether it ends by itself. A goroutine that serves in a loop, or waits for others, is meant
 * to be there as often as it is started.
 */
import { isEndlessLoop, isStandardLibrary, type Type, type Types } from '../../model/index.ts';
import { children, firstChild, go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { isContextType } from '../kit/cancel/sources.ts';
import { calledFunction } from '../kit/known-calls.ts';
import type { RuleContext } from '../rule.ts';
import { HOLDING, lastName } from './limits.ts';
import type { Start } from './start.ts';

/** Functions and methods that reach out of the process, or take all of a processor, as `path.Name`. */
const REACHING =
  /^(?:net\.Dial\w*|net\.Dialer\.\w+|net\.Lookup\w+|net\.Resolver\.\w+|net\.\w*Conn\.(?:Read|Write)\w*|net\/http\.(?:Get|Head|Post|PostForm|Client\.\w+|RoundTripper\.RoundTrip|Transport\.RoundTrip)|os\.(?:Open|OpenFile|Create|CreateTemp|ReadFile|WriteFile|ReadDir|Remove|RemoveAll|Rename|Mkdir\w*|Stat|Lstat|Chmod|Chown|Symlink|Link|Truncate|File\.(?:Read|Write|Sync|ReadDir|Seek)\w*)|os\/exec\.Cmd\.(?:Run|Output|CombinedOutput|Start|Wait)|database\/sql\.\w+\.(?:Query|Exec|Prepare|Begin|Ping)\w*|io\.(?:Copy\w*|ReadAll|ReadFull)|io\/ioutil\.\w+|path\/filepath\.Walk\w*|crypto\/(?:rsa|ecdsa|ed25519)\.\w+|compress\/\w+\.\w+\.(?:Write|Read)|image\/\w+\.(?:Decode|Encode))$/;

/** Functions looked into, from the goroutine on. */
const LOOKED_INTO = 40;
const DEPTH = 4;

interface Body {
  readonly tree: Tree;
  readonly types: Types;
  readonly node: Node;
  readonly depth: number;
}

/** The call in the goroutine by which it gets to its work, as it is written in the goroutine; undefined without one, and where the goroutine may last or be held back. */
export function workOf(context: RuleContext, start: Start): Node | undefined {
  const { tree, types } = context;
  const first = bodyOf(context, start);
  if (first === undefined && start.literal === NONE && isReaching({ tree, types }, start.call)) return start.call;
  if (first === undefined || isLasting(first)) return undefined;
  const pending: (Body & { readonly from: Node | undefined })[] = [{ ...first, from: undefined }];
  const seen = new Set<string>();
  let work: Node | undefined;
  for (let body = pending.shift(); body !== undefined; body = pending.shift()) {
    for (let row = body.node; row < body.tree.next[body.node]; row++) {
      if (body.tree.kind[row] !== Kind.call_expression) continue;
      const from = body.from ?? row;
      if (isReaching(body, row)) work ??= from;
      const next = declaredBody(types, body, row);
      const key = next === undefined ? '' : `${next.path}:${next.node}`;
      if (next === undefined || seen.has(key) || seen.size >= LOOKED_INTO) continue;
      if (next.depth === 1 && isLasting(next)) return undefined;
      seen.add(key);
      pending.push({ ...next, from });
    }
  }
  if (work === undefined || isLocked(first, work)) return undefined;
  return start.literal === NONE ? start.call : work;
}

/** Whether the goroutine works under a lock: the others wait for it. */
function isLocked({ tree, node }: Body, work: Node): boolean {
  let depth = 0;
  for (let row = node; row < Math.min(work, tree.next[node]); row++) {
    if (tree.kind[row] !== Kind.call_expression || tree.kind[tree.parent[row]] === Kind.defer_statement) continue;
    const name = lastName(tree, row);
    if (name === 'Lock') depth++;
    else if (name === 'Unlock') depth--;
  }
  return depth > 0;
}

/** Known to reach out; or a call into what is not in view that is given a context and may fail, as requests are. */
function isReaching({ tree, types }: Pick<Body, 'tree' | 'types'>, call: Node): boolean {
  const callee = types.calleeOf(call);
  const name = calledFunction({ types }, call);
  if (name !== undefined && 'path' in callee && callee.path !== undefined && isStandardLibrary(callee.path)) return REACHING.test(name);
  const isSeen = (callee.kind === 'function' || callee.kind === 'method') && callee.declaration !== undefined;
  const [first] = children(tree, go.callExpression.arguments(tree, call));
  return !isSeen && first !== undefined && isContextType(types.typeOf(first)) && returnsError(types.typeOf(call));
}

/** Whether the type, or one of a tuple, is `error`. */
function returnsError(type: Type): boolean {
  const results = type.kind === 'tuple' ? type.elements : [type];
  return results.some((each) => each.kind === 'named' && each.path === '' && each.name === 'error');
}

function bodyOf({ tree, types }: RuleContext, { literal, call }: Start): Body | undefined {
  if (literal !== NONE) return { tree, types, node: go.funcLiteral.body(tree, literal), depth: 0 };
  const found = declaredBody(types, { tree, types, node: call, depth: 0 }, call);
  return found === undefined ? undefined : { ...found, depth: 0 };
}

function declaredBody(types: Types, { types: own, depth }: Body, call: Node): (Body & { readonly path: string }) | undefined {
  if (depth >= DEPTH) return undefined;
  const callee = own.calleeOf(call);
  if ((callee.kind !== 'function' && callee.kind !== 'method') || callee.declaration === undefined) return undefined;
  const { file, node } = callee.declaration;
  const inner = types.typesIn(file);
  const body = go.functionDeclaration.body(file.tree, node);
  return inner === undefined || body === NONE
    ? undefined
    : { tree: file.tree, types: inner, node: body, depth: depth + 1, path: file.path };
}

/** Whether the code loops until something stops it, receives, or may be held back. */
function isLasting({ tree, types, node }: Body): boolean {
  for (let row = node; row < tree.next[node]; row++) {
    const kind = tree.kind[row];
    if (kind === Kind.for_statement && isServing(tree, types, row)) return true;
    if (kind === Kind.unary_expression && isReceive(tree, row)) return true;
    if (kind === Kind.call_expression && HOLDING.test(lastName(tree, row)) && !isOfExec(types, row)) return true;
  }
  return false;
}

function isOfExec(types: Types, call: Node): boolean {
  return calledFunction({ types }, call)?.startsWith('os/exec.') === true;
}

function isServing(tree: Tree, types: Types, loop: Node): boolean {
  const clause = firstChild(tree, loop);
  if (tree.kind[clause] !== Kind.range_clause) return isEndlessLoop(tree, loop);
  return types.underlying(types.typeOf(go.rangeClause.right(tree, clause))).kind === 'channel';
}

/** A receive from anything but what says that the work is no longer wanted. */
function isReceive(tree: Tree, row: Node): boolean {
  const text = textOf(tree, row);
  return text.startsWith('<-') && !/\.Done\(\)$/.test(text);
}
