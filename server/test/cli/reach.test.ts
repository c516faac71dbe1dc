/** What a change does to code that it leaves alone, in its own package and in others: told where it was not there before, and nowhere else. */
import { renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { escapement } from '../support/distribution.ts';
import { GROWTH, untilAllHaveRun } from './project.ts';
import { makeRepository, type Repository } from './repository.ts';

vi.setConfig({ testTimeout: 120_000 });

const keep = untilAllHaveRun();

function repository(files: Readonly<Record<string, string>>): Repository {
  return keep(makeRepository(files));
}

const NEW = ['--new-from-rev', 'HEAD', '--rules', 'all'];

/** Looks at its argument, or keeps it. */
const READS = 'package lib\n\nvar kept []*int\n\n//go:noinline\nfunc Look(p *int) int { return *p }\n';
const KEEPS = READS.replace('{ return *p }', '{\n\tkept = append(kept, p)\n\treturn *p\n}');

/** Another package's functions called in a loop; an old finding comes first. */
function user(name: string, imported: string, called: string): string {
  return `package ${name}

import "p/${imported}"

${GROWTH.replace('package p\n\n', '')}
func Use(n int) int {
	sum := 0
	for i := 0; i < n; i++ {
		x := i * 2
		sum += ${imported}.${called}(&x)
	}
	return sum
}
`;
}

const USE = user('use', 'lib', 'Look');
const OLD_LINE = 8;
const NEW_LINE = 16;

/** Rows of so many words, which nobody has to name who has a table. */
function tables(words: number): string {
  const names = Array.from({ length: words - 1 }, (_, i) => `word${i}`);
  return tablesOf(`Word uint64; ${names.join(', ')} uint64`);
}

function tablesOf(fields: string): string {
  return `package lib

type row struct {
	${fields}
}

type Table struct {
	Rows  []row
	first *row
}

var table Table

func Get() *Table { return &table }

//go:noinline
func First() *row { return table.first }

type List []*row
`;
}

const COPIES =
  'package use\n\nimport "p/lib"\n\nfunc Later() func() uint64 {\n\trow := *lib.First()\n\treturn func() uint64 { return row.Word }\n}\n';
const RANGES =
  'package use\n\nimport "p/lib"\n\nfunc Sum() uint64 {\n\tvar n uint64\n\tfor _, row := range lib.Get().Rows {\n\t\tn += row.Word\n\t}\n\treturn n\n}\n';
const LISTS =
  'package use\n\nimport "p/lib"\n\nfunc Ones() uint64 {\n\tvar n uint64\n\tfor range 10 {\n\t\tlist := lib.List{{Word: 1}}\n\t\tn += list[0].Word\n\t}\n\treturn n\n}\n';
const READS_CELL = 'package use\n\nimport "p/lib"\n\nfunc Cell() uint64 { return lib.First().Word }\n';

/** More than what is ever inlined. */
const LONG = `\tn := 0\n${Array.from({ length: 60 }, (_, i) => `\tif *p == ${i} {\n\t\tn += *p\n\t}\n`).join('')}`;

describe.concurrent('a finding in a file that did not change is new', () => {
  it('where a function of another package keeps now what it is given, with revisions, merge bases and patches', async () => {
    const { review, write, git, commit, directory } = repository({ 'lib/lib.go': READS, 'use/use.go': USE });
    expect(await review('--rules', 'all')).toEqual([`use/use.go:${OLD_LINE}`]);
    git('checkout', '-qb', 'topic');
    write('lib/lib.go', KEEPS);
    const told = await review(...NEW);
    expect(told).toEqual([`use/use.go:${NEW_LINE}`]);
    expect(await review(...NEW, '--whole-files')).toEqual(told);
    expect(await review(...NEW, 'use')).toEqual(told);
    expect(await review(...NEW, 'lib')).toEqual([]);
    writeFileSync(join(directory, 'change.diff'), git('diff'));
    expect(await review('--new-from-patch', 'change.diff', '--rules', 'all')).toEqual(told);
    commit();
    expect(await review('--new-from-merge-base', 'main', '--rules', 'all')).toEqual(told);
  });

  it('and every format says since which change, with any number of workers', async () => {
    const { write, directory: cwd } = repository({ 'lib/lib.go': READS, 'use/use.go': USE });
    write('lib/lib.go', KEEPS);
    const print = async (...args: readonly string[]): Promise<string> => (await escapement(['review', ...NEW, ...args], { cwd })).stdout;
    const related = { file: 'lib/lib.go', line: 6, note: 'it is new since this changed' };
    const [text, json, sarif] = [await print(), await print('--format', 'json'), await print('--format', 'sarif')];
    expect(text).toContain(`    → ${related.note} at lib/lib.go:6:6\n`);
    expect(JSON.parse(json).findings[0].related.at(-1)).toMatchObject(related);
    expect(JSON.parse(sarif).runs[0].results[0].relatedLocations.at(-1)).toMatchObject({
      message: { text: related.note },
      physicalLocation: { artifactLocation: { uri: related.file }, region: { startLine: related.line } },
    });
    for (const jobs of ['1', '8']) expect(await print('--format', 'json', '--jobs', jobs)).toBe(json);
  });

  it.each([0, 100])(
    'through a function of a third package, and through a method that is promoted, with %i changed files beside',
    async (count) => {
      const middle =
        'package mid\n\nimport "p/lib"\n\ntype Box struct{ *lib.Keeper }\n\n//go:noinline\nfunc Pass(p *int) int { return lib.Look(p) }\n';
      const keeper = '\n\ntype Keeper struct{ p *int }\n\n//go:noinline\nfunc (k *Keeper) Take(p *int) int { return *p }\n';
      const promoted = USE.replace('p/lib', 'p/mid')
        .replace('func Use(n int)', 'func Use(box mid.Box, n int)')
        .replace('lib.Look', 'box.Take');
      const beside = Array.from({ length: count }, (_, i) => [`beside/f${i}.go`, `package beside\n\nfunc F${i}() {}\n`] as const);
      const { review, write } = repository({
        'lib/lib.go': READS + keeper,
        'mid/mid.go': middle,
        'a/a.go': user('a', 'mid', 'Pass'),
        'b/b.go': promoted.replace('package use', 'package b'),
        ...Object.fromEntries(beside),
      });
      for (const [name, text] of beside) write(name, text.replace('{}', '{ println() }'));
      write('lib/lib.go', KEEPS + keeper);
      expect(await review(...NEW)).toEqual([`a/a.go:${NEW_LINE}`]);
      write('lib/lib.go', READS + keeper.replace('{ return *p }', '{\n\tk.p = p\n\treturn *p\n}'));
      expect(await review(...NEW)).toEqual([`b/b.go:${NEW_LINE}`]);
    },
  );

  it('in the other files of the package that changed', async () => {
    const look = READS.replace('Look', 'look');
    const within = USE.replace('import "p/lib"\n\n', '').replace('lib.Look', 'look').replace('package use', 'package lib');
    const { review, write } = repository({
      'lib/lib.go': look,
      'lib/use.go': within.replace('lengths', 'widths').replace('Use', 'use'),
    });
    const before = await review('--rules', 'all');
    write('lib/lib.go', KEEPS.replace('Look', 'look'));
    const caused = (await review('--rules', 'all')).filter((each) => !before.includes(each));
    expect(caused).toEqual(['lib/use.go:14']);
    expect(await review(...NEW)).toEqual(caused);
  });

  it('where a type or a constant of another package grew, also behind the result of a function', async () => {
    const lib = (words: number): string =>
      `package lib\n\nconst Size = ${words} << 8\n\ntype Row struct{ Words [${words}]uint64 }\n\nfunc Rows() []Row { return nil }\n`;
    const rows =
      'package use\n\nimport "p/lib"\n\nfunc Count() uint64 {\n\tvar n uint64\n\tfor _, row := range lib.Rows() {\n\t\tn += row.Words[0]\n\t}\n\treturn n\n}\n';
    const room =
      'package use\n\nimport "p/lib"\n\nfunc Room() int {\n\tn := 0\n\tfor range 10 {\n\t\tb := make([]byte, lib.Size)\n\t\tfor i := range b {\n\t\t\tn += int(b[i])\n\t\t}\n\t}\n\treturn n\n}\n';
    const { review, write } = repository({ 'lib/lib.go': lib(2), 'use/room.go': room, 'use/rows.go': rows });
    expect(await review('--rules', 'all')).toEqual([]);
    write('lib/lib.go', lib(400));
    expect(await review('--rules', 'all')).toEqual(['use/room.go:8', 'use/rows.go:7']);
    expect(await review(...NEW)).toEqual(['use/room.go:8', 'use/rows.go:7']);
  });

  it('where a value of a struct that grew has no room on the stack of a function', async () => {
    const lib = (size: number): string =>
      `package lib\n\ntype row struct {\n\tp *int\n\ta [${size}]int\n}\n\n//go:noinline\nfunc Look(p *int) int {\n\tr := &row{p: p}\n${LONG}\treturn *r.p + r.a[n]\n}\n`;
    const { review, write } = repository({ 'lib/lib.go': lib(8), 'use/use.go': USE });
    expect(await review('--rules', 'all')).toEqual([`use/use.go:${OLD_LINE}`]);
    write('lib/lib.go', lib(1 << 20));
    expect(await review(...NEW)).toContain(`use/use.go:${NEW_LINE}`);
  });

  it('where a struct of another package grew, by values from behind pointers to it', async () => {
    const { review, write } = repository({
      'lib/lib.go': tables(2),
      'use/copy.go': COPIES,
      'use/field.go': RANGES,
      'use/read.go': READS_CELL,
    });
    const before = await review('--rules', 'all');
    write('lib/lib.go', tables(400));
    const now = await review('--rules', 'all');
    const caused = ['use/copy.go:7', 'use/field.go:7'];
    expect(now.filter((each) => !before.includes(each))).toEqual(caused);
    expect(await review(...NEW)).toEqual(caused);
  });

  it('where a rule follows calls into another package', async () => {
    const lib = (body: string): string =>
      `package lib\n\nimport "os"\n\nvar Names = os.Args\n\nfunc Work(name string) error { return step(name) }\n\nfunc step(name string) error {\n\treturn ${body}\n}\n`;
    const use = `package use

import (
	"os"
	"sync"

	"p/lib"
)

func RemoveAll(directory string) error {
	entries, err := os.ReadDir(directory)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	for _, entry := range entries {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = lib.Work(entry.Name())
		}()
	}
	wg.Wait()
	return nil
}
`;
    const { review, write } = repository({ 'lib/lib.go': lib('nil'), 'use/use.go': use });
    const before = await review('--rules', 'all');
    write('lib/lib.go', lib('os.Remove(name)'));
    const now = await review('--rules', 'all');
    expect(now.filter((each) => !before.includes(each))).toEqual(['use/use.go:18']);
    expect(await review(...NEW)).toEqual(['use/use.go:18']);
  });

  it('where the module is in another version of the language', async () => {
    const capture =
      'package use\n\nfunc All(names []string, run func(func())) {\n\tfor _, name := range names {\n\t\tgo run(func() { println(name) })\n\t}\n}\n';
    const { review, write } = repository({ 'use.go': capture, 'old.go': GROWTH });
    const before = await review('--rules', 'all');
    write('go.mod', 'module p\n\ngo 1.21\n');
    const now = await review('--rules', 'all');
    expect(now.length).toBeGreaterThan(before.length);
    expect(await review(...NEW)).toEqual(now.filter((each) => !before.includes(each)));
  });

  it('where the package that it uses has another directory since and does other things', async () => {
    const outer = 'package mid\n\nimport "p/lib"\n\nvar Of lib.Keeper\n';
    const keeper = READS.replace('func Look(', 'func (Keeper) Look(').replace('\n//go', '\ntype Keeper struct{}\n\n//go');
    const use = USE.replace('p/lib', 'p/mid').replace('lib.Look', 'mid.Of.Look');
    const { review, write, directory } = repository({ 'lib/lib.go': keeper, 'mid/mid.go': outer, 'use/use.go': use });
    renameSync(join(directory, 'lib'), join(directory, 'stores'));
    write('mid/mid.go', outer.replace('"p/lib"', 'lib "p/stores"'));
    expect(await review(...NEW)).toEqual([]);
    write('stores/lib.go', keeper.replace('{ return *p }', '{\n\tkept = append(kept, p)\n\treturn *p\n}'));
    expect(await review(...NEW)).toEqual([`use/use.go:${NEW_LINE}`]);
  });
});

describe.concurrent('nothing is new in a file that did not change', () => {
  const files = async (repo: Repository): Promise<number> => {
    const { stdout } = await escapement(['review', ...NEW, '--format', 'json'], { cwd: repo.directory });
    return JSON.parse(stdout).summary.files;
  };

  it.each([
    ['does the same in other words', 1, READS.replace('{ return *p }', '{\n\tvalue := *p\n\treturn value\n}')],
    ['has other line ends', 0, READS.replaceAll('\n', '\r\n')],
    ['has another comment', 1, READS.replace('//go:noinline', '// Look looks.\n//\n//go:noinline')],
    ['has a neighbour', 1, `${READS}\nfunc Use() {}\n`],
  ])('where a function that it calls %s, and it is not even reviewed', async (_, count, text) => {
    const repo = repository({ 'lib/lib.go': READS, 'use/use.go': USE });
    repo.write('lib/lib.go', text);
    expect(await repo.review(...NEW)).toEqual([]);
    expect(await files(repo)).toBe(count);
  });

  it('where a struct grew to which it has no more than pointers, and it is not even reviewed', async () => {
    const repo = repository({ 'lib/lib.go': tables(2), 'use/read.go': READS_CELL });
    repo.write('lib/lib.go', tables(400));
    expect(await repo.review(...NEW)).toEqual([]);
    expect(await files(repo)).toBe(1);
  });

  it('where a struct grew that a list of pointers makes without its name, but it is reviewed', async () => {
    const repo = repository({ 'lib/lib.go': tables(2), 'use/list.go': LISTS });
    repo.write('lib/lib.go', tables(400));
    expect(await repo.review(...NEW)).toEqual([]);
    expect(await files(repo)).toBe(2);
  });

  it('where an array of a struct grew, which a stack may have no room for, but it is reviewed', async () => {
    const repo = repository({ 'lib/lib.go': tablesOf('Word uint64; more [2]uint64'), 'use/read.go': READS_CELL });
    repo.write('lib/lib.go', tablesOf('Word uint64; more [400]uint64'));
    expect(await repo.review(...NEW)).toEqual([]);
    expect(await files(repo)).toBe(2);
  });

  it('where the module is in another version of the language, in which the same is found, and it is not even reviewed', async () => {
    const repo = repository({ 'go.mod': 'module p\n\ngo 1.25\n', 'lib/lib.go': READS, 'use/use.go': USE });
    repo.write('go.mod', 'module p\n\ngo 1.26.1\n');
    repo.write('lib/lib.go', READS.replace('return *p', 'value := *p; return value'));
    expect(await repo.review(...NEW)).toEqual([]);
    expect(await files(repo)).toBe(1);
  });

  it('where what it found was there before, though what it names changed', async () => {
    const { review, write } = repository({ 'lib/lib.go': KEEPS, 'use/use.go': USE });
    expect(await review('--rules', 'all')).toContain(`use/use.go:${NEW_LINE}`);
    write('lib/lib.go', KEEPS.replaceAll('kept', 'held').replace('return *p\n', 'return len(held)\n'));
    expect(await review(...NEW)).toEqual([]);
  });

  it('where a function moved to another file of its package, and where a file is gone', async () => {
    const [head, body] = READS.split('//go:noinline\n');
    const { review, write, directory } = repository({
      'lib/lib.go': READS,
      'lib/gone.go': 'package lib\n\nfunc gone() {}\n',
      'use/use.go': USE,
    });
    write('lib/lib.go', head);
    write('lib/look.go', `package lib\n\n//go:noinline\n${body}`);
    unlinkSync(join(directory, 'lib/gone.go'));
    expect(await review(...NEW)).toEqual([]);
  });

  it('by a patch that does not fit the files', async () => {
    const { review, write, git, directory } = repository({ 'lib/lib.go': READS, 'use/use.go': USE });
    write('lib/lib.go', KEEPS);
    writeFileSync(join(directory, 'change.diff'), git('diff'));
    write('lib/lib.go', KEEPS.replace('append(kept, p)', 'append(kept, p, p)'));
    expect(await review('--new-from-patch', 'change.diff', '--rules', 'all')).toEqual([]);
  });
});
