/** Fixes of one rule in one function that go together: what one round of `--fix` leaves, the next ones may not come to. */
import { beforeAll, expect, it } from 'vitest';
import { redundantSprint } from '../../src/rules/redundant-sprint/rule.ts';
import { stringConcatLoop } from '../../src/rules/string-concat-loop/rule.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { fixOnce, sessionFor } from './fixtures.ts';

beforeAll(loadTestGrammar);

const LOOP = '\tfor _, name := range names {\n\t\ttext += name\n\t}\n\ttext += "."\n';
const TEXT = `package m\n\nfunc joined(names []string, text string) string {\n${LOOP.repeat(5)}\treturn text\n}\n`;

it('loops that build one text get builders of their own', () => {
  const session = sessionFor([stringConcatLoop], memoryFiles({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n', '/m/x.go': TEXT }));
  const { text, applied } = fixOnce(session, '/m/x.go', TEXT, 'safe');
  expect(applied).toHaveLength(5);
  expect([...text.matchAll(/var (\w+) strings\.Builder/g)].map(([, name]) => name)).toEqual([
    'textBuilder',
    'textBuilder2',
    'textBuilder3',
    'textBuilder4',
    'textBuilder5',
  ]);
  expect(fixOnce(session, '/m/x.go', text, 'safe').applied).toEqual([]);
});

it('words in literals that fixes write declare nothing', () => {
  const calls = ['a', 'b', 'c', 'd', 'e'].map((name) => `\t${name} := fmt.Sprintf("a value of type int")\n`).join('');
  const text = `package m\n\nimport "fmt"\n\nfunc say() []string {\n${calls}\treturn []string{a, b, c, d, e}\n}\n`;
  const session = sessionFor([redundantSprint], memoryFiles({ '/m/go.mod': 'module example.com/m\n\ngo 1.26\n', '/m/x.go': text }));
  expect(fixOnce(session, '/m/x.go', text, 'safe').applied).toHaveLength(5);
});
