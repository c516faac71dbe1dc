/** A struct of the parts as the key: for a person to judge, because joined parts may be equal where the parts are not. */
import { Since } from '../../model/index.ts';
import { go, Kind, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { assignmentAround } from '../kit/cancel/sources.ts';
import { declarationAround, disturbsComment, insertBefore, isKeyword, replacement, unusedName } from '../kit/edits.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import type { JoinedKey, JoinedMap } from './joined-keys.ts';

type Context = RuleContext<Options>;

export function structKeyFixes(context: Context, map: JoinedMap): RuleFix[] {
  const { tree, scopes } = context;
  const isMovable = map.keys.every(({ joined, parts }) => !textOf(tree, joined).includes('\n') && !disturbsComment(tree, joined, parts));
  if (!isMovable || !mayDeclareType(context, map.statement)) return [];
  const name = unusedName(tree, scopes, `${map.name}Key`, map.statement);
  const fields = fieldNames(map.repeated.parts.map((part) => nameOf(tree, part)));
  const edits: FileEdit[] = [
    insertBefore(tree, map.statement, [`type ${name} struct{ ${fields.join(', ')} string }`]),
    replacement(tree, go.mapType.key(tree, map.type), name),
    ...map.keys.map((key) => replacement(tree, key.joined, literal(tree, key, name))),
  ];
  return [{ title: 'Make the parts fields of a struct key (joined, different parts may be equal)', safety: 'suggestion', edits }];
}

function mayDeclareType({ tree, file }: Context, statement: Node): boolean {
  if (file.go >= Since.localTypesInGenerics) return true;
  const declaration = declarationAround(tree, statement);
  const isGeneric =
    tree.kind[declaration] === Kind.method_declaration
      ? textOf(tree, go.methodDeclaration.receiver(tree, declaration)).includes('[')
      : textOf(tree, go.functionDeclaration.typeParameters(tree, declaration)) !== '';
  return !isGeneric;
}

/** In the header of a statement a brace would begin its block. */
function literal(tree: Tree, { joined, parts }: JoinedKey, name: string): string {
  const text = `${name}{${parts.map((part) => textOf(tree, part)).join(', ')}}`;
  const statement = assignmentAround(tree, joined);
  const isInHeader = tree.kind[statement] === Kind.short_var_declaration && tree.kind[tree.parent[statement]] !== Kind.statement_list;
  return isInHeader ? `(${text})` : text;
}

/** `namespace` of `pod.Namespace` and `pod.Namespace()`, '' where nothing names the value. */
function nameOf(tree: Tree, part: Node): string {
  const named = tree.kind[part] === Kind.call_expression ? go.callExpression.function(tree, part) : part;
  const [last = ''] = /\p{L}[\p{L}\d]*$/u.exec(textOf(tree, named)) ?? [];
  return last.replace(/^\p{Lu}+(?!\p{Ll})|^\p{Lu}/u, (capitals) => capitals.toLowerCase());
}

/** The names, each once and usable as a field's; `part1` and so on where they are not. */
function fieldNames(names: readonly string[]): readonly string[] {
  const isOnce = (name: string): boolean => names.indexOf(name) === names.lastIndexOf(name);
  const isUsable = (name: string): boolean => name !== '' && isOnce(name) && !isKeyword(name) && !/^part\d+$/.test(name);
  return names.map((name, i) => (isUsable(name) ? name : `part${i + 1}`));
}
