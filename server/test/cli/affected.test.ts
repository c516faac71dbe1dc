/**
 * What is new since a change is looked for only in what the change affects: nothing may be lost by that, and nothing may seem new because what
 * was there before was looked for elsewhere. Every rule's own fixtures are changed: fields and constants, and of their bodies and types each sixth;
 * `BODIES=1` takes all.
 */
import { dirname, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { Texts } from '../../src/cli/files/texts.ts';
import { compareFaces, type Face } from '../../src/cli/new-code/face-comparison.ts';
import { moduleGraph } from '../../src/cli/new-code/module-graph.ts';
import type { FunctionVersions } from '../../src/cli/new-code/package-ripple.ts';
import { ripple } from '../../src/cli/new-code/ripple.ts';
import { resolveSettings } from '../../src/config/index.ts';
import { createNodeFileSystem } from '../../src/node/index.ts';
import { createSession, type FaceDetail, type Finding, type Session } from '../../src/review/index.ts';
import { rules as allRules } from '../../src/rules/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { bodyEdits } from '../review/edited-bodies.ts';
import { typeEdits } from '../review/edited-types.ts';
import { fixtureFolders, goFiles, loadRules, readText } from '../rules/fixtures.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';

beforeAll(loadTestGrammar);

const settings = { ...resolveSettings({ preset: 'all' }, undefined), showPossible: true };
const loaded = await loadRules();
const rules = loaded.flatMap((each) => ('rule' in each ? [each.id] : []));
const step = Number(process.env.BODIES ?? 6);
const encoder = new TextEncoder();

it.each(rules)('%s', async (id) => {
  let edits = 0;
  for (const folder of fixtureFolders(id)) {
    const paths = goFiles(folder).map((name) => join(folder, name));
    for (const path of paths) {
      const before = readText(path);
      const isChosen = (index: number): boolean => index % step === 0;
      for (const { text, what } of [...bodyEdits(before, isChosen), ...typeEdits(before, isChosen)]) {
        if (text === before || parse(encoder.encode(text)).problems.length > 0) continue;
        edits++;
        const { lost, seemingNew } = await compare(paths, path, before, text);
        expect({ path, what, lost, seemingNew }).toEqual({ path, what, lost: [], seemingNew: [] });
      }
    }
  }
  expect(edits).toBeGreaterThan(0);
});

/** Findings that only a review of everything tells as new, and those that count as new only because not all was reviewed. */
async function compare(
  paths: readonly string[],
  path: string,
  before: string,
  now: string,
): Promise<Record<'lost' | 'seemingNew', readonly string[]>> {
  const { affected } = await rippleOf(path, before, now);
  const [wasAll, isAll] = [findingsIn(opened(path, before), paths), findingsIn(opened(path, now), paths)];
  const [base, session] = [opened(path, before), opened(path, now)];
  base.narrow(affected.before);
  session.narrow(affected.now);
  const [was, is] = [findingsIn(base, [...affected.before.keys()]), findingsIn(session, [...affected.now.keys()])];
  return { lost: beyond(beyond(isAll, wasAll), is), seemingNew: beyond(beyond(is, was), beyond(isAll, wasAll)) };
}

function rippleOf(path: string, before: string, now: string): ReturnType<typeof ripple> {
  const texts = new Texts();
  texts.stand(path, encoder.encode(now));
  const versions = { now: { path, text: encoder.encode(now) }, before: { path, text: encoder.encode(before) } };
  const [base, session] = [opened(path, before), opened(path, now)];
  const faceOf = (from: Session, { path: file, declaration }: FunctionVersions['now'], detail: FaceDetail): Face =>
    from.faces(file, [declaration.at], detail)[0];
  return ripple({
    graph: moduleGraph([dirname(path)], texts),
    texts,
    changes: new Map([[dirname(path), [versions]]]),
    followed: allRules.flatMap(({ follows = [] }) => follows),
    isTouched: () => true,
    compare: compareFaces({
      before: async (functions, detail) => functions.map((each) => faceOf(base, each.before, detail)),
      now: async (functions, detail) => functions.map((each) => faceOf(session, each.now, detail)),
      isFresh: () => false,
    }),
  });
}

function opened(path: string, text: string): Session {
  const session = createSession(createNodeFileSystem(), loadTestLibrary());
  session.configure(settings);
  session.open({ path, version: 1, text });
  return session;
}

function findingsIn(session: Session, paths: readonly string[]): readonly string[] {
  const { findings, faults } = session.review(paths, neverCancelled);
  expect(faults).toEqual([]);
  return findings.map(({ ruleId, fingerprint, message }: Finding) => `${ruleId} ${fingerprint} ${message}`);
}

/** Those of which `others` does not have as many. */
function beyond(some: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const each of others) left.set(each, (left.get(each) ?? 0) + 1);
  return some.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}
