/**
 * What calls copy: arguments and value receivers of functions of which every call is in view. A function whose name others can
 * use, that stands for a value, or that an interface asks for has its signature for a reason.
 */
import { isNeverInlined } from '../../escape/index.ts';
import { children, go, isText, Kind, NONE, type Node, textOf } from '../../syntax/index.ts';
import { allCallsOf } from '../kit/callers.ts';
import { noteAt } from '../kit/places.ts';
import type { Report } from '../rule.ts';
import { isSetAside, type Repeated, repeatedCall } from './repeated-calls.ts';
import type { Context } from './rule.ts';
import { typeName } from './type-name.ts';
import { isReadInParts } from './uses.ts';

interface Parameter {
  readonly name: Node;
  readonly size: number;
}

/** A finding for each large parameter of a function_declaration or method_declaration. */
export function parameterCopies(context: Context, fn: Node): Report[] {
  const { tree } = context;
  const name = go.functionDeclaration.name(tree, fn);
  const large = isText(tree, name, '_') ? [] : declarationsOf(context, fn).flatMap((each) => largeOf(context, each));
  if (large.length === 0 || !isNeverInlined(tree, fn)) return [];
  const read = large.filter((parameter) => isOnlyRead(context, parameter));
  const calls = read.length === 0 ? [] : (allCallsOf(context, fn) ?? []);
  const repeated = calls.some(isSetAside) ? undefined : repeatedCall(context, fn, calls, 0);
  return repeated === undefined ? [] : read.map((parameter) => reportOf(context, fn, parameter, repeated));
}

function declarationsOf({ tree }: Context, fn: Node): readonly Node[] {
  const receiver = tree.kind[fn] === Kind.method_declaration ? go.methodDeclaration.receiver(tree, fn) : NONE;
  const own = children(tree, go.functionDeclaration.parameters(tree, fn));
  return receiver === NONE ? own : [...children(tree, receiver), ...own];
}

const VALUES: ReadonlySet<number> = new Set([
  Kind.type_identifier,
  Kind.qualified_type,
  Kind.generic_type,
  Kind.array_type,
  Kind.struct_type,
]);

function largeOf({ tree, types, options }: Context, declaration: Node): Parameter[] {
  if (tree.kind[declaration] !== Kind.parameter_declaration) return [];
  const type = go.parameterDeclaration.type(tree, declaration);
  const size = VALUES.has(tree.kind[type]) ? types.sizeOf(types.typeOfTypeNode(type)) : undefined;
  if (size === undefined || size <= options.bytes) return [];
  return go.parameterDeclaration.name(tree, declaration).map((name) => ({ name, size }));
}

function isOnlyRead(context: Context, { name }: Parameter): boolean {
  const symbol = context.scopes.symbolOf(name);
  return symbol !== undefined && isReadInParts(context, symbol);
}

function reportOf(context: Context, fn: Node, { name, size }: Parameter, repeated: Repeated): Report {
  const { tree } = context;
  const { call, isDirect } = repeated;
  return {
    at: { start: tree.start[name], end: tree.end[name] },
    message: 'parameter',
    data: {
      type: typeName(context, name),
      size,
      name: textOf(tree, name),
      function: textOf(tree, go.functionDeclaration.name(tree, fn)),
    },
    related: [noteAt(call.file, call.node, isDirect ? 'called again on every iteration' : 'called again whenever this function is')],
    ...(isDirect ? { severity: 'information' } : {}),
  };
}
