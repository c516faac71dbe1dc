/** Text of the reviewed code reaches every sink only in escaped form, whatever it holds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS, type Report } from '../../src/report/index.ts';
import { CWD, report } from './sample.ts';

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
  '..',
  '/',
  '?',
  '#',
];
const hostile = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 6 })
  .map((parts) => parts.join(''));

function hostileReport(text: string, source: string): Report {
  const path = `${CWD}/${text.replaceAll('/', '') || 'x'}.go`;
  const bytes = Buffer.from(`${source}\n`);
  const [finding] = report.review.findings;
  const at = { start: 0, end: Math.min(4, bytes.length) };
  return {
    ...report,
    sources: () => bytes,
    review: {
      findings: [
        {
          ...finding,
          path,
          at,
          message: text,
          function: text,
          related: [{ at: { path, range: at }, note: text }],
          fixes: [{ title: text, safety: 'safe', edits: [{ path, range: at, newText: text }] }],
        },
      ],
      faults: [{ path, ruleId: 'lost-cancel', message: text }],
      skipped: [{ path, why: text }],
      files: 1,
    },
  };
}

const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\ud800(?![\udc00-\udfff])/u;

describe('hostile text', () => {
  it.each(FORMAT_NAMES)('%s prints no control and no bidirectional mark', (name) => {
    fc.assert(
      fc.property(hostile, hostile, (text, source) => {
        expect(FORMATS[name].write(hostileReport(text, source), { colour: false, detail: 'verbose' })).not.toMatch(FORBIDDEN);
      }),
      { numRuns: 500 },
    );
  });

  it('starts no workflow command of its own', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const lines = FORMATS.github.write(hostileReport(text, 'x'), { colour: false, detail: 'normal' }).split(/\r\n|\r|\n/);
        expect(lines.pop()).toBe('');
        expect(lines).toHaveLength(2);
        for (const line of lines) expect(parseCommand(line).data).toBe(parseCommand(lines[0]).data);
      }),
      { numRuns: 500 },
    );
  });

  it('starts no command of a CI system in a report that is not one', () => {
    fc.assert(
      fc.property(hostile, hostile, (text, source) => {
        for (const name of ['text', 'json', 'sarif'] as const) {
          const written = FORMATS[name].write(hostileReport(`::${text}`, source), { colour: false, detail: 'verbose' });
          expect(written).not.toMatch(/^\s*::|##\[|##vso\[/m);
        }
      }),
    );
  });

  it('survives the way through a workflow command', () => {
    const [first] = FORMATS.github.write(hostileReport('a%,:b\r\nc', 'x'), { colour: false, detail: 'normal' }).split('\n');
    expect(parseCommand(first)).toMatchObject({ command: 'notice', data: 'a%,:b\r\nc', properties: { title: 'sprintf-conversion' } });
  });

  it('is the same after a round trip through JSON', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const { findings } = JSON.parse(FORMATS.json.write(hostileReport(text, 'x'), { colour: false, detail: 'normal' }));
        expect(findings[0].message).toBe(text);
      }),
    );
  });
});

/** The grammar of the runner (actions/runner, ActionCommand.cs). */
function parseCommand(line: string): { command: string; properties: Record<string, string>; data: string } {
  const match = /^::(\w+)(?: (.*?))?::(.*)$/s.exec(line);
  if (match === null) throw new Error(`no command: ${line}`);
  const [, command, list = '', data] = match;
  const properties = Object.fromEntries(
    list.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), decode(pair.slice(pair.indexOf('=') + 1))]),
  );
  return { command, properties, data: decode(data) };
}

function decode(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
}
