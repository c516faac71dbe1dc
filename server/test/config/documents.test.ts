/** What the documentation and the schema say about configuration is what the program does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { configurationSchema, parseConfiguration } from '../../src/config/index.ts';
import { rules } from '../../src/rules/index.ts';

const ROOT = join(import.meta.dirname, '../../..');

it('the example of the page is right', () => {
  const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
  const [, example] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  expect(parseConfiguration('/m/.escapement.yml', example).problems).toEqual([]);
});

it.each(rules.map((rule) => rule.id))('%s can be switched off as its page says', (id) => {
  const page = readFileSync(join(ROOT, `docs/rules/${id}.md`), 'utf8');
  const [, example] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const { configuration, problems } = parseConfiguration('/m/.escapement.yml', example);
  expect(problems).toEqual([]);
  expect(configuration?.rules.disable).toEqual([id]);
});

describe('the schema', () => {
  const validate = new Ajv({ strict: true, strictTypes: false }).compile(configurationSchema(rules));

  it.each([
    'version: 1\n',
    'version: 1\nrules: { default: none, enable: [slice-growth], settings: { slice-growth: { upperBound: true } } }\n',
    'version: 1\nexclusions: { paths: [a], rules: [{ path: b, rules: [map-growth] }] }\nseverity: { map-growth: hint }\ngo: "1.22"\n',
    'version: 2\n',
    'rules: {}\n',
    'version: 1\nrules: { enable: [nonesuch] }\n',
    'version: 1\nrules: { settings: { slice-growth: { upperBound: 1 } } }\n',
    'version: 1\nseverity: { map-growth: off }\n',
    'version: 1\nexclusions: { rules: [{ path: b }] }\n',
    'version: 1\ngo: 1.22\n',
    'version: 1\nextra: 1\n',
  ])('and the program agree on %j', (yaml) => {
    expect(parseConfiguration('/m/.escapement.yml', yaml).problems.length === 0).toBe(validate(parseYaml(yaml)));
  });
});

it('the editor offers the tools that the configuration takes', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const [{ properties }] = manifest.contributes.configuration;
  const schema = configurationSchema(rules).properties?.rules.properties?.compat;
  expect(properties['escapement.compat'].items.enum).toEqual(schema?.items?.enum);
});
