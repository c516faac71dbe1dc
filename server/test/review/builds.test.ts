/** Files for several systems, which share what is for all of them: none is judged by what another system's build says. */
import { beforeAll, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { escapingPointer } from '../../src/rules/escaping-pointer/rule.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sessionOf } from '../support/session.ts';

beforeAll(loadTestGrammar);

const FILES = {
  '/m/o/types.go':
    'package o\n\ntype FD struct{ n int }\n\nvar kept []*FD\n\nfunc (f *FD) Close() { kept = append(kept, f) }\n\nfunc (f *FD) Copy() FD { return *f }\n\ntype File struct{ *file }\n',
  '/m/o/file_linux.go': 'package o\n\ntype file struct{ x int }\n\nfunc (f *file) Other() *FD { return nil }\n',
  '/m/o/file_wasip1.go': 'package o\n\ntype file struct{ pfd FD }\n\nfunc (f *file) PollFD() *FD { return &f.pfd }\n',
  '/m/n/a_wasip1.go': 'package n\n\nimport "example.com/m/o"\n\nfunc a(f *o.File) *o.FD { return f.PollFD() }\n',
  '/m/n/b_linux.go': 'package n\n\nimport "example.com/m/o"\n\nfunc b(f *o.File) *o.FD { return f.Other() }\n',
  '/m/n/c_wasip1.go':
    'package n\n\nimport "example.com/m/o"\n\nfunc c(f *o.File) {\n\tpfd := f.PollFD().Copy()\n\tif f != nil {\n\t\tpfd.Close()\n\t}\n}\n',
};
const REVIEWED = Object.keys(FILES).filter((path) => path.startsWith('/m/n/'));

it('has the findings of each alone, in whatever order they are reviewed', () => {
  const alone = REVIEWED.flatMap((path) => sessionOf(FILES, [escapingPointer]).review([path], neverCancelled).findings);
  expect(alone.map(({ path }) => path)).toEqual(['/m/n/c_wasip1.go']);
  for (const order of [REVIEWED, [...REVIEWED].reverse(), [...REVIEWED, ...REVIEWED]]) {
    const session = sessionOf(FILES, [escapingPointer]);
    const reviews = order.map((path) => ({ path, findings: session.review([path], neverCancelled).findings }));
    for (const { path, findings } of reviews) expect(findings).toEqual(alone.filter((finding) => finding.path === path));
  }
});
