/** A rule that asks about its package and about what a callee does looks again when the callee is typed into. */
import { beforeAll, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { resolveSettings } from '../../src/config/index.ts';
import { createSession } from '../../src/review/index.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const PATH = '/m/x.go';
const KEEPS = 'kept = append(kept, f)';
const TEXT = `package p

type job struct {
	name    string
	options [20]int
}

var kept []func()

func keep(f func()) {
	${KEEPS}
}

func start(jobs []job) {
	for _, each := range jobs {
		keep(func() { println(each.name) })
	}
}
`;

// With `recommended` the rule asks whether the code runs seldom, which the package says.
it.each(['all', 'recommended'] as const)('with the preset %s', (preset) => {
  const session = createSession(memoryFiles({ '/m/go.mod': 'module m.org/m\n\ngo 1.26\n', [PATH]: TEXT }), loadTestLibrary());
  session.configure(resolveSettings({ preset }, undefined));
  session.open({ path: PATH, version: 0, text: TEXT });
  const seen = ['f()', KEEPS, `f(); ${KEEPS}`, 'f(); f()', KEEPS].map((body, i) => {
    session.change({ path: PATH, version: i + 1, text: TEXT.replace(KEEPS, body) });
    return session.review([PATH], neverCancelled).findings.length;
  });
  expect(seen).toEqual([0, 1, 1, 0, 1]);
});
