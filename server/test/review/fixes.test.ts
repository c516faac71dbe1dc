/** Several fixes together: equal imports once, no collisions, no import left without a use. */
import { describe, expect, it } from 'vitest';
import type { TextEdit } from '../../src/base/index.ts';
import { combineFixes, type Fix } from '../../src/review/index.ts';

const edit = (start: number, end: number, newText: string): TextEdit => ({ path: '/x.go', range: { start, end }, newText });
const fix = (title: string, ...edits: TextEdit[]): Fix => ({ title, safety: 'safe', edits });
const titles = (fixes: readonly Fix[]): string[] => combineFixes(fixes).applied.map((each) => each.title);

describe('combineFixes', () => {
  it('makes an import that two want once', () => {
    const add = edit(10, 10, '\t"strconv"\n');
    const { applied, edits } = combineFixes([fix('a', add, edit(50, 60, 'x')), fix('b', add, edit(70, 80, 'y'))]);
    expect(applied).toHaveLength(2);
    expect(edits).toEqual([add, edit(50, 60, 'x'), edit(70, 80, 'y')]);
  });

  it('lets an import wait that another one would stand before out of order, or twice', () => {
    const replaces = fix('a', edit(10, 17, '\t"strconv"\n'));
    const adds = (path: string, at: number): Fix => fix('b', edit(at, at, `\t"${path}"\n`));
    expect(titles([replaces, adds('slices', 17)])).toEqual(['a']);
    expect(titles([adds('slices', 17), replaces])).toEqual(['b']);
    expect(titles([replaces, adds('strconv', 17)])).toEqual(['a']);
    expect(titles([replaces, adds('strings', 17)])).toEqual(['a', 'b']);
    expect(titles([replaces, adds('slices', 10)])).toEqual(['a', 'b']);
    expect(titles([replaces, adds('strings', 10)])).toEqual(['a']);
    expect(titles([fix('a', edit(10, 17, '\t"strconv"\n\n')), adds('a.b/c', 17)])).toEqual(['a', 'b']);
  });

  it('lets a fix wait that collides with an earlier one', () => {
    expect(titles([fix('a', edit(50, 60, 'x')), fix('b', edit(55, 65, 'y')), fix('c', edit(60, 62, 'z'))])).toEqual(['a', 'c']);
    expect(titles([fix('a', edit(50, 50, '}')), fix('b', edit(50, 50, '}'))])).toEqual(['a']);
    expect(titles([fix('a', edit(50, 60, '')), fix('b', edit(55, 55, 'x'))])).toEqual(['a']);
  });

  it('puts statements at one place after each other where neither concerns the other', () => {
    const at = (title: string, text: string): Fix => fix(title, edit(50, 50, text));
    const both = [at('a', 'n := n\n\t'), at('b', 's.x = slices.Grow(s.x, len(words))\n\t'), at('c', 'sum := 0; ')];
    expect(titles(both)).toEqual(['a', 'b', 'c']);
    expect(combineFixes(both).edits).toEqual([edit(50, 50, 'n := n\n\ts.x = slices.Grow(s.x, len(words))\n\tsum := 0; ')]);
    expect(titles([at('a', '\n\tsum := 0'), at('b', '\r\n\tn := len(a)')])).toEqual(['a', 'b']);
  });

  it.each([
    ['n := n\n', 'n := n\n'],
    ['n := n\n', 's = slices.Grow(s, n)\n'],
    ['s = slices.Grow(s, len(words))\n', 's.x = slices.Grow(s.x, len(words))\n'],
    ['a[i] = 0\n', 'b = 0\n'],
    ['a := 0\n', 'b := 0'],
    ['a := 0\n', '\n\tb := 0'],
    ['a := 0\n', 'if b {\n'],
    ['a := 0\n', 'b := 0\nreturn\n'],
  ])('lets %j and %j wait for each other', (first, second) => {
    expect(titles([fix('a', edit(50, 50, first)), fix('b', edit(50, 50, second))])).toEqual(['a']);
    expect(titles([fix('b', edit(50, 50, second)), fix('a', edit(50, 50, first))])).toEqual(['b']);
  });

  it('takes or leaves a fix as a whole', () => {
    expect(combineFixes([fix('a', edit(1, 2, 'x')), fix('b', edit(10, 12, 'y'), edit(1, 2, 'z'))]).edits).toEqual([edit(1, 2, 'x')]);
  });

  it('does not mix files', () => {
    expect(titles([fix('a', edit(1, 2, 'x')), { ...fix('b'), edits: [{ ...edit(1, 2, 'y'), path: '/y.go' }] }])).toEqual(['a', 'b']);
  });

  it('lets a fix wait that declares a name which another declares there', () => {
    const declaring = (title: string, start: number, ...declares: string[]): Fix => ({ ...fix(title, edit(start, start, 'x')), declares });
    expect(
      titles([declaring('a', 10, 'f v'), declaring('b', 20, 'f v', 'f w'), declaring('c', 30, 'f w'), declaring('d', 40, 'g v')]),
    ).toEqual(['a', 'c', 'd']);
  });

  const dropping = (title: string, start: number, ...removal: TextEdit[]): Fix => ({
    ...fix(title, edit(start, start + 5, 'x')),
    dropped: [{ path: 'fmt', uses: 1, of: 2, removal }],
  });

  it('removes an import that only all of them leave unused', () => {
    const removal = edit(0, 8, '');
    expect(combineFixes([dropping('a', 20, removal), dropping('b', 40, removal)]).edits).toContainEqual(removal);
    expect(combineFixes([dropping('a', 20, removal)]).edits).not.toContainEqual(removal);
  });

  it('leaves the last one for the next round where the removal would collide', () => {
    const imports = fix('imports', edit(4, 6, 'y'));
    expect(titles([imports, dropping('a', 20, edit(0, 8, '')), dropping('b', 40, edit(0, 8, ''))])).toEqual(['imports', 'a']);
    expect(titles([dropping('a', 20), dropping('b', 40)])).toEqual(['a']);
  });
});
