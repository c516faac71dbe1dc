/**
 * Go 1.27's methods with type parameters, which tree-sitter-go 0.25 does not know: behind the name of a method its machine
 * learns to read the list that it reads behind the name of a function. The list is an insertion, as comments are: the
 * production of the method does not count it, so that nothing else in the tables has to change.
 */
import type { Action, Language } from './language.ts';

export interface AmendedLanguage extends Language {
  /** A nonterminal that is reduced in the state belongs to no production, and has this field in the tree. */
  readonly insertion: { readonly state: number; readonly symbol: number; readonly field: string };
}

const START_STATE = 1;

export function withGenericMethods(language: Language): AmendedLanguage {
  const symbolOf = (name: string): number => {
    const symbol = language.symbols.findIndex((candidate) => candidate.name === name);
    if (symbol < 0) throw new Error(`the grammar has no ${name} any more`);
    return symbol;
  };
  const name = symbolOf('identifier');
  const bracket = symbolOf('[');
  const list = symbolOf('type_parameter_list');
  const afterFunc = shifted(language, START_STATE, symbolOf('func'));
  const functionName = shifted(language, afterFunc, name);
  const methodName = shifted(language, reached(language, afterFunc, symbolOf('parameter_list')), name);
  if (language.gotos[methodName].has(list)) throw new Error('the grammar has methods with type parameters now: delete this amendment');
  const bracketActions = language.actions[functionName].get(bracket);
  if (bracketActions === undefined) throw new Error('the grammar reads type parameters of functions in another way now');
  return {
    ...language,
    actions: language.actions.map((row, state) => (state === methodName ? new Map(row).set(bracket, bracketActions) : row)),
    gotos: language.gotos.map((row, state) => (state === methodName ? new Map(row).set(list, methodName) : row)),
    insertion: { state: methodName, symbol: list, field: 'type_parameters' },
  };
}

function shifted(language: Language, state: number, token: number): number {
  const actions: readonly Action[] = language.actions[state].get(token) ?? [];
  const shift = actions.find((action) => action.kind === 'shift');
  if (shift === undefined) throw new Error(`state ${state} does not shift ${language.symbols[token].name} any more`);
  return shift.state;
}

function reached(language: Language, state: number, symbol: number): number {
  const next = language.gotos[state].get(symbol);
  if (next === undefined) throw new Error(`state ${state} leads nowhere with ${language.symbols[symbol].name} any more`);
  return next;
}
