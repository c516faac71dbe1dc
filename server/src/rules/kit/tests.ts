/**
 * Tests and what serves them: code whose cost nobody pays in production. A defect counts there too; what only costs does not, unless
 * somebody asks for it by a rule's option `tests`.
 */
import type { Package, SourceFile, Type } from '../../model/index.ts';
import { enclosingFunction, go, Kind, NONE, type Node } from '../../syntax/index.ts';
import type { RuleContext } from '../rule.ts';
import { isAside } from './aside.ts';

const FOR_TESTS =
  /^(?:testing|github\.com\/stretchr\/testify\/(?:assert|mock|require|suite)|github\.com\/onsi\/(?:ginkgo|gomega)(?:\/v\d+)?)$/;

/** `tests`, of rules that leave such code alone. */
export const testCodeOption = {
  type: 'boolean',
  default: false,
  doc: 'Also report in tests and in files that import testing or a library for it.',
} as const;

/** Whether the file is a test or imports what only tests do, wherever it lies. */
export function isTestCode(file: SourceFile): boolean {
  return file.isTest || file.imports.some(({ path }) => FOR_TESTS.test(path));
}

/** `tests`, of rules that leave alone what `isOfTests` tells. */
export const forTestsOption = { type: 'boolean', default: false, doc: 'Also report in tests and what serves them.' } as const;

/** The same where only `recommended` leaves it alone. */
export const forTestsInAllOption = { ...forTestsOption, default: true, recommended: false } as const;

/** Whether the file is a test or serves tests, by where it lies or by what it imports. */
export function isForTests(pkg: Package, file: SourceFile): boolean {
  return isTestCode(file) || isAside(pkg, file);
}

/** Whether the code is part of a test or serves tests. */
export function isOfTests(context: Pick<RuleContext, 'tree' | 'types' | 'scopes' | 'package' | 'file'>, node: Node): boolean {
  return isForTests(context.package, context.file) || isInTestFunction(context, node);
}

/** Whether a function around the node is part of a test, wherever its file is: it takes a `*testing.T` or its like. */
export function isInTestFunction({ tree, types, scopes }: Pick<RuleContext, 'tree' | 'types' | 'scopes'>, node: Node): boolean {
  for (let fn = enclosingFunction(tree, node); fn !== NONE; fn = enclosingFunction(tree, fn)) {
    const name = go.functionDeclaration.name(tree, fn);
    const symbol = tree.kind[fn] !== Kind.function_declaration ? undefined : scopes.symbolOf(name);
    const type = symbol === undefined ? types.typeOf(fn) : types.typeOfSymbol(symbol);
    if (type.kind === 'function' && type.parameters.some(isTesting)) return true;
  }
  return false;
}

function isTesting(type: Type): boolean {
  const inner = type.kind === 'pointer' ? type.element : type;
  return inner.kind === 'named' && inner.path === 'testing' && /^(?:T|F|TB)$/.test(inner.name);
}
