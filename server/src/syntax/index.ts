/** Go source as a flat tree: `parse`, the kinds and fields of the grammar, typed access and navigation. Knows no types, no files and no protocol. */

export * as go from './accessors.ts';

export { type BodyMatch, isOutermost, matchBodies, outermostRows } from './bodies.ts';
export type { Declaration, Names } from './declaration.ts';
export { declarationsIn, type FileDeclarations, type ImportWords } from './declarations.ts';
export { type DeclaredNames, declaredNames } from './declared-names.ts';
export { Field, type FieldName, Kind, type KindName } from './kinds.ts';
export { type GrammarReader, loadGrammar, type ParseResult, parse } from './parse.ts';
export { ALONE } from './selections.ts';
export * from './tree.ts';
export { changedMembers, flowAlike, hasArrays, typeMembers, wordsByValue } from './type-members.ts';
