import { structuredPatch } from 'diff';
import { describe, expect, it } from 'vitest';
import { changedLines, parseDiff } from '../../src/cli/new-code/changed-lines.ts';

/** Fresh lines of what a change of each file makes, and behind `~` those that moved. */
function changesOf(...files: readonly (readonly [before: string, after: string])[]): readonly string[] {
  const changes = files.map(([before, after]) => {
    const patch = structuredPatch('a', 'b', before, after, '', '', { context: 0 });
    const text = `--- a/f\n+++ b/f\n${patch.hunks.map((h) => `@@ -${h.oldStart},${h.oldLines} +${h.newStart},${h.newLines} @@\n${h.lines.join('\n')}\n`).join('')}`;
    return parseDiff(text, 'test')[0] ?? { hunks: [] };
  });
  return changedLines(changes).map(({ fresh, moved }) => `${[...fresh].join(' ')}${moved.size === 0 ? '' : `~${[...moved].join(' ')}`}`);
}

const LONG = 'a line of the block that moves about\nand another of it\n';

describe('changed lines', () => {
  it('are those that were added or replaced', () => {
    expect(changesOf(['a\nb\nc\n', 'a\nB\nc\nd\n'])).toEqual(['2 4']);
  });

  it('are not those that were only indented, given another end, or broken', () => {
    expect(changesOf(['a b\nc\n', '  a b\nx\n\tc\n'])).toEqual(['2']);
    expect(changesOf(['a\nb\n', 'a\r\nb\r\n'])).toEqual(['']);
  });

  it('are not those without code, but those that may suppress findings', () => {
    expect(changesOf(['a\nb\n', 'a\n\n\t// A word on b.\nb // and one behind it\n'])).toEqual(['4']);
    expect(changesOf(['a\nb\n', 'a\n//escapement:ignore map-growth\nb\n'])).toEqual(['2']);
    expect(changesOf(['a\nb\n', 'a\n//nolint\nb\n'])).toEqual(['2']);
  });

  it('have moved when they were taken out elsewhere, in this or another file, once', () => {
    expect(changesOf([`${LONG}x\ny\nz\n`, `x\ny\nz\n${LONG}`])).toEqual(['~4 5']);
    expect(changesOf([`x\n${LONG}`, 'x\n'], ['y\n', `y\n${LONG}${LONG}`])).toEqual(['', '4 5~2 3']);
  });

  it('have not moved when they say too little, or something else', () => {
    expect(changesOf(['}\nx\ny\n', 'x\ny\n}\n'])).toEqual(['3']);
    expect(changesOf([`x\n${LONG}`, 'x\n'], ['y\n', `y\n\t${LONG}`])).toEqual(['', '2 3']);
  });

  it('come from diffs with context, of several changes in a hunk, without a line feed at the end', () => {
    const text =
      '--- a/f\n+++ b/f\n@@ -1,5 +1,6 @@\n+n\n a\n-b\n+B\n c\n d\n-e\n\\ No newline at end of file\n+E\n\\ No newline at end of file\n';
    expect(changedLines(parseDiff(text, 'test'))).toEqual([{ fresh: new Set([1, 3, 6]), moved: new Set() }]);
  });

  it('come from diffs whose own lines end with CR and LF', () => {
    const text = '--- a/f\r\n+++ b/f\r\n@@ -1,1 +1,2 @@\r\n a\r\n+b\r\n';
    expect(parseDiff(text, 'test')).toMatchObject([{ oldName: 'a/f', newName: 'b/f', hunks: [{ start: 2, added: ['b'], removed: [] }] }]);
  });

  it('of thousands of equal lines take no time', () => {
    const [before, after] = ['}\n'.repeat(4000), 'x\n'.repeat(4000)];
    expect(changesOf([`${before}y\n`, 'y\n'], ['z\n', `z\n${before}${after}`])[1].startsWith('2 3 4 ')).toBe(true);
  });
});
