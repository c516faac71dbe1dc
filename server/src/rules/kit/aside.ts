/** Code that no user waits for: what helps tests, examples and documentation, and commands, told by the directories it lies in. */
import type { Package, SourceFile } from '../../model/index.ts';

const ASIDE = /^(?:.*test(?:s|ing|utils?|data)?|test[-_]?servers?|e2e|fixtures?|mocks?|_?examples?|docs?|documentation|contrib|hack)$/;
const COMMANDS = /^(?:cmd|commands?|tools|scripts)$/;

/** Whether the file is called, or its package lies in a directory of its module that is called, as what serves tests or readers. */
export function isAside(pkg: Package, { path }: SourceFile): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.go$/, '');
  return ASIDE.test(name) || name.startsWith('test_') || segmentsOf(pkg).some((segment) => ASIDE.test(segment));
}

/** Whether the file is a test or serves tests, by where it lies or because it imports testing. */
export function isForTests(pkg: Package, file: SourceFile): boolean {
  return isTestCode(file) || isAside(pkg, file);
}

/** Whether the file is a test or imports testing, wherever it lies. */
export function isTestCode(file: SourceFile): boolean {
  return file.isTest || file.imports.some(({ path }) => path === 'testing');
}

/** Whether the package is a command, or lies in a directory of commands: somebody waits there who can interrupt it. */
export function isCommand(pkg: Package): boolean {
  return pkg.name === 'main' || segmentsOf(pkg).some((segment) => COMMANDS.test(segment));
}

const FRAMEWORK = /^github\.com\/(?:spf13\/cobra|urfave\/cli(?:\/v\d+)?|alecthomas\/kingpin(?:\/v\d+)?)$/;
const SERVING = /^(?:net|net\/http|net\/rpc|google\.golang\.org\/grpc)$/;

const GENERATOR = /^(?:gen[a-z]*|codegen)$/;

/** Whether the package is a command that does one thing and ends: one of those that a framework calls, or a main that reads flags, or generates, and serves no network. */
export function isShortLived(pkg: Package): boolean {
  if (!isCommand(pkg)) return false;
  const imports = pkg.files.flatMap((file) => file.imports.map(({ path }) => path));
  const isFramed = imports.some((path) => FRAMEWORK.test(path));
  if (pkg.name !== 'main') return isFramed;
  const isTool = isFramed || imports.includes('flag') || segmentsOf(pkg).some((segment) => GENERATOR.test(segment));
  return isTool && !imports.some((path) => SERVING.test(path));
}

/** Outside a module where the package lies is known by the last names alone: what is above them may be anybody's. */
const KNOWN_OUTSIDE = 3;

function segmentsOf({ directory, importPath, module }: Package): readonly string[] {
  if (importPath === undefined || module === undefined) return directory.split('/').slice(-KNOWN_OUTSIDE);
  return importPath.slice(module.path.length).split('/');
}
