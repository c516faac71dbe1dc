/** Edits that reset a value before it is put back, and that put it back where a path forgets it. */
import { children, firstChild, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { insertBefore, statementAround } from '../kit/edits.ts';
import type { PoolCall } from '../kit/pools.ts';
import type { RuleContext, RuleFix } from '../rule.ts';
import type { NotPutBack } from './lost.ts';

type Context = Pick<RuleContext, 'tree' | 'types'>;

/** `part` is '' for the value itself, else the field to which was added. None for a Put that is deferred as it stands: what is put is added to later. */
export function resetFixes(context: Context, { node, value }: PoolCall, part: string): RuleFix[] {
  const { tree } = context;
  const statement = statementAround(tree, node);
  const line = resetLine(context, value, part);
  if (statement === NONE || line === undefined || tree.parent[node] !== statement) return [];
  if (tree.kind[statement] !== Kind.expression_statement) return [];
  return [{ title: `Reset it before Put: ${line}`, safety: 'suggestion', edits: [insertBefore(tree, statement, [line])] }];
}

function resetLine({ tree, types }: Context, value: Node, part: string): string | undefined {
  const name = textOf(tree, value);
  const type = types.typeOf(value);
  const field = part === '' ? undefined : types.lookupFieldOrMethod(type, part);
  const held = field?.kind === 'field' ? field.type : type;
  const place = part === '' ? name : `${name}.${part}`;
  const reset = types.lookupFieldOrMethod(held, 'Reset');
  if (reset?.kind === 'method' && reset.type.kind === 'function')
    return reset.type.parameters.length === 0 ? `${place}.Reset()` : undefined;
  const pointed = held.kind === 'pointer' ? held.element : held;
  const isPointer = held.kind === 'pointer';
  switch (types.underlying(pointed).kind) {
    case 'slice':
      return isPointer ? `*${place} = (*${place})[:0]` : `${place} = ${place}[:0]`;
    case 'map':
      return isPointer ? undefined : `clear(${place})`;
    case 'basic':
      return part === '' ? undefined : `${place} = ""`;
    default:
      return undefined;
  }
}

/** A Put before each return that lacks one. Not where what is returned may be part of the value. */
export function putFixes(context: Context, get: PoolCall, { variable, returns }: NotPutBack): RuleFix[] {
  const { tree } = context;
  const line = `${textOf(tree, get.pool)}.Put(${variable.name})`;
  const areListed = returns.every((node) => tree.kind[tree.parent[node]] === Kind.statement_list);
  if (!areListed || returns.some((node) => mayReturnPart(context, node))) return [];
  return [
    {
      title: `Put ${variable.name} back before ${returns.length === 1 ? 'the return that lacks it' : 'the returns that lack it'}`,
      safety: 'suggestion',
      edits: returns.map((node) => insertBefore(tree, node, [line])),
    },
  ];
}

function mayReturnPart({ tree, types }: Context, statement: Node): boolean {
  const list = firstChild(tree, statement);
  return (list === NONE ? [] : children(tree, list)).some((value) => {
    const type = types.typeOf(value);
    const isError = type.kind === 'named' && type.path === '' && type.name === 'error';
    const isHarmless = types.underlying(type).kind === 'basic' || type.kind === 'nil' || isError;
    return !isHarmless || tree.kind[value] === Kind.call_expression;
  });
}
