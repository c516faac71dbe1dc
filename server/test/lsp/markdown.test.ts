import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeSpan, forMarkdown, plainText } from '../../src/lsp/markdown.ts';

const RULES = join(import.meta.dirname, '../../../docs/rules');

describe('plainText', () => {
  it.each([
    ['# A page', 'A page'],
    ['**Heap**, 16 bytes: `v` is *here*  ', 'Heap, 16 bytes: v is here'],
    ['stored in l.head ([a\\_b.go:12](file:///w/a%5Fb.go#L12,12)).', 'stored in l.head (a_b.go:12).'],
    ['[`go vet`](https://example.com) and [**more**](x)', 'go vet and more'],
    ['2 * n, `*T` and `a*b*c`', '2 * n, *T and a*b*c'],
    ['| a | `b` |\n| --- | ---: |\n| 1 | 2 |', '| a | b |\n| 1 | 2 |'],
    ['Flagged:\n\n```go\n# x := *p // `\\*`\n```\n\nend', 'Flagged:\n\n# x := *p // `\\*`\n\nend'],
  ])('of %j', (markdown, text) => {
    expect(plainText(markdown)).toBe(text);
  });

  it.each(['*a_b* [x](y) <T> `q` \\n &amp;', '_ ~~ ||', '`', '``', '` `'])('gives %j back that was escaped', (text) => {
    expect(plainText(forMarkdown(text))).toBe(text);
    expect(plainText(`a ${codeSpan(text)} b`)).toBe(`a ${text} b`);
  });

  it.each(readdirSync(RULES).filter((name) => name.endsWith('.md')))('leaves no markup of %s', (name) => {
    const prose = plainText(readFileSync(join(RULES, name), 'utf8').replace(/```.*?```/gs, ''));
    expect(prose.match(/^#.*|\*\*|`|\]\(/gm) ?? []).toEqual([]);
  });
});
