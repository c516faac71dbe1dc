/** Imports added and removed: laid out as gofmt would, cgo untouched, nothing guessed. */
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits } from '../../src/base/index.ts';
import { importEdits, importsLeftUnusedBy, packageNameAt } from '../../src/rules/index.ts';
import { descendants, Kind, parse, textOf } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sourceFile } from '../support/source-file.ts';

beforeAll(loadTestGrammar);

/** `-path` removes, `path` adds. */
function changed(text: string, ...changes: string[]): string {
  const { file } = sourceFile(text);
  const remove = changes.filter((each) => each.startsWith('-')).map((each) => nodeOf(file.imports, each.slice(1)));
  const edits = importEdits(file, { add: changes.filter((each) => !each.startsWith('-')), remove });
  if (edits === undefined) return 'no edit';
  const result = new TextDecoder().decode(
    applyEdits(
      file.tree.source,
      edits.map((edit) => ({ path: file.path, ...edit })),
    ),
  );
  expect(parse(new TextEncoder().encode(result)).problems).toEqual([]);
  return result;
}

function nodeOf(imports: readonly { readonly path: string; readonly node: number }[], path: string): number {
  const found = imports.find((each) => each.path === path);
  if (found === undefined) throw new Error(`${path} is not imported`);
  return found.node;
}

const group = (...lines: string[]): string =>
  `package p\n\nimport (\n${lines.map((line) => (line === '' ? '\n' : `\t${line}\n`)).join('')})\n\nvar x int\n`;

describe('adding', () => {
  it.each([
    ['errors', group('"errors"', '"fmt"', '"os"')],
    ['os/exec', group('"fmt"', '"os"', '"os/exec"')],
    ['io', group('"fmt"', '"io"', '"os"')],
  ])('%s sorts into a group', (path, expected) => {
    expect(changed(group('"fmt"', '"os"'), path)).toBe(expected);
  });

  it('takes the group of the standard library', () => {
    expect(changed(group('"fmt"', '', '"example.com/a"'), 'strings')).toBe(group('"fmt"', '"strings"', '', '"example.com/a"'));
    expect(changed(group('"example.com/a"'), 'strings')).toBe(group('"strings"', '', '"example.com/a"'));
    expect(changed(group('"fmt"', '', '"example.com/a"'), 'example.com/b')).toBe(group('"fmt"', '', '"example.com/a"', '"example.com/b"'));
  });

  it('keeps comments with their import', () => {
    expect(changed(group('// For printing.', '"fmt" // yes'), 'errors')).toBe(group('"errors"', '// For printing.', '"fmt" // yes'));
  });

  it('several at once', () => {
    expect(changed(group('"fmt"'), 'strings', 'errors')).toBe(group('"errors"', '"fmt"', '"strings"'));
  });

  it('opens a single import into a group', () => {
    expect(changed('package p\n\nimport "fmt"\n\nvar x int\n', 'errors')).toBe(group('"errors"', '"fmt"'));
  });

  it('makes the first import', () => {
    expect(changed('package p\n\nvar x int\n', 'errors')).toBe('package p\n\nimport "errors"\n\nvar x int\n');
    expect(changed('package p // why\n\nvar x int\n', 'os', 'io')).toBe('package p // why\n\nimport (\n\t"io"\n\t"os"\n)\n\nvar x int\n');
  });

  it('leaves cgo alone', () => {
    const cgo = 'package p\n\n// int f();\nimport "C"\n';
    expect(changed(`${cgo}\nvar x int\n`, 'errors')).toBe(`${cgo}\nimport "errors"\n\nvar x int\n`);
  });

  it('does nothing where the import is there', () => {
    expect(changed(group('"fmt"'), 'fmt')).toBe(group('"fmt"'));
  });

  it('keeps CRLF', () => {
    expect(changed(group('"fmt"').replaceAll('\n', '\r\n'), 'os')).toBe(group('"fmt"', '"os"').replaceAll('\n', '\r\n'));
    expect(changed('package p\r\n\r\nvar x int\r\n', 'os')).toBe('package p\r\n\r\nimport "os"\r\n\r\nvar x int\r\n');
  });

  it('gives up on specs that share a line', () => {
    expect(changed('package p\n\nimport ("fmt"; "os")\n', 'io')).toBe('no edit');
  });
});

