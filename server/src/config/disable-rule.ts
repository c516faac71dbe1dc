/**
 * Turns a rule off in the text of a configuration, and leaves all other text as it is, comments included: writing the parsed
 * document out anew would lay out what nobody asked to change. What was inserted is read back, and given only if it says just that.
 */
import { applyEdits, type FormattingOptions, findNodeAtLocation, modify, parseTree } from 'jsonc-parser';
import { isMap, isPair, isScalar, isSeq, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';
import { rules as allRules, type Rule } from '../rules/index.ts';
import { type Configuration, parseConfiguration } from './load.ts';

/** What a configuration that only turns the rule off says, in YAML. */
export function configurationWithout(rule: string): string {
  return `version: 1\nrules:\n  disable:\n    - ${rule}\n`;
}

/** The text with the rule turned off; the path's extension tells the format. Undefined where the text is no sound configuration. */
export function disableRule(path: string, text: string, rule: string, rules: readonly Rule[] = allRules): string | undefined {
  const before = soundConfiguration(path, text, rules);
  if (before === undefined || before.rules.disable?.includes(rule) === true) return undefined;
  const changed = path.endsWith('.toml') ? inToml(text, rule) : path.endsWith('.json') ? inJson(text, rule) : inYaml(text, rule);
  const after = soundConfiguration(path, changed, rules);
  return after !== undefined && isSame(inOrder(after, []), inOrder(before, [rule])) ? changed : undefined;
}

/** With more rules off; where in the list they are makes no difference. */
function inOrder(configuration: Configuration, more: readonly string[]): Configuration {
  const disable = [...(configuration.rules.disable ?? []), ...more].sort();
  return { ...configuration, rules: { ...configuration.rules, disable } };
}

function soundConfiguration(path: string, text: string, rules: readonly Rule[]): Configuration | undefined {
  const { configuration, problems } = parseConfiguration(path, text, rules);
  return problems.length === 0 ? configuration : undefined;
}

/** Whatever the order of keys. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(Reflect.get(a, key), Reflect.get(b, key)));
}

function insert(text: string, at: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at);
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function inYaml(text: string, rule: string): string {
  const document = parseDocument(text);
  const rules = isMap(document.contents) ? pairOf(document.contents, 'rules') : undefined;
  if (rules === undefined) return appended(text, ['rules:', '  disable:', `    - ${rule}`]);
  if (!isMap(rules.value)) return afterKey(text, rules, `${lineEnd(text)}  disable: [${rule}]`);
  const disable = pairOf(rules.value, 'disable');
  if (disable === undefined) return inYamlMap(text, rules.value, rule);
  return isSeq(disable.value) ? inYamlList(text, disable.value, rule) : afterKey(text, disable, ` [${rule}]`);
}

function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isPair(pair) && isScalar(pair.key) && pair.key.value === key);
}

/** Behind `key:`, which has no value yet. */
function afterKey(text: string, { key }: Pair, inserted: string): string {
  const end = isScalar(key) ? (key.range?.[1] ?? 0) : 0;
  return insert(text, text.indexOf(':', end) + 1, inserted);
}

/** As the first key, because what stands before that is the indentation of all. */
function inYamlMap(text: string, map: YAMLMap, rule: string): string {
  const start = map.range?.[0] ?? 0;
  if (map.flow === true) return insert(text, start + 1, `disable: [${rule}]${map.items.length > 0 ? ', ' : ''}`);
  const indentation = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return insert(text, start, `disable: [${rule}]${lineEnd(text)}${indentation}`);
}

function inYamlList(text: string, list: YAMLSeq, rule: string): string {
  const last = list.items.at(-1);
  const end = isScalar(last) ? (last.range?.[1] ?? 0) : 0;
  if (list.flow === true) return last === undefined ? insert(text, (list.range?.[0] ?? 0) + 1, rule) : insert(text, end, `, ${rule}`);
  const line = text.lastIndexOf('\n', end - 1) + 1;
  const dash = /^\s*-\s+/.exec(text.slice(line))?.[0] ?? '- ';
  const next = text.indexOf('\n', end);
  const close = next < 0 ? text.length : next - (text[next - 1] === '\r' ? 1 : 0);
  return insert(text, close, `${lineEnd(text)}${dash}${rule}`);
}

function inJson(text: string, rule: string): string {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const list = root === undefined ? undefined : findNodeAtLocation(root, ['rules', 'disable']);
  if (list?.type !== 'array') return applyEdits(text, modify(text, ['rules', 'disable'], [rule], { formattingOptions: layoutOf(text) }));
  const isOnOneLine = !text.slice(list.offset, list.offset + list.length).includes('\n');
  const formattingOptions = isOnOneLine ? undefined : layoutOf(text);
  return applyEdits(text, modify(text, ['rules', 'disable', -1], rule, { isArrayInsertion: true, formattingOptions }));
}

function layoutOf(text: string): FormattingOptions {
  const tab = /^(\t| +)"/m.exec(text)?.[1] ?? '  ';
  return { insertSpaces: tab !== '\t', tabSize: tab.length, eol: lineEnd(text) };
}

/** Forms that these lines do not know come out unsound, or say something else, and are not given. */
function inToml(text: string, rule: string): string {
  const table = /^[ \t]*\[[ \t]*rules[ \t]*\][ \t]*(?:#.*)?$/m.exec(text);
  if (table === null) return appended(text, ['', '[rules]', `disable = ["${rule}"]`]);
  const start = table.index + table[0].length;
  const rest = text.slice(start);
  const body = rest.slice(0, /^[ \t]*\[/m.exec(rest)?.index ?? rest.length);
  const list = /^[ \t]*disable[ \t]*=[ \t]*\[/m.exec(body);
  if (list === null) return insert(text, start, `${lineEnd(text)}disable = ["${rule}"]`);
  return insert(text, start + list.index + list[0].length, `"${rule}", `);
}

function appended(text: string, lines: readonly string[]): string {
  const end = lineEnd(text);
  return `${text}${text === '' || text.endsWith('\n') ? '' : end}${lines.join(end)}${end}`;
}
