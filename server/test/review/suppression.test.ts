/** Suppression comments: what they cover, what is said about those that do nothing, and the edits that write and remove them. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdits, neverCancelled } from '../../src/base/index.ts';
import { type Finding, firstFix, suppressionEdits } from '../../src/review/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { places, reviewOf, sessionOf } from '../support/session.ts';
import { flaggedCall, oldCall, throwing } from '../support/test-rules.ts';

beforeAll(loadTestGrammar);

const review = (text: string): string[] => places(reviewOf(text, [flaggedCall]).findings, text);
const body = (...lines: string[]): string => `package p\n\nfunc f() {\n${lines.map((line) => `\t${line}\n`).join('')}}\n`;

describe('//escapement:ignore', () => {
  it('on the line covers that line', () => {
    expect(review(body('flagged() //escapement:ignore flagged-call -- why', 'flagged()'))).toEqual(['flagged-call@5']);
  });

  it('above a statement covers all of it', () => {
    expect(review(body('//escapement:ignore flagged-call -- why', 'if x {', '\tflagged()', '}', 'flagged()'))).toEqual(['flagged-call@8']);
  });

  it('above the first statement of a block covers just that', () => {
    expect(review(body('//escapement:ignore flagged-call -- why', 'flagged()', 'flagged()'))).toEqual(['flagged-call@6']);
  });

  it('above a declaration, among its doc comment, covers the declaration', () => {
    const text =
      'package p\n\n// F does.\n//\n//escapement:ignore flagged-call -- why\nfunc F() {\n\tflagged()\n}\n\nfunc g() { flagged() }\n';
    expect(review(text)).toEqual(['flagged-call@10']);
  });

  it('reaches over other directives to the statement', () => {
    expect(review(body('//escapement:ignore flagged-call -- why', '// and a remark', 'flagged()'))).toEqual([]);
  });

  it('of another rule covers nothing', () => {
    const text = body('flagged() //escapement:ignore old-call -- why');
    expect(places(reviewOf(text, [flaggedCall, oldCall]).findings, text)).toEqual(['flagged-call@4']);
  });

  it('with a list covers each rule in it', () => {
    const text = body('flagged() //escapement:ignore flagged-call,old-call -- why');
    const files = { '/m/go.mod': 'module m\n\ngo 1.20\n', '/m/x.go': text };
    expect(sessionOf(files, [flaggedCall, oldCall]).review(['/m/x.go'], neverCancelled).findings).toEqual([]);
  });

  it('inside a string is no directive', () => {
    expect(review(body('flagged(); s := "//escapement:ignore flagged-call -- why"'))).toEqual(['flagged-call@4']);
  });

  it('is told with what it covers: its reason and its place', () => {
    const text = body('flagged() //escapement:ignore flagged-call -- why', 'flagged() //nolint:all // so agreed', 'flagged()');
    const { findings, suppressed = [] } = reviewOf(text, [flaggedCall]);
    expect(places(findings, text)).toEqual(['flagged-call@6']);
    expect(places(suppressed, text)).toEqual(['flagged-call@4', 'flagged-call@5']);
    expect(
      suppressed.map(({ suppression }) => [
        suppression?.kind,
        suppression?.reason,
        text.slice(suppression?.at?.start, suppression?.at?.end),
      ]),
    ).toEqual([
      ['inSource', 'why', '//escapement:ignore flagged-call -- why'],
      ['inSource', 'so agreed', '//nolint:all // so agreed'],
    ]);
  });

  it('in a file with CRLF works the same', () => {
    const text = body(
      'flagged() //escapement:ignore flagged-call -- why',
      '//escapement:ignore flagged-call -- why',
      'flagged()',
    ).replaceAll('\n', '\r\n');
    expect(review(text)).toEqual([]);
  });
});

describe('//escapement:ignore on its own line', () => {
  const directive = '//escapement:ignore flagged-call -- why';

  it.each([
    ['a case', body('switch x {', directive, 'case 1:', '\tflagged()', 'case 2:', '\tflagged()', '}'), ['flagged-call@9']],
    ['an element', body('_ = []int{', `\t${directive}`, '\tflagged(),', '\tflagged(),', '}'), ['flagged-call@7']],
    ['an argument', body('f(', `\t${directive}`, '\tflagged(),', '\tflagged(),', ')'), ['flagged-call@7']],
    ['a labelled statement', body(directive, 'L:', 'for {', '\tflagged()', '}', 'flagged()'), ['flagged-call@9']],
    ['a variable of a group', `package p\n\nvar (\n\t${directive}\n\ta = flagged()\n\tb = flagged()\n)\n`, ['flagged-call@6']],
    ['a method', `package p\n\n${directive}\nfunc (t T) M() {\n\tflagged()\n}\n`, []],
  ])('covers %s', (_, text, expected) => {
    expect(review(text)).toEqual(expected);
  });

  it('at the end of a block covers nothing', () => {
    expect(review(body('if x {', '\tflagged()', `\t${directive}`, '}', 'flagged()'))).toEqual([
      'flagged-call@5',
      'escapement@6',
      'flagged-call@8',
    ]);
  });
});

it('comments of any kind anywhere cost nothing but themselves', () => {
  const line = fc.constantFrom(
    'flagged()',
    'if x {',
    '}',
    'x := `',
    '/*',
    '*/',
    '//escapement:ignore flagged-call -- why',
    'flagged() //escapement:ignore flagged-call,old-call -- ä世',
    '//escapement:ignore flagged-call',
    '//escapement:file-ignore flagged-call -- why',
    '//escapement:ignore ,,, -- --',
    '//escapement:',
    '//nolint:all',
    'func g() { //nolint',
    'package q',
    '',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), fc.boolean(), (lines, isCrLf) => {
      const text = ['package p', '', 'func f() {', ...lines, '}', ''].join(isCrLf ? '\r\n' : '\n');
      const { findings, faults } = reviewOf(text, [flaggedCall]);
      const { length } = new TextEncoder().encode(text);
      expect(faults).toEqual([]);
      for (const { at, fixes } of findings) {
        expect(at.start < at.end && at.end <= length).toBe(true);
        for (const { range } of fixes.flatMap((fix) => fix.edits)) expect(range.start <= range.end && range.end <= length).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

describe('//escapement:file-ignore', () => {
  it('above the package clause covers the file', () => {
    expect(review(`//escapement:file-ignore flagged-call -- why\n\n${body('flagged()')}`)).toEqual([]);
  });

  it('below it is reported', () => {
    const text = body('flagged()').replace('package p\n', 'package p\n\n//escapement:file-ignore flagged-call -- why\n');
    expect(review(text)).toEqual(['escapement@3', 'flagged-call@6']);
  });
});

describe('//nolint', () => {
  it.each([
    ['//nolint', []],
    ['//nolint:all', []],
    ['//nolint:escapement', []],
    ['//nolint:foo,escapement // why', []],
    ['// nolint:escapement', []],
    ['//nolint:errcheck', ['flagged-call@4']],
    ['//nolintescapement', ['flagged-call@4']],
  ])('%s', (comment, expected) => {
    expect(review(body(`flagged() ${comment}`))).toEqual(expected);
  });

  it('on the line of a block covers the block', () => {
    expect(review(body('if x { //nolint:all', '\tflagged()', '}', 'flagged()'))).toEqual(['flagged-call@7']);
  });

  it('above package covers the file', () => {
    expect(review(`//nolint:escapement\n${body('flagged()')}`)).toEqual([]);
  });

  it('is never called unused', () => {
    expect(review(body('x() //nolint:escapement'))).toEqual([]);
  });
});

describe('a directive that does nothing', () => {
  const only = (text: string): Finding => {
    const { findings } = reviewOf(text, [flaggedCall]);
    expect(findings.map((finding) => finding.ruleId)).toContain('escapement');
    return findings.filter((finding) => finding.ruleId === 'escapement')[0];
  };
  const removed = (text: string): string => fixed(text, only(text));

  it('is a hint when unused, and goes when a person says so', () => {
    const text = body('x() //escapement:ignore flagged-call -- why');
    expect(only(text)).toMatchObject({ severity: 'hint', message: expect.stringContaining('flagged-call') });
    expect(firstFix(only(text), 'safe')).toBeUndefined();
    expect(firstFix(only(text), 'suggestion')).toBeDefined();
    expect(removed(text)).toBe(body('x()'));
  });

  it('goes with its line when it has one', () => {
    expect(removed(body('//escapement:ignore flagged-call -- why', 'x()'))).toBe(body('x()'));
  });

  it('keeps the rules that are used', () => {
    const text = body('flagged() //escapement:ignore flagged-call,nonesuch -- why');
    expect(only(text).message).toContain('nonesuch');
    expect(removed(text)).toBe(body('flagged() //escapement:ignore flagged-call -- why'));
  });

  it('suggests the rule that was meant', () => {
    const text = body('flagged() //escapement:ignore flaged-call -- why');
    expect(only(text).message).toContain('did you mean flagged-call?');
    expect(removed(text)).toBe(body('flagged() //escapement:ignore flagged-call -- why'));
  });

  it('hides nothing without a reason', () => {
    const text = body('flagged() //escapement:ignore flagged-call');
    expect(review(text)).toEqual(['flagged-call@4', 'escapement@4']);
    expect(only(text)).toMatchObject({ severity: 'information', message: expect.stringContaining('reason') });
  });

  it.each([
    '//escapement:ignore flagged-call --',
    '//escapement:ignore -- why',
    '// escapement:ignore flagged-call -- why',
    '//escapement:ignored flagged-call -- why',
    '//escapement:disable x',
  ])('is reported when malformed: %s', (comment) => {
    expect(review(body(`flagged() ${comment}`))).toEqual(['flagged-call@4', 'escapement@4']);
  });

  it('is not called unused when the rule did not run', () => {
    const text = body('x() //escapement:ignore old-call -- why', 'explode() //escapement:ignore throwing -- why');
    expect(places(reviewOf(text, [oldCall, throwing]).findings, text)).toEqual([]);
  });

  it('is not called unused when the rule is off', () => {
    const text = body('x() //escapement:ignore flagged-call -- why');
    expect(reviewOf(text, [flaggedCall], { rules: {} }).findings).toEqual([]);
  });

  it('is not called unused in a file with syntax errors', () => {
    expect(review(`${body('x() //escapement:ignore flagged-call -- why')}\nfunc g() { := }\n`)).toEqual([]);
  });

  it('is not called unused when it hides what is not shown anyway', () => {
    expect(review(body('maybe() //escapement:ignore flagged-call -- why'))).toEqual([]);
  });
});

function fixed(text: string, finding: Finding): string {
  const [fix] = finding.fixes;
  return new TextDecoder().decode(applyEdits(new TextEncoder().encode(text), fix.edits));
}

describe('suppressionEdits', () => {
  const suppressed = (text: string): string => {
    const { tree, problems } = parse(new TextEncoder().encode(text));
    const [finding] = reviewOf(text, [flaggedCall]).findings;
    const file = {
      path: '/m/x.go',
      tree,
      problems,
      packageName: 'p',
      imports: [],
      isTest: false,
      isGenerated: false,
      go: 26,
      derived: {},
    };
    const edits = suppressionEdits(file, finding, 'why\nso');
    return new TextDecoder().decode(applyEdits(tree.source, edits));
  };
  const expectSuppressed = (text: string, expected: string): void => {
    expect(suppressed(text)).toBe(expected);
    expect(reviewOf(expected, [flaggedCall]).findings.length).toBeLessThan(reviewOf(text, [flaggedCall]).findings.length);
  };

  it('stands above a statement', () => {
    expectSuppressed(body('x := flagged(', '\t1)'), body('//escapement:ignore flagged-call -- why so', 'x := flagged(', '\t1)'));
  });

  it('trails the line of a statement with a block, to leave the block alone', () => {
    const text = body('if flagged() {', '\tflagged()', '}');
    expectSuppressed(text, body('if flagged() { //escapement:ignore flagged-call -- why so', '\tflagged()', '}'));
  });

  it('trails when the statement does not begin its line', () => {
    expectSuppressed(body('x(); flagged()'), body('x(); flagged() //escapement:ignore flagged-call -- why so'));
  });

  it('joins a doc comment as gofmt wants it', () => {
    const text = 'package p\n\n// X is.\nvar x = flagged()\n';
    expectSuppressed(text, 'package p\n\n// X is.\n//\n//escapement:ignore flagged-call -- why so\nvar x = flagged()\n');
  });

  it('keeps CRLF', () => {
    const text = body('flagged()').replaceAll('\n', '\r\n');
    expectSuppressed(text, body('//escapement:ignore flagged-call -- why so', 'flagged()').replaceAll('\n', '\r\n'));
  });
});