describe('removing', () => {
  it('takes the line out of a group', () => {
    expect(changed(group('"fmt"', '"os"'), '-fmt')).toBe(group('"os"'));
  });

  it('leaves no blank line behind', () => {
    expect(changed(group('"fmt"', '', '"example.com/a"'), '-fmt')).toBe(group('"example.com/a"'));
    expect(changed(group('"fmt"', '', '"example.com/a"'), '-example.com/a')).toBe(group('"fmt"'));
    expect(changed(group('"fmt"', '', '"a.b/c"', '', '"example.com/a"'), '-a.b/c')).toBe(group('"fmt"', '', '"example.com/a"'));
  });

  it('takes the declaration with its last import', () => {
    expect(changed(group('"fmt"'), '-fmt')).toBe('package p\n\nvar x int\n');
    expect(changed('package p\n\nimport "fmt"\n\nvar x int\n', '-fmt')).toBe('package p\n\nvar x int\n');
    expect(changed('package p\n\nimport "fmt"\nimport "os"\n\nvar x int\n', '-fmt')).toBe('package p\n\nimport "os"\n\nvar x int\n');
  });

  it('and adding is one change', () => {
    expect(changed(group('"fmt"', '"os"'), '-fmt', 'errors')).toBe(group('"errors"', '"os"'));
    expect(changed(group('"fmt"'), '-fmt', 'strconv')).toBe(group('"strconv"'));
    expect(changed('package p\n\nimport "fmt"\n\nvar x int\n', '-fmt', 'errors')).toBe('package p\n\nimport "errors"\n\nvar x int\n');
  });
});

describe('packageNameAt', () => {
  const nameAt = (text: string, path: string): unknown => {
    const { file, scopes } = sourceFile(text);
    const call = descendants(file.tree, 0, Kind.call_expression).find((node) => textOf(file.tree, node) === 'here()') ?? 0;
    return packageNameAt(file, scopes, path, call);
  };
  const using = (imports: string, body = ''): string => `package p\n\n${imports}\n\nfunc f() {\n${body}\there()\n}\n`;

  it('is the import’s name where it is imported', () => {
    expect(nameAt(using('import "strings"'), 'strings')).toEqual({ name: 'strings', add: [] });
    expect(nameAt(using('import str "strings"'), 'strings')).toEqual({ name: 'str', add: [] });
  });

  it('is the usual name with an import to add', () => {
    expect(nameAt(using(''), 'strings')).toEqual({ name: 'strings', add: ['strings'] });
    expect(nameAt(using(''), 'math/rand/v2')).toEqual({ name: 'rand', add: ['math/rand/v2'] });
  });

  it('is unknown where the name means something else', () => {
    expect(nameAt(using('import "strings"', '\tstrings := 1\n\t_ = strings\n'), 'strings')).toBeUndefined();
    expect(nameAt(using('', '\tstrings := 1\n\t_ = strings\n'), 'strings')).toBeUndefined();
    expect(nameAt(using('import . "example.com/dots"'), 'strings')).toBeUndefined();
  });
});

describe('importsLeftUnusedBy', () => {
  const text = 'package p\n\nimport (\n\t"errors"\n\t"fmt"\n\t"os"\n)\n\nvar a = fmt.Sprint(os.Args)\nvar b = os.Args\n';
  const start = text.indexOf('fmt.Sprint');
  const range = { start, end: start + 'fmt.Sprint(os.Args)'.length };
  const left = (newText: string): string[] => {
    const { file, scopes } = sourceFile(text);
    return importsLeftUnusedBy(file, scopes, [{ range, newText }]).map((node) => textOf(file.tree, node));
  };

  it('finds what goes with an edit', () => {
    expect(left('""')).toEqual(['"fmt"']);
  });

  it('keeps what the edit writes anew', () => {
    expect(left('fmt.Sprintln()')).toEqual([]);
  });
});
