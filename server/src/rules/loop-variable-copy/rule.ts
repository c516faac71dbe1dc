/**
 * Since Go 1.22 each iteration of a loop has its own variables, so `v := v` in the body is a second copy of what is already
 * private. It goes only where nobody could tell: the copy and the original must not be seen to differ anywhere.
 */
import type { GoSymbol, Reference } from '../../model/index.ts';
import {
  ancestor,
  children,
  enclosingFunction,
  firstChild,
  go,
  Kind,
  NONE,
  type Node,
  type Tree,
  textBetween,
  textOf,
} from '../../syntax/index.ts';
import { lineEndAt, lineStartAt, nextLineAt, removeLines, removeStatement } from '../kit/edits.ts';
import { bodyReferences, type Loop, loopOf } from '../kit/loop-variables.ts';
import { defineRule, type RuleContext, type RuleFix } from '../rule.ts';

export const loopVariableCopy = defineRule({
  id: 'loop-variable-copy',
  category: 'closure',
  severity: 'hint',
  preset: 'all',
  since: '0.1.0',
  evidence: 'scope',
  fix: 'safe',
  go: { from: 22 },
  messages: {
    redundant: 'Each iteration has its own {name} since Go 1.22, so this copies it once more for nothing. Remove the line.',
  },
  options: {},
  alsoIn: { gopls: 'forvar', copyloopvar: 'copyloopvar' },
  docs: {
    summary: 'A loop variable is copied in the loop body, although each iteration has its own since Go 1.22.',
    why: 'Up to Go 1.21 `v := v` gave each iteration a variable that a closure or pointer could keep. Since Go 1.22 the loop does that by itself.',
    cost: 'A copy of the value on every iteration, which is small for words and real for large structs, and a line that makes readers look for a reason.',
    bad: `package p

func start(names []string, run func(string)) {
	for _, name := range names {
		name := name
		go run(name)
	}
}
`,
    good: `package p

func start(names []string, run func(string)) {
	for _, name := range names {
		go run(name)
	}
}
`,
    limits:
      'Only copies under the same name, in the function of the loop. Silent where copy and original can be told apart: the original is used again after the copy in a way that sees a change, or a loop with a counter whose copy the body changes. A comment beside the copy is kept.',
    skipWhen: 'The code must also build with Go 1.21 or older.',
    links: ['https://go.dev/blog/loopvar-preview'],
  },
  visit: { for_statement: checkLoop },
});

function checkLoop(statement: Node, context: RuleContext): void {
  const { tree, scopes } = context;
  if (!holdsCopy(tree, statement)) return;
  const loop = loopOf(tree, scopes, statement);
  if (loop === undefined) return;
  const copies = new Map<Node, Node[]>();
  for (const { symbol } of loop.variables) {
    for (const reference of bodyReferences(tree, scopes, loop, symbol)) {
      const declaration = copyAround(tree, loop, reference.node);
      if (declaration !== NONE) copies.set(declaration, [...(copies.get(declaration) ?? []), reference.node]);
    }
  }
  for (const [declaration, originals] of copies) checkCopy(context, loop, declaration, originals);
}

/** Whether anything in the loop looks like `v := v`: few do, and only for these it is asked what the names mean. */
function holdsCopy(tree: Tree, loop: Node): boolean {
  for (let row = loop; row < tree.next[loop]; row++) {
    if (tree.kind[row] === Kind.short_var_declaration && isWrittenAlike(tree, row)) return true;
  }
  return false;
}

function isWrittenAlike(tree: Tree, declaration: Node): boolean {
  const name = firstChild(tree, go.shortVarDeclaration.left(tree, declaration));
  const value = firstChild(tree, go.shortVarDeclaration.right(tree, declaration));
  return tree.kind[value] === Kind.identifier && textOf(tree, value) === textOf(tree, name);
}

