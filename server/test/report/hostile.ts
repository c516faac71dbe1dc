/**
 * Text of reviewed code at its worst, a report that holds it wherever text can be, and what every format must hold to all the same: no raw
 * control, no forged command, and a document that its readers' own grammars and schemas accept.
 */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect } from 'vitest';
import { FORMATS, type FormatName, type Report } from '../../src/report/index.ts';
import type { Finding } from '../../src/review/index.ts';
import { CWD, golden, report } from './sample.ts';

const NASTY = [
  '\u001b]8;;http://x\u0007',
  '\u001b[2J',
  '\r',
  '\n',
  '::error::x',
  '##[error]x',
  '##vso[task.setvariable]x',
  '%0A',
  ',',
  ':',
  '\u202e',
  '\u2066',
  '\u009b',
  '\u007f',
  '\u0000',
  '\t',
  '"',
  '\\',
  '`',
  ']()',
  '[x](1)',
  '{0}',
  '\u2028',
  '\ud800',
  '\ufeff',
  '\u{e0041}',
  'ä',
  '🚀',
  ']]>',
  '<!--',
  '</details>',
  '&#x1b;',
  '%AZP25',
  ';',
  ']',
  '```',
  '@team',
  '\ufffe',
  '..',
  '/',
  '?',
  '#',
];
export const hostile = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

export function hostileReport(text: string, source: string): Report {
  const path = `${CWD}/${text.replaceAll('/', '') || 'x'}.go`;
  const bytes = Buffer.from(`${source}\n`);
  const [finding] = report.review.findings;
  const at = { start: 0, end: Math.min(4, bytes.length) };
  const told: Finding = {
    ...finding,
    // Another server than ours may call its rules anything.
    ruleId: `x${text}`,
    path,
    at,
    message: text,
    function: text,
    related: [{ at: { path, range: at }, note: text }],
    fixes: [{ title: text, safety: 'safe', edits: [{ path, range: at, newText: text }] }],
  };
  return {
    ...report,
    sources: () => bytes,
    comparison: {
      revision: text,
      commit: 'c43eb7bdf1f6c43eb7bdf1f6c43eb7bdf1f6c43e',
      counts: [{ what: text, before: 0, after: 1 }],
      fresh: [{ of: text, path, line: 1, column: 1, text }],
    },
    review: {
      findings: [told],
      suppressed: [{ ...told, fixes: [], suppression: { kind: 'inSource', reason: text, at } }],
      faults: [{ path, ruleId: 'lost-cancel', message: text }],
      skipped: [{ path, why: text }],
      files: 1,
    },
  };
}

/** Problems that a report is meant to hold: its finding and its fault. */
const PROBLEMS = 2;
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\ud800(?![\udc00-\udfff])/u;

/** Throws where the format lets something of the text through. */
export function expectHarmless(name: FormatName, text: string, source: string): void {
  const written = FORMATS[name].write(hostileReport(text, source), { colour: false, detail: 'verbose' });
  expect(written).not.toMatch(FORBIDDEN);
  CHECKS[name](written, text);
}

