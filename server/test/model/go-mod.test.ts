/** Module files: what is read from them, and that nothing in them throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoMod } from '../../src/model/modules/go-mod.ts';
import { parseVendorModules } from '../../src/model/modules/go-mod-vendor.ts';
import { parseGoWork } from '../../src/model/modules/go-work.ts';
import { parseGoVersion } from '../../src/model/modules/version.ts';

describe('parseGoMod', () => {
  it('reads lines, blocks, comments and strings', () => {
    const mod = parseGoMod(`// Deprecated: use v2.
module "example.com/a" // the path

go 1.21.3
toolchain go1.22.0

require (
	example.com/b v1.2.3 // indirect
	example.com/c/v2 v2.0.0
)
require example.com/d v0.0.1
replace (
	example.com/b => ../b
	example.com/d v0.0.1 => example.com/e v1.0.0
)
replace example.com/f =>\`./f g\`
exclude example.com/x v1.0.0
retract [v1.0.0, v1.1.0]
godebug default=go1.21
`);
    expect(mod).toEqual({
      path: 'example.com/a',
      go: 21,
      requires: [
        { path: 'example.com/b', version: 'v1.2.3' },
        { path: 'example.com/c/v2', version: 'v2.0.0' },
        { path: 'example.com/d', version: 'v0.0.1' },
      ],
      replaces: [
        { path: 'example.com/b', version: undefined, target: '../b', targetVersion: undefined },
        { path: 'example.com/d', version: 'v0.0.1', target: 'example.com/e', targetVersion: 'v1.0.0' },
        { path: 'example.com/f', version: undefined, target: './f g', targetVersion: undefined },
      ],
      excludes: [{ path: 'example.com/x', version: 'v1.0.0' }],
      problems: [],
    });
  });

  it('reads CRLF and a BOM', () => {
    expect(parseGoMod('\uFEFFmodule m\r\n\r\ngo 1.18\r\n')).toMatchObject({ path: 'm', go: 18, problems: [] });
  });

  it('says what it could not read, and reads the rest', () => {
    const mod = parseGoMod('module m\ngo one\nrequire x\nreplace a b\nrequire (\nb v1.0.0\n');
    expect(mod).toMatchObject({ path: 'm', go: undefined, requires: [{ path: 'b' }] });
    expect(mod.problems.map(({ line }) => line).sort()).toEqual([1, 2, 3, 4]);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('module ', 'go ', '(', ')', '"', '`', '=>', '\n', '//', 'a', ' ', '\\', ',') }),
        (text) => {
          parseGoMod(text);
          parseGoWork(text);
          parseVendorModules(text);
        },
      ),
    );
  });
});

describe('parseGoWork', () => {
  it('reads uses and replaces', () => {
    expect(parseGoWork('go 1.22\nuse ./a\nuse (\n\t.\n\t"../b"\n)\nreplace x => ./y\nuse\n')).toEqual({
      go: 22,
      uses: ['./a', '.', '../b'],
      replaces: [{ path: 'x', version: undefined, target: './y', targetVersion: undefined }],
      problems: [{ line: 7, message: 'use names one directory' }],
    });
  });
});

describe('parseVendorModules', () => {
  it('reads modules, their language and their packages', () => {
    const text =
      '# example.com/a v1.0.0\n## explicit; go 1.18\nexample.com/a\nexample.com/a/sub\n# example.com/b v2.0.0 => ./b\n## explicit\nexample.com/b\n# example.com/c => ./c\n';
    expect(parseVendorModules(text)).toEqual([
      {
        path: 'example.com/a',
        version: 'v1.0.0',
        replacement: undefined,
        isExplicit: true,
        go: 18,
        packages: ['example.com/a', 'example.com/a/sub'],
      },
      { path: 'example.com/b', version: 'v2.0.0', replacement: './b', isExplicit: true, go: undefined, packages: ['example.com/b'] },
      { path: 'example.com/c', version: undefined, replacement: './c', isExplicit: false, go: undefined, packages: [] },
    ]);
  });
});

describe('parseGoVersion', () => {
  it.each([
    ['1.21', 21],
    ['1.21.3', 21],
    ['1.22rc1', 22],
    ['go1.9', 9],
    ['v1.20', 20],
    ['1', 0],
    ['2.1', undefined],
    ['', undefined],
    ['latest', undefined],
    ['12', undefined],
  ])('%s', (text, minor) => {
    expect(parseGoVersion(text)).toBe(minor);
  });
});
