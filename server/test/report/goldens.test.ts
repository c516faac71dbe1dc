import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, FORMATS, type FormatName } from '../../src/report/index.ts';
import { comparedReport, golden, incompleteReport, report, reportOf } from './sample.ts';

const EXTENSIONS: Readonly<Record<FormatName, string>> = {
  text: 'txt',
  json: 'json',
  ndjson: 'ndjson',
  sarif: 'sarif',
  github: 'github',
  gitlab: 'gitlab.json',
  rdjson: 'rdjson',
  rdjsonl: 'rdjsonl',
  checkstyle: 'checkstyle.xml',
  junit: 'junit.xml',
  azure: 'azure',
  markdown: 'md',
};

describe('a fixed run', () => {
  it.each(FORMAT_NAMES)('%s is the golden report', async (name) => {
    const text = FORMATS[name].write(report, { colour: false, detail: 'normal' });
    await expect(text).toMatchFileSnapshot(golden(`review.${EXTENSIONS[name]}`));
  });

  it('has colours when asked for', async () => {
    const text = FORMATS.text.write(report, { colour: true, detail: 'verbose' });
    await expect(text).toMatchFileSnapshot(golden('review.colour.txt'));
  });

  it.each(FORMAT_NAMES)('%s says that it is incomplete when it is', async (name) => {
    const text = FORMATS[name].write(incompleteReport, { colour: false, detail: 'normal' });
    expect(text.replaceAll('\\', '')).toContain('stopped after 5 s (--timeout): 48 of 50 files were reviewed');
    await expect(text).toMatchFileSnapshot(golden(`incomplete.${EXTENSIONS[name]}`));
  });

  it.each(['json', 'ndjson', 'sarif', 'github', 'junit', 'azure', 'markdown'] as const)(
    '%s tells counts beside those of a revision',
    async (name) => {
      const text = FORMATS[name].write(comparedReport, { colour: false, detail: 'normal' });
      await expect(text).toMatchFileSnapshot(golden(`compared.${EXTENSIONS[name]}`));
    },
  );

  it.each(['text', 'gitlab', 'rdjson', 'rdjsonl', 'checkstyle'] as const)(
    '%s, which tells findings and nothing else, stays as it is',
    (name) => {
      const style = { colour: false, detail: 'normal' } as const;
      expect(FORMATS[name].write(comparedReport, style)).toBe(FORMATS[name].write(report, style));
    },
  );

  it.each(FORMAT_NAMES)('%s does not depend on the order of findings', (name) => {
    const style = { colour: false, detail: 'verbose' } as const;
    const turned = reportOf({ findings: [...report.review.findings].reverse() });
    expect(FORMATS[name].write(turned, style)).toBe(FORMATS[name].write(report, style));
  });

  it('is one line per finding and fault when quiet', () => {
    const text = FORMATS.text.write(report, { colour: false, detail: 'quiet' });
    expect(text.split('\n').map((line) => line.replace(/ .*/, ''))).toEqual([
      'input/größen.go:7:34:',
      'input/server.go:11:7:',
      'input/server.go:22:2:',
      'input/größen.go:',
      '',
    ]);
  });
});

describe('the summary', () => {
  const style = { colour: false, detail: 'normal' } as const;
  const summary = (changed: Parameters<typeof reportOf>[0]) =>
    FORMATS.text
      .write(reportOf({ faults: [], skipped: [], ...changed }), style)
      .trimEnd()
      .split('\n')
      .at(-1);
  const [sprintf, pointer, cancel] = report.review.findings;

  it('says that there is nothing', () => {
    expect(summary({ findings: [], files: 1 })).toBe('No findings in 1 file');
  });

  it('counts one finding in the singular', () => {
    expect(summary({ findings: [pointer] })).toBe('1 finding (1 hint) in 1 of 48 files');
  });

  it('names the tier that fixes something', () => {
    expect(summary({ findings: [sprintf, pointer] })).toBe(
      '2 findings (1 information, 1 hint) in 2 of 48 files, 1 fixable with --fix=suggestion',
    );
    expect(summary({ findings: [cancel, pointer] })).toBe('2 findings (1 warning, 1 hint) in 1 of 48 files, 1 fixable with --fix');
  });
});
