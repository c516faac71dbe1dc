/**
 * An outline may not promise too much: where those of an edited file are what they were, so is what every function of the file is to its callers, whether
 * a body was edited, or a type or a constant of which functions speak.
 * Every rule's own fixtures are edited, and `OUTLINES=DIRECTORY` those Go files instead; of their bodies each third, `BODIES=1` takes all.
 */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { resolveSettings } from '../../src/config/index.ts';
import { createNodeFileSystem } from '../../src/node/index.ts';
import { createSession, type FaceDetail, type FunctionFace, type Session } from '../../src/review/index.ts';
import { type Declaration, declarationsIn, parse } from '../../src/syntax/index.ts';
import { fixtureFolders, goFiles, loadRules, readText } from '../rules/fixtures.ts';
import { loadTestLibrary } from '../support/facts.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { bodyEdits } from './edited-bodies.ts';
import { type Edited, typeEdits } from './edited-types.ts';

beforeAll(loadTestGrammar);

const settings = resolveSettings({ preset: 'all' }, undefined);
const step = Number(process.env.BODIES ?? 3);
const encoder = new TextEncoder();
const folders = process.env.OUTLINES === undefined ? await ofRules() : [process.env.OUTLINES];

async function ofRules(): Promise<readonly string[]> {
  const loaded = await loadRules();
  return loaded.flatMap((each) => ('rule' in each ? fixtureFolders(each.id) : []));
}

it('of an edited function is the same only where callers see the same', () => {
  const edits = (text: string): Iterable<Edited> => [...bodyEdits(text, (index) => index % step === 0), ...withLine(text, '\tprintln()\n')];
  expectToHold(edits, 50);
});

it('of a function that speaks of an edited type or constant is the same only where callers see the same', () => {
  expectToHold((text) => typeEdits(text, (index) => index % step === 0), 20);
});

/** In at least so many edits with the same outlines, and as many with others. */
function expectToHold(edits: (text: string) => Iterable<Edited>, least: number): void {
  const count = { same: 0, other: 0 };
  let version = 1;
  for (const folder of folders) {
    for (const name of goFiles(folder)) {
      const path = join(folder, name);
      const text = readText(path);
      const session = opened(path, text);
      const known = { outline: facesIn(session, path, text, 'outline'), whole: facesIn(session, path, text, 'whole') };
      for (const each of edits(text)) {
        if (each.text === text || parse(encoder.encode(each.text)).problems.length > 0) continue;
        session.change({ path, version: ++version, text: each.text });
        if (!areSame(facesIn(session, path, each.text, 'outline'), known.outline)) count.other++;
        else {
          count.same++;
          expect({ path, what: each.what, faces: facesIn(session, path, each.text, 'whole') }).toEqual({
            path,
            what: each.what,
            faces: known.whole,
          });
        }
      }
    }
  }
  expect(count.same).toBeGreaterThan(least);
  expect(count.other).toBeGreaterThan(least);
}

/** The text with a line more at the beginning of each of its functions. */
function* withLine(text: string, line: string): Generator<Edited> {
  for (const [i, { index, 0: head }] of [...text.matchAll(/^func .*\{\n/gm)].entries()) {
    if (i % step !== 0) continue;
    yield { text: text.slice(0, index + head.length) + line + text.slice(index + head.length), what: `function ${i} with a line more` };
  }
}

function opened(path: string, text: string): Session {
  const session = createSession(createNodeFileSystem(), loadTestLibrary());
  session.configure(settings);
  session.open({ path, version: 1, text });
  return session;
}

/** What each function says and costs, by its declaration. */
function facesIn(session: Session, path: string, text: string, detail: FaceDetail): ReadonlyMap<string, unknown> {
  const functions = declarationsIn(encoder.encode(text)).declarations.filter(({ kind }) => kind === 'function' || kind === 'method');
  const faces = session.faces(
    path,
    functions.map(({ at }) => at),
    detail,
  );
  return new Map(functions.map((each, i) => [keyOf(each, i), told(faces[i])]));
}

function keyOf({ receiver, names }: Declaration, i: number): string {
  return `${i} ${receiver}.${names[0]}`;
}

function told(face: FunctionFace | null | undefined): unknown {
  return face && [face.says, face.cost];
}

function areSame(one: ReadonlyMap<string, unknown>, other: ReadonlyMap<string, unknown>): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}
