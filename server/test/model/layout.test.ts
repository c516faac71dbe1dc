/** Sizes, alignments, offsets and pointers of types by architecture, in tables whose values go/types gives for gc. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type Layout, type PackageImporter, typesOf } from '../../src/model/index.ts';
import { Kind, textOf } from '../../src/syntax/index.ts';
import { loadTestFacts } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { importerOf, packageOf } from './packages.ts';

beforeAll(loadTestGrammar);

/** Layout of a type that the declarations may help to write, as an importer sees it. */
function layoutFor(importer: PackageImporter, written: string, declarations = ''): Layout | undefined {
  const pkg = packageOf('p', `package p\n${declarations}\nvar v ${written}\n`);
  const [file] = pkg.files;
  const row = file.tree.kind.findIndex((kind, at) => kind === Kind.identifier && textOf(file.tree, at) === 'v');
  const types = typesOf(importer, pkg, file);
  return types.layoutOf(types.typeOf(row));
}

function building(goarch: string): PackageImporter {
  const atomic = packageOf('sync/atomic', 'package atomic\ntype align64 struct{}\ntype Int64 struct {\n\t_ align64\n\tv int64\n}\n');
  return { ...importerOf(atomic), goarch };
}

function text({ size, alignment, pointerBytes, offsets }: Layout): string {
  return [`${size} by ${alignment}, ${pointerBytes} scanned`, ...(offsets.length > 0 ? [offsets.join(' ')] : [])].join(': ');
}

/** Written type, on amd64, on 386. */
const TABLE: readonly (readonly [string, string, string])[] = [
  ['bool', '1 by 1, 0 scanned', '1 by 1, 0 scanned'],
  ['rune', '4 by 4, 0 scanned', '4 by 4, 0 scanned'],
  ['int', '8 by 8, 0 scanned', '4 by 4, 0 scanned'],
  ['uint', '8 by 8, 0 scanned', '4 by 4, 0 scanned'],
  ['uintptr', '8 by 8, 0 scanned', '4 by 4, 0 scanned'],
  ['int64', '8 by 8, 0 scanned', '8 by 4, 0 scanned'],
  ['float64', '8 by 8, 0 scanned', '8 by 4, 0 scanned'],
  ['complex64', '8 by 4, 0 scanned', '8 by 4, 0 scanned'],
  ['complex128', '16 by 8, 0 scanned', '16 by 4, 0 scanned'],
  ['string', '16 by 8, 8 scanned', '8 by 4, 4 scanned'],
  ['unsafe.Pointer', '8 by 8, 8 scanned', '4 by 4, 4 scanned'],
  ['[]byte', '24 by 8, 8 scanned', '12 by 4, 4 scanned'],
  ['any', '16 by 8, 16 scanned', '8 by 4, 8 scanned'],
  ['map[int]int', '8 by 8, 8 scanned', '4 by 4, 4 scanned'],
  ['chan int', '8 by 8, 8 scanned', '4 by 4, 4 scanned'],
  ['func()', '8 by 8, 8 scanned', '4 by 4, 4 scanned'],
  ['[3]int16', '6 by 2, 0 scanned', '6 by 2, 0 scanned'],
  ['[3]string', '48 by 8, 40 scanned', '24 by 4, 20 scanned'],
  ['[0]string', '0 by 8, 0 scanned', '0 by 4, 0 scanned'],
  ['struct{}', '0 by 1, 0 scanned', '0 by 1, 0 scanned'],
  ['struct { a bool; b int64; c bool }', '24 by 8, 0 scanned: 0 8 16', '16 by 4, 0 scanned: 0 4 12'],
  ['struct { a int32; b struct{} }', '8 by 4, 0 scanned: 0 4', '8 by 4, 0 scanned: 0 4'],
  ['struct { a struct{}; b int32 }', '4 by 4, 0 scanned: 0 0', '4 by 4, 0 scanned: 0 0'],
  ['struct { a, b struct{} }', '0 by 1, 0 scanned: 0 0', '0 by 1, 0 scanned: 0 0'],
  ['struct { a byte; b [0]int64 }', '16 by 8, 0 scanned: 0 8', '8 by 4, 0 scanned: 0 4'],
  ['struct { a uintptr; s string; n int }', '32 by 8, 16 scanned: 0 8 24', '16 by 4, 8 scanned: 0 4 12'],
  ['struct { E; a byte }', '24 by 8, 8 scanned: 0 16', '12 by 4, 4 scanned: 0 8'],
  ['atomic.Int64', '8 by 8, 0 scanned: 0 0', '8 by 8, 0 scanned: 0 0'],
  ['struct { a int32; b atomic.Int64; c byte }', '24 by 8, 0 scanned: 0 8 16', '24 by 8, 0 scanned: 0 8 16'],
  ['[2]struct { a byte; b atomic.Int64 }', '32 by 8, 0 scanned', '32 by 8, 0 scanned'],
  ['align64', '0 by 1, 0 scanned', '0 by 1, 0 scanned'],
];

