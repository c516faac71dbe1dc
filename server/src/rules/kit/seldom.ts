/** Code that runs seldom, mostly once, when a program starts or is built: told by the names of directories, files and functions. */
import { go, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isAside, isShortLived } from './aside.ts';
import { declarationAround } from './edits.ts';
import { isSeldomCalled } from './repetition.ts';

const MIGRATIONS = /(?:^|\/)migrations?(?:\/|$)/;
const BUILDING = /(?:^|\/)(?:build|gen|generate|generator|codegen)$/;
const CONFIGURATION =
  /(?:^|[_-])(?:conf|config|configuration|configutil|opts|options|settings?|setup|flags|patches|migrations?|upgrades?)$/;
const SETTING_UP = /^(?:[iI]nit|[sS]et[uU]p|[cC]onfigure|(?:[lL]oad|[rR]ead|[pP]arse)?[cC]onfig(?:uration)?)(?:[A-Z]|$)/;

const FOR_PEOPLE = /^(?:write|print|render)(?:html|markdown|table|status)/i;

/** Whether nobody waits for the code: commands that end, what sets something up or shows values, and what serves tests. */
export function isSeldom(context: Pick<RuleContext, 'tree' | 'file' | 'package'>, node: Node): boolean {
  const { tree, file, package: pkg } = context;
  if (FOR_PEOPLE.test(functionNameAround(tree, node))) return true;
  return isShortLived(pkg) || isAside(pkg, file) || isSetUp(context, node) || isSeldomCalled(tree, declarationAround(tree, node));
}

/** Whether the code takes data from one version to the next, builds something, reads a configuration or sets something up. */
export function isSetUp(context: Pick<RuleContext, 'tree' | 'file' | 'package'>, node: Node): boolean {
  const { tree, file, package: pkg } = context;
  const name = file.path.slice(file.path.lastIndexOf('/') + 1, -'.go'.length);
  const folder = pkg.directory.slice(pkg.directory.lastIndexOf('/') + 1);
  if (MIGRATIONS.test(pkg.directory) || BUILDING.test(pkg.directory) || [name, folder].some((each) => CONFIGURATION.test(each)))
    return true;
  return SETTING_UP.test(functionNameAround(tree, node));
}

/** Of the declaration around the node; '' where that is none of a function. */
function functionNameAround(tree: Tree, node: Node): string {
  const name = go.functionDeclaration.name(tree, declarationAround(tree, node));
  return name === NONE ? '' : textOf(tree, name);
}
