/**
 * Generates what the parser is driven by, out of tree-sitter-go's published wasm: `grammars/go-tables.bin` (LR table, actions,
 * symbols, productions; `server/src/syntax/parser/tables.ts` reads it) and `server/src/syntax/parser/tokens.ts` (numbers of
 * the tokens, so that the scanner names each of them or this script fails).
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AmendedLanguage, withGenericMethods } from './generic-methods.ts';
import { type Action, type Language, readLanguage } from './language.ts';
import { type KindNumbers, kindNumbers } from './syntax.ts';

export interface GeneratedTables {
  readonly tables: Uint8Array;
  readonly tokens: { readonly path: string; readonly text: string };
}

export function generateTables(wasm: Uint8Array): GeneratedTables {
  const language = withGenericMethods(readLanguage(wasm));
  return { tables: packed(language, kindNumbers()), tokens: { path: 'server/src/syntax/parser/tokens.ts', text: tokensFile(language) } };
}

const FORMAT = 1;
const KIND = { none: 0, shift: 1, reduce: 2, accept: 3, conflict: 4, extra: 5, rename: 6 } as const;

/** 16-bit words, low byte first: header, actions, symbols, productions, states. */
function packed(language: AmendedLanguage, numbers: KindNumbers): Uint8Array {
  const actions = new ActionTable(language);
  const states = language.actions.flatMap((row, state) => stateWords(language, state, row, actions));
  const width = Math.max(...language.productions.map((p) => Math.max(p.aliases.length, p.fields.length)));
  const symbols = language.symbols.flatMap(({ name, visible, named }, symbol) => [
    numbers.kinds.get(name) ?? 0,
    visible ? (named ? 2 : 1) : 0,
    symbol === language.insertion.symbol ? (numbers.fields.get(language.insertion.field) ?? 0) : 0,
  ]);
  const productions = language.productions.flatMap((production) =>
    Array.from({ length: width }, (_, i) => [production.aliases[i] ?? 0, numbers.fields.get(production.fields[i] ?? '') ?? 0]).flat(),
  );
  const header = [
    FORMAT,
    language.columns,
    language.tokenCount,
    language.actions.length,
    language.symbols.length,
    language.productions.length,
    width,
    actions.length,
    ...topStates(language),
    language.insertion.state,
    language.insertion.symbol,
  ];
  return littleEndian([...header, ...actions.words, ...symbols, ...productions, ...states]);
}

/** The two states in which a declaration of the file can begin: at its start and behind another. */
function topStates(language: Language): readonly [number, number] {
  const start = 1;
  const declarations = language.symbols.findIndex((symbol) => symbol.name === 'source_file_repeat1');
  const next = language.gotos[start].get(declarations);
  if (next === undefined) throw new Error('the grammar repeats declarations in another way now');
  return [start, next];
}

