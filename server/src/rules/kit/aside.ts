/** Code that no user waits for: what helps tests, examples and documentation, and commands, told by the directories it lies in. */
import type { Package, SourceFile } from '../../model/index.ts';
import { Kind, textOf } from '../../syntax/index.ts';
import { perTree } from './per-tree.ts';

const ASIDE =
  /^(?:(?!(?:la|at|con|pro|fas)test$).*test(?:s|ing|utils?|data)?|test[-_]?servers?|e2e|fixtures?|mock[a-z_]*|_?examples?|docs?|documentation|bench(?:mark)?s?|contrib|hack)$/;
const COMMANDS = /^(?:cmd|commands?|tools|scripts)$/;

/** Whether the file is called, or its package lies in a directory of its module that is called, as what serves tests or readers. Tests themselves are another matter. */
export function isAside(pkg: Package, { path }: SourceFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/(?:_test)?\.go$/, '');
  return ASIDE.test(name) || name.startsWith('test_') || segmentsOf(pkg).some((segment) => ASIDE.test(segment));
}

/** Whether the package is a command, or lies in a directory of commands: somebody waits there who can interrupt it. */
export function isCommand(pkg: Package): boolean {
  return pkg.name === 'main' || segmentsOf(pkg).some((segment) => COMMANDS.test(segment));
}

const FRAMEWORK =
  /^github\.com\/(?:spf13\/cobra|(?:urfave|mitchellh)\/cli|alecthomas\/(?:kingpin|kong)|peterbourgon\/ff(?:\/v\d+)?\/ffcli|google\/subcommands)(?:\/v\d+)?$/;
const SERVING = /^(?:net|net\/http|net\/rpc|google\.golang\.org\/grpc)$/;

const GENERATOR = /^(?:(?:code)?gen(?:erat(?:e|ed|or|ors))?(?:[-_].+)?|gen(?:docs?|tests?|data|proto|man)|[a-z]{2,}gen)$/;

/** Whether the file is part of a command that does one thing and ends: one of those that a framework calls, what generates, what is run by hand, or a main that reads flags, and serves no network. */
export function isShortLived(pkg: Package, file: SourceFile): boolean {
  if (!isCommand(pkg)) return false;
  if (isRunByHand(file.tree)) return true;
  if (isFramed(file) && !isServing(file)) return true;
  const files = pkg.files.filter(({ isTest }) => !isTest);
  const paths = files.flatMap(({ imports }) => imports.map(({ path }) => path));
  const isGenerator = segmentsOf(pkg).some((segment) => GENERATOR.test(segment));
  const hasCommands = files.some(isFramed);
  if (pkg.name !== 'main') return hasCommands || isGenerator;
  return hasCommands ? !files.some(isServing) : (isGenerator || paths.includes('flag')) && !paths.some((path) => SERVING.test(path));
}

/** `//go:build ignore`: what `go run` is given by name, to make something else. */
const isRunByHand = perTree((tree): boolean => {
  for (let row = 1; row < tree.length && tree.kind[row] === Kind.comment; row = tree.next[row])
    if (/^\/\/(?:go:build| \+build)\s+ignore\b/.test(textOf(tree, row))) return true;
  return false;
});

/** Whether the file is a command of a framework itself, of which one program has many: that one of them serves says nothing of the others. */
function isFramed({ imports }: SourceFile): boolean {
  return imports.some(({ path }) => isCommandFramework(path));
}

/** Whether the package is one by which programs parse their command line and call their commands. */
export function isCommandFramework(path: string): boolean {
  return FRAMEWORK.test(path);
}

function isServing({ imports, tree }: SourceFile): boolean {
  return imports.some(({ path }) => SERVING.test(path)) && serves(tree);
}

/** Whether a declaration of the file, outside of bodies, names what only servers need: commands that a framework calls are clients as often. */
const serves = perTree((tree): boolean => {
  for (let row = 1; row < tree.length; row = tree.kind[row] === Kind.block ? tree.next[row] : row + 1) {
    if (NAMES.has(tree.kind[row]) && SERVERS.test(textOf(tree, row))) return true;
  }
  return false;
});

const NAMES: ReadonlySet<number> = new Set([Kind.identifier, Kind.field_identifier, Kind.type_identifier]);
const SERVERS = /^(?:ResponseWriter|ServeHTTP|ServeMux|HandlerFunc)$/;

/** Outside a module where the package lies is known by the last names alone: what is above them may be anybody's. */
const KNOWN_OUTSIDE = 3;

function segmentsOf({ directory, importPath, module }: Package): readonly string[] {
  if (importPath === undefined || module === undefined) return directory.split('/').slice(-KNOWN_OUTSIDE);
  return importPath.slice(module.path.length).split('/');
}
