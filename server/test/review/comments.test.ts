/** Fixes keep comments, or are not offered, and safe ones leave those behind code where gofmt sets them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { keepsCommentColumns, keepsComments } from '../../src/review/fixes/comments.ts';
import { rules } from '../../src/rules/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { sessionFor } from '../rules/fixtures.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const TEXT = `package p

func f(ys []int) {
	a := 1   // one
	bb := 22 // two
	c := 3
	d := "//"
	e := 5 // five

	g := 6      // six
	if a > bb { // seven
		h(c, d, e, g) // eight
	}
}
`;

/** Whether columns stay when the text is put behind `after`, or in the place of `instead`. */
function keeps(edit: { readonly after?: string; readonly instead?: string; readonly text: string }): boolean {
  const { tree } = parse(new TextEncoder().encode(TEXT));
  const place = edit.after ?? edit.instead ?? '';
  const at = TEXT.indexOf(place);
  const range = edit.after === undefined ? { start: at, end: at + place.length } : { start: at + place.length, end: at + place.length };
  return keepsCommentColumns(tree, [{ path: '', range, newText: edit.text }]);
}

describe('a fix keeps each comment once', () => {
  const read = () => parse(new TextEncoder().encode(TEXT)).tree;
  const line = { start: TEXT.indexOf('\tbb'), end: TEXT.indexOf('// two') + '// two'.length };

  it('where it takes along what it rewrites, and where slashes begin none', () => {
    expect(keepsComments(read(), [{ path: '', range: line, newText: '\tbb := 2 // two' }])).toBe(true);
    const text = { start: TEXT.indexOf('"//"'), end: TEXT.indexOf('"//"') + 4 };
    expect(keepsComments(read(), [{ path: '', range: text, newText: '"/" + `/*`' }])).toBe(true);
  });

  it('where another edit has it, in any order', () => {
    const first = { start: TEXT.indexOf('// one'), end: TEXT.indexOf('// one') + '// one'.length };
    const edits = [first, line].map((range, i) => ({ path: '', range, newText: ['\t// two', '// one'][i] }));
    expect(keepsComments(read(), edits)).toBe(true);
  });

  it('or is not offered', () => {
    expect(keepsComments(read(), [{ path: '', range: line, newText: '\tbb := 2' }])).toBe(false);
    expect(keepsComments(read(), [{ path: '', range: line, newText: '\tbb := 2 // two\n\tb := 3 // two' }])).toBe(false);
    expect(keepsComments(read(), [{ path: '', range: line, newText: '\tbb := 2 // too' }])).toBe(false);
  });
});

describe('a fix keeps the columns of comments', () => {
  it('beside lines that have none', () => {
    expect(keeps({ after: 'c := 3', text: '\n\tx := 1' })).toBe(true);
    expect(keeps({ instead: 'c := 3', text: 'c := make([]int, 0, 12)' })).toBe(true);
    expect(keeps({ instead: '\tc := 3\n', text: '' })).toBe(true);
  });

  it('behind the last of them, or in front of the first', () => {
    expect(keeps({ after: '// two', text: '\n\tx := 1' })).toBe(true);
    expect(keeps({ after: 'ys []int) {', text: '\n\tx := 1' })).toBe(true);
  });

  it('where a comment stands alone, or behind lines with another indentation', () => {
    expect(keeps({ instead: 'e := 5', text: 'eleven := 5' })).toBe(true);
    expect(keeps({ after: '// seven', text: '\n\t\tx := 1' })).toBe(true);
    expect(keeps({ instead: 'h(c', text: 'hhh(c' })).toBe(true);
  });

  it('where the line stays as long', () => {
    expect(keeps({ instead: 'a := 1', text: 'a := 2' })).toBe(true);
  });
});

describe('a fix that moves comments is no safe one', () => {
  it('between two of them', () => {
    expect(keeps({ after: '// one', text: '\n\tx := 1' })).toBe(false);
    expect(keeps({ after: '// six', text: '\n\tx := 1' })).toBe(false);
  });

  it('where one of the lines becomes longer, or goes', () => {
    expect(keeps({ instead: 'bb := 22', text: 'bb := make([]int, 22)' })).toBe(false);
    expect(keeps({ instead: '\tbb := 22 // two\n', text: '' })).toBe(false);
  });

  it('where a remark would be left of a line', () => {
    expect(keeps({ instead: 'c := 3', text: '/* three */' })).toBe(false);
  });

  it('where those around what goes would meet', () => {
    expect(keeps({ instead: '\tc := 3\n\td := "//"\n', text: '' })).toBe(false);
  });
});

const COPIES = `package p

func each(names []string, run func(func())) {
	for i, name := range names {
		i := i       // one
		name := name // two
		run(func() { print(i, name) })
	}
	for _, name := range names {
		name := name // captured
		run(func() { print(name) })
	}
}
`;

it('a safe fix that moves comments is a suggestion, and one that says so may take a comment along', () => {
  const chosen = rules.filter(({ id }) => id === 'loop-variable-copy');
  const session = sessionFor(chosen, memoryFiles({ '/m/go.mod': 'module m\n\ngo 1.24\n', '/m/x.go': COPIES }));
  const { findings } = session.review(['/m/x.go'], neverCancelled);
  const offered = findings.map(({ fixes }) => fixes.map(({ title, safety }) => `${safety}: ${title}`));
  const together = 'suggestion: Remove the copy and the comment beside it';
  expect(offered).toEqual([
    ['suggestion: Remove the copy', together],
    ['suggestion: Remove the copy', together],
    ['safe: Remove the copy', together],
  ]);
});