/** Count of groups, then per group the value, count and symbols that have it. */
function stateWords(language: Language, state: number, row: ReadonlyMap<number, readonly Action[]>, actions: ActionTable): number[] {
  const groups = new Map<string, number[]>();
  const add = (isGoto: boolean, value: number, symbol: number): void => {
    const key = `${isGoto ? 1 : 0} ${value}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [symbol]);
    else group.push(symbol);
  };
  for (const [symbol, list] of row) {
    const number = actions.numberOf(list);
    if (number !== 0) add(false, number, symbol);
  }
  for (const [symbol, next] of language.gotos[state]) add(true, next, symbol);
  const words = [...groups].flatMap(([key, symbols]) => [Number(key.split(' ')[1]), symbols.length, ...symbols]);
  return [groups.size, ...words];
}

/** Actions by number from 1; the alternatives of a conflict follow each other, the likelier first. */
class ActionTable {
  readonly words: number[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly language: Language;

  constructor(language: Language) {
    this.language = language;
  }

  get length(): number {
    return this.words.length / 4;
  }

  /** 0 where nothing can be done. */
  numberOf(list: readonly Action[]): number {
    const able = list.map((action, i) => ({ action, rank: rank(action, i) })).filter(({ action }) => action.kind !== 'recover');
    const ordered = able.sort((a, b) => b.rank - a.rank).map(({ action }) => action);
    if (ordered.length === 0) return 0;
    const key = JSON.stringify(ordered);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    if (this.words.length === 0) this.add(KIND.none, 0, 0, 0);
    const number = ordered.length === 1 ? this.addAction(ordered[0]) : this.addConflict(ordered);
    this.numbers.set(key, number);
    return number;
  }

  private addConflict(alternatives: readonly Action[]): number {
    const first = this.length;
    for (const action of alternatives) this.addAction(action);
    return this.add(KIND.conflict, alternatives.length, first, 0);
  }

  private addAction(action: Action): number {
    if (action.kind === 'shift') return this.add(KIND.shift, 0, action.state, 0);
    if (action.kind === 'reduce') return this.addReduction(action);
    return this.add(action.kind === 'extra' ? KIND.extra : KIND.accept, 0, 0, 0);
  }

  /** One child of a node that has no row stays as it is, but for its name. */
  private addReduction({ count, symbol, production }: Extract<Action, { readonly kind: 'reduce' }>): number {
    const { aliases, fields } = this.language.productions[production];
    const isRename = count === 1 && !this.language.symbols[symbol].visible && fields.every((field) => field === '');
    return isRename ? this.add(KIND.rename, 1, symbol, aliases[0]) : this.add(KIND.reduce, count, symbol, production);
  }

  private add(...words: readonly number[]): number {
    this.words.push(...words);
    return this.length - 1;
  }
}

/** The grammar's dynamic precedence decides; of equals a reduction goes before a shift, and a later production before an earlier. */
function rank(action: Action, place: number): number {
  return action.kind === 'reduce' ? 2000 + action.precedence * 10_000 + place : 1000;
}

function littleEndian(words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(words.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of words.entries()) {
    if (word < -0x8000 || word > 0xffff) throw new Error(`${word} does not fit into 16 bits`);
    view.setUint16(i * 2, word & 0xffff, true);
  }
  return bytes;
}

/** Tokens that the scanner makes by hand: our name for them → the grammar's, in the order of its numbers where a name is used twice. */
const SCANNED: readonly (readonly [ours: string, grammar: string])[] = [
  ['end', 'end'],
  ['word', 'identifier'],
  ['newline', 'source_file_token1'],
  ['nul', ''],
  ['backquote', '`'],
  ['rawText', 'raw_string_literal_content'],
  ['openQuote', '"'],
  ['text', 'interpreted_string_literal_content'],
  ['closeQuote', '"'],
  ['escape', 'escape_sequence'],
  ['int', 'int_literal'],
  ['float', 'float_literal'],
  ['imaginary', 'imaginary_literal'],
  ['rune', 'rune_literal'],
  ['comment', 'comment'],
];
/** Words that are keywords only where the grammar has an action for them; else they are identifiers. */
const PREDECLARED = ['nil', 'true', 'false', 'iota'];

function tokensFile(language: Language): string {
  const names = language.symbols.slice(0, language.tokenCount).map((symbol) => symbol.name);
  const taken = new Set<number>();
  const take = (name: string): number => {
    const number = names.findIndex((candidate, i) => candidate === name && !taken.has(i));
    if (number < 0) throw new Error(`the grammar has no token ${JSON.stringify(name)} any more: bring the scanner in line`);
    taken.add(number);
    return number;
  };
  const scanned = SCANNED.map(([ours, grammar]) => `  ${ours}: ${take(grammar)},`);
  const builtins = newAndMake(names, taken);
  const named = [...builtins, ['closeParenthesis', names.indexOf(')')], ['closeBrace', names.indexOf('}')]].map(
    ([ours, number]) => `  ${ours}: ${number},`,
  );
  const soft = [...PREDECLARED.map((word) => [word, take(word)] as const), ['_', take('blank_identifier')] as const, ...builtins];
  const rest = names.map((name, number) => [name, number] as const).filter(([, number]) => !taken.has(number));
  const keywords = rest.filter(([name]) => /^[a-z]+$/.test(name));
  const operators = rest.filter(([name]) => /^[^\w"'`\s]+$/.test(name));
  const unknown = rest.length - keywords.length - operators.length;
  if (unknown > 0) throw new Error(`the scanner does not know ${unknown} of the grammar's tokens: ${JSON.stringify(rest)}`);
  const list = (pairs: readonly (readonly [string, number])[]): string => pairs.map(([text, n]) => `  ['${text}', ${n}],`).join('\n');
  return `/** Numbers of the grammar's tokens: generated by \`npm run generate\` from tree-sitter-go.wasm; do not edit. */

/** Tokens with a shape or a meaning of their own. */
export const Token = {
${[...scanned, ...named].join('\n')}
} as const;

/** Words that are never identifiers. */
export const KEYWORDS: readonly (readonly [text: string, token: number])[] = [
${list(keywords)}
];

/** Words that are identifiers where the grammar has no action for them. */
export const SOFT_KEYWORDS: readonly (readonly [text: string, token: number])[] = [
${list(soft)}
];

export const OPERATORS: readonly (readonly [text: string, token: number])[] = [
${list(operators)}
];
`;
}

/** The grammar calls both tokens \`identifier\`, so that their numbers come from the generated C parser's own list. */
function newAndMake(names: readonly string[], taken: Set<number>): (readonly [string, number])[] {
  const source = readFileSync(createRequire(import.meta.url).resolve('tree-sitter-go/src/parser.c'), 'utf8');
  return ['new', 'make'].map((word) => {
    const number = Number(new RegExp(`anon_sym_${word} = (\\d+),`).exec(source)?.[1]);
    if (names[number] !== 'identifier') throw new Error(`the grammar has no token for ${word} any more`);
    taken.add(number);
    return [word, number] as const;
  });
}