const DECLARATIONS = 'import (\n\t"sync/atomic"\n\t"unsafe"\n)\ntype align64 struct{}\ntype E struct {\n\tp *E\n\tb bool\n}\n';

describe('layoutOf', () => {
  it.each(TABLE)('lays out %s as gc does', (written, wide, narrow) => {
    for (const [goarch, expected] of [
      ['amd64', wide],
      ['wasm', wide],
      ['386', narrow],
      ['mipsle', narrow],
    ] as const) {
      const layout = layoutFor(building(goarch), written, DECLARATIONS);
      expect([goarch, layout && text(layout)]).toEqual([goarch, expected]);
    }
  });

  it('is unknown where a part is, and of type parameters', () => {
    const importer = building('amd64');
    expect(layoutFor(importer, 'struct { a int; b q.T }', 'import "q"')).toBeUndefined();
    expect(layoutFor(importer, '[2]q.T', 'import "q"')).toBeUndefined();
    const pkg = packageOf('p', 'package p\nfunc f[T any](v T, w struct{ t T }, x []T) {}\n');
    const [{ tree }] = pkg.files;
    const types = typesOf(importer, pkg, pkg.files[0]);
    const sizes = ['v', 'w', 'x'].map((name) => {
      const row = tree.kind.findIndex((kind, at) => kind === Kind.identifier && textOf(tree, at) === name);
      return types.sizeOf(types.typeOf(row));
    });
    expect(sizes).toEqual([undefined, undefined, 24]);
  });

  it.each([
    ['amd64', 304],
    ['386', 156],
  ] as const)('knows fields that the library hides, on %s', (goarch, request) => {
    const facts = loadTestFacts();
    const importer: PackageImporter = { importPackage: (path) => facts.importPackage(path), goarch };
    const layout = (written: string): Layout | undefined =>
      layoutFor(importer, written, 'import (\n\t"net/http"\n\t"sync/atomic"\n\t"time"\n)\n');
    const isWide = goarch === 'amd64';
    expect(layout('atomic.Uint64')).toMatchObject({ size: 8, alignment: 8, pointerBytes: 0 });
    expect(layout('time.Time')).toMatchObject(isWide ? { size: 24, pointerBytes: 24 } : { size: 20, pointerBytes: 20 });
    expect(layout('http.Request')?.size).toBe(request);
  });
});

describe('constants', () => {
  const value = (goarch: string, expression: string): unknown => {
    const facts = loadTestFacts();
    const importer: PackageImporter = { importPackage: (path) => facts.importPackage(path), goarch };
    const declarations =
      'import (\n\t"math"\n\t"math/bits"\n\t"unsafe"\n)\ntype T struct {\n\ta bool\n\tE\n}\ntype E struct {\n\tb bool\n\tc int64\n}\nvar t *T\n';
    const pkg = packageOf('p', `package p\n${declarations}\nvar _ = (${expression})\n`);
    const [{ tree }] = pkg.files;
    const row = tree.kind.findIndex((kind, at) => kind === Kind.parenthesized_expression && textOf(tree, at) === `(${expression})`);
    return typesOf(importer, pkg, pkg.files[0]).constantOf(row);
  };

  it.each([
    ['32 << (^uint(0) >> 63)', 64n, 32n],
    ['int(1 << 40)', 1n << 40n, undefined],
    ['bits.UintSize', 64n, 32n],
    ['math.MaxInt', (1n << 63n) - 1n, (1n << 31n) - 1n],
    ['math.MinInt', -(1n << 63n), -(1n << 31n)],
    ['unsafe.Sizeof(t)', 8n, 4n],
    ['unsafe.Alignof(t.c)', 8n, 4n],
    ['unsafe.Offsetof(t.c)', 16n, 8n],
  ] as const)('%s follows the architecture', (expression, wide, narrow) => {
    expect([value('amd64', expression), value('386', expression)]).toEqual([wide, narrow]);
  });
});
