/** The facade: what is reviewed, what is skipped, which findings come out and in which order. */
import { beforeAll, describe, expect, it } from 'vitest';
import { Cancelled, neverCancelled } from '../../src/base/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { places, reviewOf, sessionOf, settings } from '../support/session.ts';
import { flaggedCall, oldCall, overlapping, throwing } from '../support/test-rules.ts';

beforeAll(loadTestGrammar);

const TWO = `package p

func a() {
	flagged()
}

func b() {
	x()
	flagged()
}
`;

describe('findings', () => {
  it('stand in source order with their function', () => {
    const { findings, files } = reviewOf(TWO, [flaggedCall]);
    expect(findings.map((finding) => finding.function)).toEqual(['a', 'b']);
    expect(files).toBe(1);
  });

  it('name methods as Go does', () => {
    const text = 'package p\n\nfunc (t T) A() { flagged() }\n\nfunc (t *T[K, V]) B() { func() { flagged() }() }\n\nvar x = flagged()\n';
    expect(reviewOf(text, [flaggedCall]).findings.map((finding) => finding.function)).toEqual(['T.A', '(*T).B', '']);
  });

  it('that are only possible are dropped unless asked for', () => {
    const text = 'package p\n\nfunc f() { maybe() }\n';
    expect(reviewOf(text, [flaggedCall]).findings).toEqual([]);
    expect(reviewOf(text, [flaggedCall], { showPossible: true }).findings).toHaveLength(1);
  });

  it('carry the severity of the settings', () => {
    const { findings } = reviewOf(TWO, [flaggedCall], { rules: { 'flagged-call': 'hint' } });
    expect(new Set(findings.map((finding) => finding.severity))).toEqual(new Set(['hint']));
  });

  it('of a rule that is off are absent', () => {
    expect(reviewOf(TWO, [flaggedCall], { rules: {} }).findings).toEqual([]);
  });

  it('respect the Go version of the file', () => {
    const files = { '/m/go.mod': 'module m\n\ngo 1.21\n', '/m/x.go': TWO, '/n/go.mod': 'module n\n\ngo 1.22\n', '/n/x.go': TWO };
    const { findings } = sessionOf(files, [oldCall]).review(['/m/x.go', '/n/x.go'], neverCancelled);
    expect(findings.map((finding) => finding.path)).toEqual(['/m/x.go', '/m/x.go']);
  });

  it('respect a version that the settings assume instead', () => {
    const session = sessionOf({ '/m/x.go': TWO }, [oldCall]);
    const count = (): number => session.review(['/m/x.go'], neverCancelled).findings.length;
    expect(count()).toBe(0);
    session.configure(settings([oldCall], { go: 21 }));
    expect(count()).toBe(2);
    session.configure(settings([oldCall]));
    expect(count()).toBe(0);
  });

  it('keep open documents when the build target changes', () => {
    const session = sessionOf({ '/m/x.go': TWO }, [flaggedCall]);
    session.open({ path: '/m/x.go', version: 1, text: 'package p\n\nfunc f() { flagged() }\n' });
    session.configure(settings([flaggedCall], { goos: 'windows' }));
    expect(session.review(['/m/x.go'], neverCancelled).findings).toHaveLength(1);
  });

  it('are the same bytes from two sessions, in whatever order files are named', () => {
    const files = { '/m/a.go': TWO, '/m/b.go': 'package p\n\nfunc c() { flagged() }\n' };
    const once = sessionOf(files, [flaggedCall]).review(['/m/a.go', '/m/b.go'], neverCancelled);
    const again = sessionOf(files, [flaggedCall]).review(['/m/b.go', '/m/a.go', '/m/b.go'], neverCancelled);
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
  });
});

describe('fingerprints', () => {
  const fingerprints = (text: string): string[] => reviewOf(text, [flaggedCall]).findings.map((finding) => finding.fingerprint);

  it('survive lines that move and white space that changes', () => {
    const moved = TWO.replace('package p\n', 'package p\n\n// More.\n\nvar y = 1\n').replace(
      '\tflagged()\n}\n\nfunc b',
      '\t\tflagged() // why\n}\n\nfunc b',
    );
    expect(fingerprints(moved)).toEqual(fingerprints(TWO));
  });

  it('tell equal statements of one function apart', () => {
    const [a, b] = fingerprints('package p\n\nfunc f() {\n\tflagged()\n\tflagged()\n}\n');
    expect(a).not.toBe(b);
  });

  it('do not depend on where the module lies', () => {
    const other = sessionOf({ '/elsewhere/go.mod': 'module example.com/m\n\ngo 1.26\n', '/elsewhere/x.go': TWO }, [flaggedCall]);
    const { findings } = other.review(['/elsewhere/x.go'], neverCancelled);
    expect(findings.map((finding) => finding.fingerprint)).toEqual(fingerprints(TWO));
  });
});

