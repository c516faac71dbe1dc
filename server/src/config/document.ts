/**
 * YAML, TOML and JSON read into one tree that knows where everything stands, so that one validator serves them all. What a
 * repository may put there is limited: size, depth, no aliases, and keys never become properties of an object.
 */
import { type Node as JsonNode, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { parse as parseToml, TomlError } from 'smol-toml';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node as YamlNode } from 'yaml';
import { tomlLocator } from './toml-places.ts';

/** Offsets count UTF-16 units, as the parsers do. */
export interface Place {
  readonly start: number;
  readonly end: number;
}

export type ConfigNode =
  | {
      readonly kind: 'map';
      readonly at: Place;
      readonly entries: readonly { readonly key: string; readonly at: Place; readonly value: ConfigNode }[];
    }
  | { readonly kind: 'list'; readonly at: Place; readonly items: readonly ConfigNode[] }
  | { readonly kind: 'scalar'; readonly at: Place; readonly value: unknown };

export interface DocumentProblem {
  readonly at: Place;
  readonly message: string;
}

export type Format = 'yaml' | 'toml' | 'json';

export const MAX_CONFIG_BYTES = 1024 * 1024;
const MAX_DEPTH = 64;

/** The tree, undefined when the text cannot be read or is empty; never throws. */
export function readDocument(
  format: Format,
  text: string,
): { readonly root: ConfigNode | undefined; readonly problems: readonly DocumentProblem[] } {
  if (text.length > MAX_CONFIG_BYTES)
    return { root: undefined, problems: [{ at: { start: 0, end: 0 }, message: 'The file is larger than 1 MiB: make it smaller.' }] };
  try {
    checkNesting(text);
    switch (format) {
      case 'yaml':
        return readYaml(text);
      case 'toml':
        return readToml(text);
      case 'json':
        return readJson(text);
    }
  } catch (error) {
    const message =
      error instanceof DepthError || error instanceof RangeError
        ? `The file nests deeper than ${MAX_DEPTH} levels: flatten it.`
        : 'The file cannot be read.';
    return { root: undefined, problems: [{ at: { start: 0, end: 0 }, message }] };
  }
}

/** The values alone, with objects that inherit nothing. */
export function plainValue(node: ConfigNode): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainValue);
    case 'map': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const { key, value } of node.entries) plain[key] = plainValue(value);
      return plain;
    }
  }
}

class DepthError extends Error {}

function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) throw new DepthError();
}

/** Brackets, and YAML's lists on one line, counted before a parser has to: some take quadratic time over deep ones. Brackets in texts count too, which no real file has that many of. */
function checkNesting(text: string): void {
  let depth = 0;
  for (const character of text) {
    if (character === '[' || character === '{') checkDepth(++depth);
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
  }
  if (text.includes('- '.repeat(MAX_DEPTH)) || text.includes('? '.repeat(MAX_DEPTH))) throw new DepthError();
}

/** Keys are compared here, because the parser of YAML compares each with every other one. */
function readYaml(text: string): ReturnType<typeof readDocument> {
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: 'silent' });
  const problems = document.errors.map(
    (error): DocumentProblem => ({
      at: { start: error.pos[0], end: error.pos[1] },
      message: `This is not YAML: ${firstLine(error.message)}`,
    }),
  );
  if (problems.length > 0 || document.contents === null) return { root: undefined, problems };
  const found: DocumentProblem[] = [];
  const root = fromYaml(document.contents, found, 1);
  return { root: found.length > 0 ? undefined : root, problems: found };
}

