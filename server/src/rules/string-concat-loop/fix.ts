/**
 * The variable as a strings.Builder, under its own name: concatenations write to it, reads ask for `String()`, which copies
 * nothing, and questions for its length ask for `Len()`. That is the same for every value, provided that the variable is only
 * declared, extended and read, and nobody else holds it. Where it is more than that, a builder takes its place in the loop alone.
 */
import type { GoSymbol, Reference } from '../../model/index.ts';
import { children, encloses, go, Kind, NONE, type Node, type Tree } from '../../syntax/index.ts';
import { disturbsComment, replacement } from '../kit/edits.ts';
import { importEdits, packageNameAt } from '../kit/imports.ts';
import type { FileEdit, Options, RuleContext, RuleFix } from '../rule.ts';
import { type Building, concatenationsOf, editsFor, joined, lengthQuestion, readsBeside, writeText } from './builder-edits.ts';
import { loopFix } from './loop-fix.ts';

export function fixesFor<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, loop: Node): RuleFix[] {
  const type = context.types.typeOfSymbol(symbol);
  if (type.kind !== 'basic' || context.package.module?.path === 'std') return [];
  const fix = variableFix(context, symbol, loop) ?? loopFix(context, symbol, loop);
  return fix === undefined ? [] : [fix];
}

/** Undefined where the variable is not a builder everywhere. */
function variableFix<O extends Options>(context: RuleContext<O>, symbol: GoSymbol, loop: Node): RuleFix | undefined {
  const { tree, file, scopes } = context;
  const references = scopes.references(symbol);
  const isOwn = symbol.role === 'local' && references.every((each) => each.within === symbol.owner && each.access !== 'address');
  const strings = isOwn ? packageNameAt(file, scopes, 'strings', symbol.declaration) : undefined;
  const building: Building = { symbol, name: symbol.name };
  const declared = strings && declarationEdit(context, building, `${strings.name}.Builder`);
  if (declared === undefined) return undefined;
  const concatenations = concatenationsOf(context, symbol, references);
  const isHandled = ({ node, access }: Reference): boolean =>
    access === 'read' || access === 'declare' || concatenations.some(({ target }) => target === node);
  const reads = readsBeside(concatenations, references);
  const edits = references.every(isHandled) ? editsFor(context, building, concatenations, reads) : undefined;
  const imports = importEdits(file, { add: strings?.add ?? [] });
  if (imports === undefined || edits === undefined) return undefined;
  const isReadInLoop = reads.some(({ node }) => encloses(tree, loop, node) && lengthQuestion(context, node) === NONE);
  const title = `Build ${symbol.name} in a strings.Builder`;
  const all = [...imports, declared, ...edits];
  return isReadInLoop
    ? { title: `${title}, which the loop reads too`, safety: 'suggestion', edits: all }
    : { title, safety: 'safe', edits: all };
}

/** `var s strings.Builder` for the statement that declares the string, and what it starts with. */
function declarationEdit<O extends Options>(context: RuleContext<O>, { symbol, name }: Building, builder: string): FileEdit | undefined {
  const { tree, types } = context;
  const declaration = declarationOf(tree, symbol.declaration);
  if (declaration === undefined || disturbsComment(tree, declaration.statement, [])) return undefined;
  const { statement, value } = declaration;
  const lines = [`var ${name} ${builder}`];
  const isEmpty = value === NONE || types.constantOf(value) === '';
  if (!isEmpty) lines.push(writeText(context, name, value));
  return replacement(tree, statement, joined(tree, statement, lines));
}

interface Declaration {
  readonly statement: Node;
  /** NONE without one. */
  readonly value: Node;
}

/** A statement of its own that declares nothing else. */
function declarationOf(tree: Tree, identifier: Node): Declaration | undefined {
  const parent = tree.parent[identifier];
  if (tree.kind[parent] === Kind.var_spec) {
    const statement = tree.parent[parent];
    const isAlone = tree.kind[statement] === Kind.var_declaration && go.varSpec.name(tree, parent).length === 1;
    const list = go.varSpec.value(tree, parent);
    const values = list === NONE ? [] : children(tree, list);
    return isAlone && values.length <= 1 ? { statement, value: values[0] ?? NONE } : undefined;
  }
  const statement = tree.parent[parent];
  if (tree.kind[statement] !== Kind.short_var_declaration || tree.kind[tree.parent[statement]] !== Kind.statement_list) return undefined;
  const values = children(tree, go.shortVarDeclaration.right(tree, statement));
  return children(tree, parent).length === 1 && values.length === 1 ? { statement, value: values[0] } : undefined;
}
