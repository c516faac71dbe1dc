/** Code that runs seldom, mostly once, when a program starts or is built: told by the names of directories, files and functions. */
import { go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isAside, isShortLived } from './aside.ts';
import { declarationAround } from './edits.ts';
import { isSeldomCalled } from './repetition.ts';

const MIGRATIONS = /(?:^|\/)migrat(?:e|ions?)(?:\/|$)/;
const BUILDING = /(?:^|\/)(?:build|gen|generate|generator|codegen|docgen|gendocs?)$/;
const CONFIGURATION =
  /(?:^|[_-])(?:conf|config|configuration|configutil|opts|options|settings?|setup|flags|patches|migrations?|upgrades?|startup|onstartup|requirements|installer)$/;
/** `ConfigMap` is a thing of its own, and methods such as `initLevel` begin what is used at once. */
const SETTING_UP = /^(?:[sS]et[uU]p|[cC]onfigure|(?:[lL]oad|[rR]ead|[pP]arse)[cC]onfig(?:uration)?)(?:(?!Map)[A-Z]|$)|^[cC]onfig$/;
const INITIALIZING = /^[iI]nit(?:[A-Z]|$)/;

const FOR_PEOPLE = /^(?:[wW]rite|[pP]rint)(?:HTML|Markdown|Table|Status)$/;

/** Whether nobody waits for the code: commands that end, what sets something up or shows values, and what serves tests. */
export function isSeldom(context: Pick<RuleContext, 'tree' | 'file' | 'package'>, node: Node): boolean {
  const { tree, file, package: pkg } = context;
  if (FOR_PEOPLE.test(functionNameAround(tree, node))) return true;
  return isShortLived(pkg, file) || isAside(pkg, file) || isSetUp(context, node) || isSeldomCalled(tree, declarationAround(tree, node));
}

/** Whether the code takes data from one version to the next, builds something, reads a configuration or sets something up. */
export function isSetUp(context: Pick<RuleContext, 'tree' | 'file' | 'package'>, node: Node): boolean {
  const { tree, file, package: pkg } = context;
  const name = file.path.slice(file.path.lastIndexOf('/') + 1, -'.go'.length);
  const folder = pkg.directory.slice(pkg.directory.lastIndexOf('/') + 1);
  if (MIGRATIONS.test(pkg.directory) || BUILDING.test(pkg.directory) || [name, folder].some((each) => CONFIGURATION.test(each)))
    return true;
  const declaration = declarationAround(tree, node);
  const isMethod = tree.kind[declaration] === Kind.method_declaration;
  const called = functionNameAround(tree, node);
  return SETTING_UP.test(called) || (isMethod ? /^[iI]nit$/ : INITIALIZING).test(called);
}

/** Of the declaration around the node; '' where that is none of a function. */
function functionNameAround(tree: Tree, node: Node): string {
  const name = go.functionDeclaration.name(tree, declarationAround(tree, node));
  return name === NONE ? '' : textOf(tree, name);
}