function fromYaml(node: YamlNode, problems: DocumentProblem[], depth: number): ConfigNode {
  checkDepth(depth);
  const at = yamlPlace(node);
  if (isAlias(node)) {
    problems.push({ at, message: 'Aliases are not supported here: write the value out.' });
    return { kind: 'scalar', at, value: null };
  }
  if (isMap(node)) {
    const entries = node.items.map(({ key, value }) => ({
      key: isScalar(key) ? String(key.value) : '',
      at: yamlPlace(key),
      value: isYamlNode(value) ? fromYaml(value, problems, depth + 1) : ({ kind: 'scalar', at: yamlPlace(key), value: null } as const),
    }));
    reportTwins(entries, problems);
    return { kind: 'map', at, entries };
  }
  if (isSeq(node)) return { kind: 'list', at, items: node.items.filter(isYamlNode).map((item) => fromYaml(item, problems, depth + 1)) };
  return { kind: 'scalar', at, value: isScalar(node) ? node.value : null };
}

function isYamlNode(value: unknown): value is YamlNode {
  return isMap(value) || isSeq(value) || isScalar(value) || isAlias(value);
}

function yamlPlace(node: unknown): Place {
  const range = isYamlNode(node) ? node.range : undefined;
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}

function readJson(text: string): ReturnType<typeof readDocument> {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const problems = errors.map(({ error, offset, length }) => ({
    at: { start: offset, end: offset + length },
    message: `This is not JSON: ${printParseErrorCode(error)}`,
  }));
  if (problems.length > 0 || tree === undefined) return { root: undefined, problems };
  const found: DocumentProblem[] = [];
  const root = fromJson(tree, found, 1);
  return { root: found.length > 0 ? undefined : root, problems: found };
}

function fromJson(node: JsonNode, problems: DocumentProblem[], depth: number): ConfigNode {
  checkDepth(depth);
  const at = { start: node.offset, end: node.offset + node.length };
  if (node.type === 'array') return { kind: 'list', at, items: (node.children ?? []).map((child) => fromJson(child, problems, depth + 1)) };
  if (node.type !== 'object') return { kind: 'scalar', at, value: node.value };
  const entries = (node.children ?? []).map((property) => {
    const [keyNode, valueNode] = property.children ?? [];
    const keyAt = { start: keyNode.offset, end: keyNode.offset + keyNode.length };
    return { key: String(keyNode.value), at: keyAt, value: fromJson(valueNode, problems, depth + 1) };
  });
  reportTwins(entries, problems);
  return { kind: 'map', at, entries };
}

function reportTwins(entries: readonly { readonly key: string; readonly at: Place }[], problems: DocumentProblem[]): void {
  const seen = new Set<string>();
  for (const { key, at } of entries) {
    if (seen.has(key)) problems.push({ at, message: `The key ${key} is there twice: keep one.` });
    seen.add(key);
  }
}

function readToml(text: string): ReturnType<typeof readDocument> {
  try {
    const value: unknown = parseToml(text, { maxDepth: MAX_DEPTH });
    return { root: fromToml(value, [], tomlLocator(text), 1), problems: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const start = offsetOf(text, error.line, error.column);
    return {
      root: undefined,
      problems: [
        { at: { start, end: start }, message: `This is not TOML: ${firstLine(error.message).replace(/^Invalid TOML document: /, '')}` },
      ],
    };
  }
}

function fromToml(value: unknown, path: readonly string[], locate: (path: readonly string[]) => Place, depth: number): ConfigNode {
  checkDepth(depth);
  const at = locate(path);
  if (Array.isArray(value)) return { kind: 'list', at, items: value.map((item) => fromToml(item, path, locate, depth + 1)) };
  if (typeof value !== 'object' || value === null || value instanceof Date) return { kind: 'scalar', at, value };
  const entries = Object.entries(value).map(([key, below]) => {
    const keyPath = [...path, key];
    return { key, at: locate(keyPath), value: fromToml(below, keyPath, locate, depth + 1) };
  });
  return { kind: 'map', at, entries };
}

function offsetOf(text: string, line: number, column: number): number {
  const before = text.split('\n').slice(0, line - 1);
  return Math.min(text.length, before.reduce((sum, each) => sum + each.length + 1, 0) + column - 1);
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0];
}