/** The `v := v` of the loop's own function whose right side the identifier is, or NONE. */
function copyAround(tree: Tree, loop: Loop, identifier: Node): Node {
  const list = tree.parent[identifier];
  const declaration = tree.parent[list];
  if (tree.kind[declaration] !== Kind.short_var_declaration || go.shortVarDeclaration.right(tree, declaration) !== list) return NONE;
  if (tree.kind[tree.parent[declaration]] !== Kind.statement_list) return NONE;
  return enclosingFunction(tree, declaration) === enclosingFunction(tree, loop.statement) ? declaration : NONE;
}

function checkCopy(context: RuleContext, loop: Loop, declaration: Node, originals: readonly Node[]): void {
  const { tree, scopes } = context;
  const names = children(tree, go.shortVarDeclaration.left(tree, declaration));
  const values = children(tree, go.shortVarDeclaration.right(tree, declaration));
  const isPureCopy =
    names.length === values.length &&
    values.every((value, i) => originals.includes(value) && textOf(tree, value) === textOf(tree, names[i]));
  if (!isPureCopy || innermostLoop(tree, declaration) !== loop.statement) return;
  for (const [i, value] of values.entries()) {
    const copy = scopes.symbolOf(names[i]);
    const original = scopes.symbolOf(value);
    if (copy === undefined || original === undefined || copy.declaration !== names[i]) return;
    if (!isRedundant(context, loop, { copy, original, value, declaration })) return;
  }
  context.report({
    at: { start: tree.start[declaration], end: tree.end[declaration] },
    message: 'redundant',
    data: { name: names.map((name) => textOf(tree, name)).join(' and ') },
    fixes: removalFixes(context, declaration),
  });
}

/** A copy in an inner loop is made anew on each of that loop's iterations, so it is another variable than the outer loop's. */
function innermostLoop(tree: Tree, node: Node): Node {
  return ancestor(tree, node, Kind.for_statement, Kind.func_literal);
}

interface Copy {
  readonly copy: GoSymbol;
  readonly original: GoSymbol;
  /** The original on the right side. */
  readonly value: Node;
  readonly declaration: Node;
}

/**
 * Nobody can tell copy from original when neither ever changes; or, as a range loop never reads its variables back, when
 * the original is read only before the copy. An original that the body writes stays silent altogether: as a variable that
 * changes, a closure would hold it by reference, so that the copy saves an allocation.
 */
function isRedundant({ tree, scopes }: RuleContext, loop: Loop, { copy, original, value, declaration }: Copy): boolean {
  const ofCopy = scopes.references(copy).filter((reference) => reference.node !== copy.declaration);
  const ofOriginal = bodyReferences(tree, scopes, loop, original).filter((reference) => reference.node !== value);
  if (!ofOriginal.every(isMereRead)) return false;
  if (ofCopy.every(isMereRead)) return true;
  const isOriginalBehind = ofOriginal.every((reference) => reference.node < declaration && reference.within === original.owner);
  return loop.isRange && isOriginalBehind && !hasGoto(tree, loop.body);
}

function isMereRead(reference: Reference): boolean {
  return reference.access === 'read' && reference.mayTakeAddress !== true;
}

/** A `goto` in the body could come back to the copy in the same iteration. */
function hasGoto(tree: Tree, body: Node): boolean {
  for (let row = body; row < tree.next[body]; row++) if (tree.kind[row] === Kind.goto_statement) return true;
  return false;
}

function removalFixes({ tree }: RuleContext, declaration: Node): RuleFix[] {
  const lines = { start: lineStartAt(tree, tree.start[declaration]), end: nextLineAt(tree, tree.end[declaration]) };
  const fixes: RuleFix[] = [{ title: 'Remove the copy', safety: 'safe', edits: [removeStatement(tree, declaration)] }];
  if (!hasCommentBeside(tree, declaration)) return fixes;
  const edits = [removeLines(tree, lines)];
  return [...fixes, { title: 'Remove the copy and the comment beside it', safety: 'suggestion', edits, dropsComment: true }];
}

function hasCommentBeside(tree: Tree, declaration: Node): boolean {
  const before = textBetween(tree, lineStartAt(tree, tree.start[declaration]), tree.start[declaration]);
  const rest = textBetween(tree, tree.end[declaration], lineEndAt(tree, tree.end[declaration]));
  return before.trim() === '' && rest.trimStart().startsWith('//');
}
