/** Text of the reviewed code reaches every sink only in escaped form, whatever it holds; ten thousand texts each in `hostile-many.test.ts`. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS } from '../../src/report/index.ts';
import { expectHarmless, hostile, hostileReport, parseGithub } from './hostile.ts';

describe('hostile text', () => {
  it.each(FORMAT_NAMES)('comes to nothing in %s', (name) => {
    fc.assert(
      fc.property(hostile, hostile, (text, source) => expectHarmless(name, text, source)),
      { numRuns: 200 },
    );
  });

  it.each(FORMAT_NAMES)('starts no command at the beginning of a message in %s', (name) => {
    for (const start of ['::error::x', '##[error]x', '##vso[task.setvariable]x', '\n::error::x']) expectHarmless(name, start, start);
  });

  it('survives the way through a workflow command', () => {
    const [, first] = FORMATS.github.write(hostileReport('a%,:b\r\nc', 'x'), { colour: false, detail: 'normal' }).split('\n');
    expect(parseGithub(first)).toMatchObject({ command: 'notice', data: 'a%,:b\r\nc', properties: { title: 'xa%,:b\r\nc' } });
  });
});
