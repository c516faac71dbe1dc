/**
 * A configuration tree against the schema: every deviation with its place and what to do about it. Small enough to write
 * out, because the schema uses few keywords, and a generic validator cannot suggest the name that was meant.
 */
import { nearestName } from '../rules/index.ts';
import type { ConfigNode, DocumentProblem } from './document.ts';
import type { Schema } from './schema.ts';

/** Problems in source order; what they concern is left out of `value`, so that the rest can still be used. */
export function validate(node: ConfigNode, schema: Schema): { readonly value: unknown; readonly problems: readonly DocumentProblem[] } {
  const problems: DocumentProblem[] = [];
  const value = check(node, schema, '', problems);
  return { value, problems: problems.sort((a, b) => a.at.start - b.at.start) };
}

/** Recursion is bounded by the depth of the schema. */
function check(node: ConfigNode, schema: Schema, name: string, problems: DocumentProblem[]): unknown {
  const complain = (remedy: string): undefined => {
    problems.push({ at: node.at, message: `${name === '' ? 'The configuration' : name} ${remedy}` });
    return undefined;
  };
  const isEmpty = node.kind === 'scalar' && node.value === null;
  if (isEmpty && (schema.type === 'object' || schema.type === 'array')) return undefined;
  switch (schema.type) {
    case 'object':
      return node.kind === 'map'
        ? checkMap(node, schema, name, problems)
        : complain(`must be a map of ${list(Object.keys(schema.properties ?? {}))}.`);
    case 'array':
      if (node.kind !== 'list') return complain('must be a list.');
      return node.items
        .map((item) => check(item, schema.items ?? {}, name === '' ? 'An item' : `An item of ${name}`, problems))
        .filter((item) => item !== undefined);
    default:
      return node.kind === 'scalar' ? checkScalar(node.value, schema, complain) : complain(`must be ${expectation(schema)}.`);
  }
}

function checkMap(node: Extract<ConfigNode, { kind: 'map' }>, schema: Schema, name: string, problems: DocumentProblem[]): unknown {
  const value: Record<string, unknown> = Object.create(null);
  const properties = schema.properties ?? {};
  for (const { key, at, value: below } of node.entries) {
    if (!Object.hasOwn(properties, key)) {
      problems.push({ at, message: `${key} is unknown${inside(name)}: ${remedyFor(key, Object.keys(properties))}` });
      continue;
    }
    const checked = check(below, properties[key], name === '' ? key : `${name}.${key}`, problems);
    if (checked !== undefined) value[key] = checked;
  }
  for (const key of schema.required ?? []) {
    if (!node.entries.some((entry) => entry.key === key))
      problems.push({ at: { start: node.at.start, end: node.at.start }, message: missing(name, key, properties[key]) });
  }
  return value;
}

function inside(name: string): string {
  return name === '' ? '' : ` in ${name.replace(/^An /, 'an ')}`;
}

function missing(name: string, key: string, schema: Schema): string {
  const example = schema.const === undefined ? expectation(schema) : JSON.stringify(schema.const);
  return `${name === '' ? 'The configuration' : name} has no ${key}: add \`${key}\` (${example}).`;
}

function checkScalar(value: unknown, schema: Schema, complain: (remedy: string) => undefined): unknown {
  if (schema.const !== undefined) return value === schema.const ? value : complain(`must be ${JSON.stringify(schema.const)}.`);
  switch (schema.type) {
    case 'boolean':
      return typeof value === 'boolean' ? value : complain(`must be ${NOUNS.boolean}.`);
    case 'integer':
      return isInteger(value, schema) ? Number(value) : complain(`must be ${expectation(schema)}.`);
    case 'string':
      if (typeof value !== 'string') return complain(`must be ${expectation(schema)}${typeof value === 'number' ? ', in quotes' : ''}.`);
      if (schema.enum !== undefined && !schema.enum.includes(value))
        return complain(`cannot be ${value}: ${remedyFor(value, schema.enum)}`);
      return schema.pattern === undefined || new RegExp(schema.pattern).test(value) ? value : complain(`must be ${expectation(schema)}.`);
    default:
      return value;
  }
}

function isInteger(value: unknown, { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: Schema): boolean {
  return (
    (typeof value === 'number' || typeof value === 'bigint') && Number.isInteger(Number(value)) && value >= minimum && value <= maximum
  );
}

function expectation(schema: Schema): string {
  if (schema.enum !== undefined) return `one of ${list(schema.enum)}`;
  if (schema.pattern !== undefined) return 'a Go version such as "1.22"';
  if (schema.type === 'integer') return `a whole number from ${schema.minimum ?? 0} to ${schema.maximum ?? Number.MAX_SAFE_INTEGER}`;
  return NOUNS[schema.type ?? 'string'];
}

const NOUNS: Readonly<Record<NonNullable<Schema['type']>, string>> = {
  object: 'a map',
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  boolean: 'true or false',
};

function remedyFor(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? `use one of ${list(known)}.` : `did you mean ${nearest}?`;
}

const SHOWN = 12;

function list(names: readonly string[]): string {
  return names.length > SHOWN ? `${names.slice(0, SHOWN).join(', ')} …` : names.join(', ');
}
