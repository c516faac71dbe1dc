/** Literals that are options: functions make them when something is set up, and whoever is set up calls them. */
import type { Type } from '../../model/index.ts';
import { children, enclosingFunction, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types'>;

/** Whether a function around the literal gives an option, told by the name of its result's type or by what a resulting function takes. */
export function isOfOption(context: Context, literal: Node): boolean {
  const { tree } = context;
  for (let fn = enclosingFunction(tree, literal); fn !== NONE; fn = enclosingFunction(tree, fn)) {
    if (resultTypes(context, fn).some((type) => isOption(context, type))) return true;
  }
  return false;
}

function resultTypes({ tree, types }: Context, fn: Node): readonly Type[] {
  const result = tree.kind[fn] === Kind.func_literal ? go.funcLiteral.result(tree, fn) : go.functionDeclaration.result(tree, fn);
  if (result === NONE) return [];
  const declared = tree.kind[result] === Kind.parameter_list ? children(tree, result) : [];
  const written = declared.length === 0 ? [result] : declared.map((each) => go.parameterDeclaration.type(tree, each));
  return written.map((node) => types.typeOfTypeNode(node));
}

const OPTION = /(?:Option|Opt)s?$/;
const SETTINGS = /(?:config|configuration|settings|options|opts)$/i;

function isOption(context: Context, type: Type): boolean {
  if (type.kind === 'slice') return isOption(context, type.element);
  if (type.kind === 'named' && OPTION.test(type.name)) return true;
  const under = context.types.underlying(type);
  if (under.kind !== 'function' || under.parameters.length !== 1) return false;
  const [taken] = under.parameters;
  return taken.kind === 'pointer' && taken.element.kind === 'named' && SETTINGS.test(taken.element.name);
}