describe('broken code', () => {
  it('loses only the findings of the function that is broken, and every fix', () => {
    const text = 'package p\n\nfunc a() {\n\tflagged()\n}\n\nfunc b() {\n\tflagged(\n\tx := := 1\n}\n\nfunc c() {\n\tflagged()\n}\n';
    const { findings } = reviewOf(text, [flaggedCall]);
    expect(findings.map((finding) => finding.function)).toEqual(['a', 'c']);
    expect(findings.flatMap((finding) => finding.fixes)).toEqual([]);
  });

  it('gets fixes back once it is whole', () => {
    expect(reviewOf(TWO, [flaggedCall]).findings.every((finding) => finding.fixes.length === 1)).toBe(true);
  });

  it('with invalid UTF-8 gets no fixes', () => {
    const bytes = new Uint8Array([
      ...new TextEncoder().encode('package p\n\n// '),
      0xff,
      ...new TextEncoder().encode('\n\nfunc f() { flagged() }\n'),
    ]);
    const session = sessionOf({ '/m/x.go': bytes }, [flaggedCall]);
    const { findings } = session.review(['/m/x.go'], neverCancelled);
    expect(findings.map((finding) => finding.fixes)).toEqual([[]]);
  });
});

describe('a rule that fails', () => {
  const text = 'package p\n\nfunc f() {\n\tflagged()\n\texplode(secret)\n}\n';

  it('loses its own findings and nobody else’s', () => {
    const { findings, faults } = reviewOf(text, [flaggedCall, throwing]);
    expect(places(findings, text)).toEqual(['flagged-call@4']);
    expect(faults).toEqual([{ path: '/m/x.go', ruleId: 'throwing', message: 'rule throwing failed on /m/x.go: Error' }]);
  });

  it('says nothing of the source', () => {
    expect(JSON.stringify(reviewOf(text, [throwing]).faults)).not.toContain('secret');
  });

  it('is one whose fix is unsound', () => {
    const { findings, faults } = reviewOf(text, [overlapping]);
    expect(findings).toEqual([]);
    expect(faults.map((fault) => fault.message)).toEqual([
      'rule overlapping failed on /m/x.go: Error: invariant broken: the edits of a fix do not overlap',
    ]);
  });

  it('works again in the next file', () => {
    const session = sessionOf({ '/m/x.go': text, '/m/y.go': TWO }, [throwing]);
    const { findings } = session.review(['/m/x.go', '/m/y.go'], neverCancelled);
    expect(findings.map((finding) => finding.path)).toEqual(['/m/y.go', '/m/y.go']);
  });
});

describe('files', () => {
  it('that cannot be reviewed are skipped with a reason', () => {
    const files = {
      '/m/big.go': `package p\n${'// x\n'.repeat(300_000)}`,
      '/m/readme.md': 'x',
      '/m/gen.go': `// Code generated by x. DO NOT EDIT.\n\n${TWO}`,
    };
    const review = sessionOf(files, [flaggedCall]).review(['/m/big.go', '/m/readme.md', '/m/absent.go', '/m/gen.go'], neverCancelled);
    expect(review.skipped).toEqual([
      { path: '/m/absent.go', why: 'no such file' },
      { path: '/m/big.go', why: 'larger than 1 MiB' },
      { path: '/m/gen.go', why: 'generated code: read for facts, not reported' },
      { path: '/m/readme.md', why: 'not a Go file' },
    ]);
    expect(review.files).toBe(0);
  });

  it('that are open count as they are in the editor, and again as on disk once closed', () => {
    const session = sessionOf({ '/m/x.go': TWO }, [flaggedCall]);
    const count = (): number => session.review(['/m/x.go'], neverCancelled).findings.length;
    session.open({ path: '/m/x.go', version: 1, text: 'package p\n' });
    expect(count()).toBe(0);
    session.change({ path: '/m/x.go', version: 2, text: 'package p\n\nfunc f() { flagged() }\n' });
    expect(count()).toBe(1);
    session.close('/m/x.go');
    expect(count()).toBe(2);
  });

  it('that the configuration excludes are skipped, and rules silent where it says so', () => {
    const exclusions = { root: '/m', paths: ['gen'], rules: [{ path: 'cmd/**', rules: ['flagged-call'] }] };
    const files = { '/m/gen/x.go': TWO, '/m/cmd/a/x.go': TWO, '/m/x.go': TWO };
    const review = sessionOf(files, [flaggedCall], { exclusions }).review(Object.keys(files), neverCancelled);
    expect(review.skipped).toEqual([{ path: '/m/gen/x.go', why: 'excluded by the configuration' }]);
    expect(new Set(review.findings.map((finding) => finding.path))).toEqual(new Set(['/m/x.go']));
  });
});

it('stops in the middle of a file when cancelled', () => {
  let questions = 0;
  const token = {
    get isCancelled() {
      return ++questions > 3;
    },
  };
  const session = sessionOf({ '/m/x.go': `package p\n\nfunc f() {\n${'\tflagged()\n'.repeat(2000)}}\n` }, [flaggedCall]);
  expect(() => session.review(['/m/x.go'], token)).toThrow(Cancelled);
  expect(session.review(['/m/x.go'], neverCancelled).findings).toHaveLength(2000);
});

it('stops when cancelled', () => {
  const session = sessionOf({ '/m/x.go': TWO }, [flaggedCall]);
  expect(() => session.review(['/m/x.go'], { isCancelled: true })).toThrow(Cancelled);
});
