/**
 * Names that a fix brings into a function. Each fix looks for an unused one in the text as it is, so that two of them may
 * choose the same: whoever combines them has to let the second one wait and choose again.
 */
import type { SourceFile } from '../../model/index.ts';
import { declarationAround, type FileEdit, namesIn, type RuleFix } from '../../rules/index.ts';
import { Kind } from '../../syntax/index.ts';
import { nodeAt } from '../node-at.ts';

const DEFINITION =
  /(?<![\p{L}\p{N}_.])((?:[\p{L}_][\p{L}\p{N}_]*, )*[\p{L}_][\p{L}\p{N}_]*) :=|\b(?:var|const|type) ([\p{L}_][\p{L}\p{N}_]*)/gu;
/** Comments and literals, in which words declare nothing. */
const QUOTED = /\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g;
const PACKAGE_LEVEL = /^(?:var|const|type) ([\p{L}_][\p{L}\p{N}_]*)/gmu;
const FUNCTIONS: readonly number[] = [Kind.function_declaration, Kind.method_declaration];

/** Keys that are equal where two fixes declare one name in one function, or in one package; names that are there already do not count. */
export function declaredNames(file: SourceFile, fix: RuleFix): readonly string[] {
  const own = fix.edits.filter(({ path }) => path === undefined || path === file.path);
  return [...new Set(own.flatMap((edit) => keysOf(file, edit)))];
}

function keysOf(file: SourceFile, { range, newText }: FileEdit): readonly string[] {
  const code = newText.replace(QUOTED, "''");
  const names = [...code.matchAll(DEFINITION)].flatMap(([, several, one]) => several?.split(', ') ?? [one]).filter((name) => name !== '_');
  if (names.length === 0) return [];
  const { tree } = file;
  const declaration = declarationAround(tree, nodeAt(tree, range.start));
  const isInFunction = FUNCTIONS.includes(tree.kind[declaration]) && tree.start[declaration] < range.start;
  const shared = new Set(isInFunction ? [] : [...code.matchAll(PACKAGE_LEVEL)].map(([, name]) => name));
  const known = namesIn(tree, declaration);
  const folder = file.path.slice(0, file.path.lastIndexOf('/'));
  return names
    .filter((name) => !known.has(name))
    .map((name) => (shared.has(name) ? `${folder} ${name}` : `${file.path}@${tree.start[declaration]} ${name}`));
}
