/**
 * JSON Schema (draft-07, which editors read) of the configuration file, folded from the rules, so that an option is written
 * down once. The same object drives validation, the bundled schema file and the documentation.
 */
import { type OptionDefinition, PEERS, type Rule } from '../rules/index.ts';

/** The part of JSON Schema that the configuration needs. */
export interface Schema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly const?: string | number;
  readonly enum?: readonly string[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly uniqueItems?: boolean;
}

/** What `compat` takes. */
const COMPATIBLE = [...PEERS, 'golangci-lint'].sort();

export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
/** Go versions that configuration accepts. */
export const GO_VERSION = '^(go)?1\\.[0-9]+(\\.[0-9]+)?$';

export function configurationSchema(rules: readonly Rule[]): Schema {
  const ids = rules.map((rule) => rule.id);
  const ruleList = (description: string): Schema => ({
    description,
    type: 'array',
    items: { type: 'string', enum: ids },
    uniqueItems: true,
  });
  const severities = (description: string): Schema =>
    object(
      Object.fromEntries(
        rules.map((rule) => [
          rule.id,
          { description: rule.docs.summary, type: 'string', enum: SEVERITIES, default: rule.severity } as const,
        ]),
      ),
      description,
    );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Escapement configuration',
    ...object(
      {
        version: { description: 'Version of this format.', const: 1 },
        rules: object(
          {
            default: {
              description: 'Rules that are on unless named below.',
              type: 'string',
              enum: ['recommended', 'all', 'none'],
              default: 'recommended',
            },
            compat: {
              description:
                'Other linters that you run: rules that report nearly the same as one of them are off, unless they are enabled by name. `golangci-lint` stands for the linters that it enables by default.',
              type: 'array',
              items: { type: 'string', enum: COMPATIBLE },
              uniqueItems: true,
            },
            enable: ruleList('Additional rules to enable.'),
            disable: ruleList('Rules to disable, whatever else enables them.'),
            settings: object(settingsOf(rules), 'Options of the rules.'),
          },
          'Which rules run, and how.',
        ),
        exclusions: object(
          {
            paths: list(
              'Files and directories that are not reported. `*` and `?` within a name, `**` across directories, relative to this file.',
            ),
            rules: {
              description: 'Rules that stay silent in some places.',
              type: 'array',
              items: {
                ...object({
                  path: { description: 'Pattern as in `paths`.', type: 'string' },
                  rules: ruleList('Rules that stay silent there.'),
                }),
                required: ['path', 'rules'],
              },
            },
            warnUnused: {
              description: 'Warn about exclusion patterns that match no file (in full reviews only).',
              type: 'boolean',
              default: false,
            },
          },
          'What is not reported. Suppress single findings in the source.',
        ),
        severity: severities('One severity for all findings of a rule, instead of the one that the rule chooses for each.'),
        overrides: {
          description: 'Rules and severities by path; of several entries that match a file, later ones win.',
          type: 'array',
          items: {
            ...object({
              path: { description: 'Pattern as in `exclusions.paths`.', type: 'string' },
              enable: ruleList('Additional rules to enable there.'),
              disable: ruleList('Rules to disable there.'),
              severity: severities('Severities there.'),
            }),
            required: ['path'],
          },
        },
        go: { description: 'Go version to assume instead of the one in go.mod, in quotes: "1.22".', type: 'string', pattern: GO_VERSION },
      },
      undefined,
    ),
    required: ['version'],
  };
}

function object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
  return { ...(description === undefined ? {} : { description }), type: 'object', properties, additionalProperties: false };
}

function list(description: string): Schema {
  return { description, type: 'array', items: { type: 'string' } };
}

function settingsOf(rules: readonly Rule[]): Record<string, Schema> {
  const withOptions = rules.filter((rule) => Object.keys(rule.options).length > 0);
  return Object.fromEntries(withOptions.map((rule) => [rule.id, object(optionSchemas(rule), rule.docs.summary)]));
}

function optionSchemas(rule: Rule): Record<string, Schema> {
  return Object.fromEntries(Object.entries(rule.options).map(([name, option]) => [name, optionSchema(option)]));
}

export function optionSchema(option: OptionDefinition): Schema {
  const { doc: description } = option;
  switch (option.type) {
    case 'boolean':
      return { description, type: 'boolean', default: option.default };
    case 'integer':
      return { description, type: 'integer', default: option.default, minimum: option.minimum, maximum: option.maximum };
  }
}