const CHECKS: Readonly<Record<FormatName, (written: string, text: string) => void>> = {
  text: expectNoCommand,
  json: (written, text) => {
    expectNoCommand(written);
    expect(JSON.parse(written).findings[0].message).toBe(text);
  },
  ndjson: (written, text) => {
    expectNoCommand(written);
    const records = lines(written).map((line) => JSON.parse(line));
    expect(records.map(({ kind }) => kind)).toEqual(['finding', 'fault', 'skipped', 'comparison', 'summary']);
    expect(records[3].new[0].what).toBe(text);
    expect(records[0].message).toBe(text);
  },
  sarif: (written) => {
    expectNoCommand(written);
    expectValid(sarifSchema(), JSON.parse(written));
  },
  github: (written) => {
    const [more, ...commands] = lines(written).map(parseGithub);
    expect(commands).toHaveLength(PROBLEMS);
    for (const { data } of commands) expect(data).toBe(commands[0].data);
    expect(more.data).toBe(`${commands[0].data}: 1, where ${commands[0].data} (c43eb7bdf1f6) has 0`);
  },
  gitlab: (written) => {
    expectNoCommand(written);
    expectValid(GITLAB, JSON.parse(written));
  },
  rdjson: (written) => {
    expectNoCommand(written);
    expectValid(RDJSON, JSON.parse(written));
  },
  rdjsonl: (written) => {
    expectNoCommand(written);
    expect(lines(written)).toHaveLength(PROBLEMS);
    expectValid(RDJSON, { diagnostics: lines(written).map((line) => JSON.parse(line)) });
  },
  checkstyle: (written) => {
    expectXml(written);
    const { file } = xml(written).checkstyle;
    expect(file).toHaveLength(PROBLEMS);
    expect(file.every((each: object) => Object.keys(each).sort().join() === '@name,error')).toBe(true);
  },
  junit: (written) => {
    expectXml(written);
    const { testsuite } = xml(written).testsuites;
    expect(testsuite.map((suite: object) => Object.keys(suite).includes('testcase'))).toEqual([true, true, true]);
  },
  azure: (written) => {
    const [more, ...commands] = lines(written).map(parseAzure);
    expect(commands).toHaveLength(PROBLEMS);
    for (const { data } of commands) expect(data).toBe(commands[0].data);
    expect(more.data).toBe(`${commands[0].data}: 1, where ${commands[0].data} (c43eb7bdf1f6) has 0`);
  },
  markdown: (written) => {
    expectNoCommand(written);
    const outside = written.replace(/^ *(`{3,})diff\n[\s\S]*?\n *\1$/gm, '');
    expect(outside.replaceAll(/<\/?(details|summary|b)>/g, '')).not.toMatch(/(?<!\\)</);
    expect(outside).not.toMatch(/@[a-z]/);
    expect(outside.match(/<details>/g)?.length).toBe(outside.match(/<\/details>/g)?.length);
  },
};

function expectNoCommand(written: string): void {
  expect(written).not.toMatch(/^\s*::|##\[|##vso\[/m);
}

function expectXml(written: string): void {
  expectNoCommand(written);
  expect(XMLValidator.validate(written)).toBe(true);
  expect(written).not.toMatch(/[\ufffe\uffff]/);
}

function expectValid(validate: ValidateFunction, document: unknown): void {
  validate(document);
  expect(validate.errors).toBeNull();
}

function lines(written: string): readonly string[] {
  const all = written.split(/\r\n|\r|\n/);
  expect(all.pop()).toBe('');
  return all;
}

function xml(written: string): Record<string, Record<string, object[]>> {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    isArray: (name) => ['file', 'testsuite'].includes(name),
  }).parse(written);
}

let known: ValidateFunction | undefined;

/** Compiled when first asked for: it is large. */
export function sarifSchema(): ValidateFunction {
  const { id: _id, $schema: _draft4, ...schema } = JSON.parse(readFileSync(golden('sarif-2.1.0.schema.json'), 'utf8'));
  known ??= new Ajv({
    strict: false,
    unicodeRegExp: false,
    formats: { uri: /^[a-z]+:/, 'uri-reference': /^([A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-F]{2})*$/, 'date-time': true },
  }).compile(schema);
  return known;
}

const ajv = new Ajv({ strict: false });

/** What GitLab documents of Code Quality reports. */
const GITLAB = ajv.compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string' },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', not: { pattern: '^\\./' } },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

const POSITION = {
  type: 'object',
  required: ['line'],
  properties: { line: { type: 'integer', minimum: 1 }, column: { type: 'integer', minimum: 1 } },
};
const RANGE = { type: 'object', required: ['start'], additionalProperties: false, properties: { start: POSITION, end: POSITION } };
const LOCATION = {
  type: 'object',
  required: ['path'],
  additionalProperties: false,
  properties: { path: { type: 'string' }, range: RANGE },
};

/** Messages of reviewdog's protocol, which allows no other fields. */
const RDJSON = ajv.compile({
  type: 'object',
  required: ['diagnostics'],
  additionalProperties: false,
  properties: {
    source: { type: 'object' },
    diagnostics: {
      type: 'array',
      items: {
        type: 'object',
        required: ['message', 'location', 'severity'],
        additionalProperties: false,
        properties: {
          message: { type: 'string' },
          location: LOCATION,
          severity: { enum: ['ERROR', 'WARNING', 'INFO'] },
          source: { type: 'object', additionalProperties: false, properties: { name: { type: 'string' }, url: { type: 'string' } } },
          code: { type: 'object', additionalProperties: false, properties: { value: { type: 'string' }, url: { type: 'string' } } },
          suggestions: {
            type: 'array',
            items: {
              type: 'object',
              required: ['range', 'text'],
              additionalProperties: false,
              properties: { range: RANGE, text: { type: 'string' } },
            },
          },
          related_locations: {
            type: 'array',
            items: { type: 'object', additionalProperties: false, properties: { message: { type: 'string' }, location: LOCATION } },
          },
        },
      },
    },
  },
});

interface Command {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** The grammar of GitHub's runner (actions/runner, ActionCommand.cs). */
export function parseGithub(line: string): Command {
  const match = /^::(\w+)(?: (.*?))?::(.*)$/s.exec(line);
  if (match === null) throw new Error(`no command: ${line}`);
  const decode = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
  return commandOf(match, ',', decode);
}

/** The grammar of Azure's agent (azure-pipelines-agent, Command.cs). */
function parseAzure(line: string): Command {
  const match = /^##vso\[(\S+) ([^\]]*)\](.*)$/s.exec(line);
  if (match === null) throw new Error(`no command: ${line}`);
  const decode = (text: string): string =>
    text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%5D', ']').replaceAll('%3B', ';').replaceAll('%AZP25', '%');
  return commandOf(match, ';', decode);
}

function commandOf([, command, list = '', data]: RegExpExecArray, separator: string, decode: (text: string) => string): Command {
  const pairs = list.split(separator).map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]);
  return { command, properties: Object.fromEntries(pairs), data: decode(data) };
}
