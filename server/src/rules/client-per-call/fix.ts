/** The edit that makes a transport once, as a package variable. */
import type { Types } from '../../model/index.ts';
import { go, Kind, NONE, type Node, type Tree, textOf } from '../../syntax/index.ts';
import { declarationAround, disturbsComment, insertion, lineBreakAt, lineStartAt, replacement, unusedName } from '../kit/edits.ts';
import type { RuleContext, RuleFix } from '../rule.ts';

type Context = Pick<RuleContext, 'tree' | 'types' | 'scopes'>;

/** None where the literal reads anything of the function, or spans lines, whose layout would change. */
export function hoistFixes({ tree, types, scopes }: Context, literal: Node): RuleFix[] {
  const declaration = declarationAround(tree, literal);
  const address = tree.parent[literal];
  const isPointer = tree.kind[address] === Kind.unary_expression && tree.kind[go.unaryExpression.operator(tree, address)] === Kind['&'];
  if (!isPointer || declaration === NONE || readsLocals(tree, types, literal) || disturbsComment(tree, literal, [])) return [];
  const text = textOf(tree, literal);
  if (text.includes('\n')) return [];
  const owner = textOf(tree, go.functionDeclaration.name(tree, declaration));
  const name = unusedName(tree, scopes, `${owner.charAt(0).toLowerCase()}${owner.slice(1)}Transport`, literal);
  const start = startWithComment(tree, declaration);
  const lineBreak = lineBreakAt(tree, start);
  return [
    {
      title: `Make the transport once, as ${name}; its connections are then shared by all calls`,
      safety: 'suggestion',
      edits: [insertion(start, `var ${name} = &${text}${lineBreak}${lineBreak}`), replacement(tree, address, name)],
    },
  ];
}

function readsLocals(tree: Tree, { scopes }: Types, literal: Node): boolean {
  for (let row = literal; row < tree.next[literal]; row++) {
    if (tree.kind[row] === Kind.func_literal) return true;
    const symbol = tree.kind[row] === Kind.identifier ? scopes.symbolOf(row) : undefined;
    if (symbol?.kind === 'variable' && symbol.role !== 'package') return true;
  }
  return false;
}

/** Where the comment that documents a declaration begins, or the declaration itself. */
function startWithComment(tree: Tree, declaration: Node): number {
  let start = tree.start[declaration];
  for (let row = declaration - 1; row > 0 && tree.kind[row] === Kind.comment; row--) {
    const isAbove = tree.source.subarray(tree.end[row], start).filter((byte) => byte === 10).length === 1;
    if (!isAbove || lineStartAt(tree, tree.start[row]) !== tree.start[row]) break;
    start = tree.start[row];
  }
  return start;
}
