/** Path patterns: what they match, and that none takes long. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesPattern } from '../../src/config/index.ts';

describe('matchesPattern', () => {
  it.each([
    ['gen', 'gen/x.go', true],
    ['gen', 'a/gen/x.go', true],
    ['gen', 'a/generated/x.go', false],
    ['/gen', 'a/gen/x.go', false],
    ['gen/', 'gen/x.go', true],
    ['./gen', 'gen/x.go', true],
    ['a/gen', 'a/gen/deep/x.go', true],
    ['a/gen', 'b/a/gen/x.go', false],
    ['**/gen/**', 'b/a/gen/x.go', true],
    ['cmd/**', 'cmd/a/b.go', true],
    ['cmd/*/x.go', 'cmd/a/x.go', true],
    ['cmd/*/x.go', 'cmd/a/b/x.go', false],
    ['*.pb.go', 'a/b.pb.go', true],
    ['*_test.go', 'a/b_test.go', true],
    ['?.go', 'ab.go', false],
    ['a**b', 'a/b', false],
    ['[ab].go', 'a.go', false],
    ['', 'a.go', false],
    ['/', 'a.go', false],
  ])('%j on %s is %s', (pattern, path, expected) => {
    expect(matchesPattern(pattern, path)).toBe(expected);
  });

  it('agrees with a plain recursive reading', () => {
    const piece = fc.constantFrom('a', 'b', '*', '?', '/', '**');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '/'), { minLength: 1, maxLength: 8 }),
        (pattern, path) => {
          const wanted = `/${pattern.join('')}`.replace(/\/+/g, '/').replace(/\*{3,}/g, '**');
          const text = path
            .join('')
            .replace(/\/+/g, '/')
            .replace(/^\/|\/$/g, '');
          expect(matchesPattern(wanted, text)).toBe(plainly(wanted, text));
        },
      ),
    );
  });

  it('takes no time on what makes others explode', () => {
    const before = process.cpuUsage();
    expect(matchesPattern(`${'*a'.repeat(40)}*b`, 'a'.repeat(200))).toBe(false);
    expect(matchesPattern(`${'**/a/'.repeat(40)}b`, `${'a/'.repeat(200)}c`)).toBe(false);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(200);
  });
});

/** The meaning written down without care for time. */
function plainly(pattern: string, path: string): boolean {
  const wanted = pattern.replace(/^\//, '').replace(/\/$/, '');
  if (wanted === '') return false;
  return segments([...wanted.split('/'), '**'], path.split('/'));
}

function segments(wanted: readonly string[], path: readonly string[]): boolean {
  if (wanted.length === 0) return path.length === 0;
  if (wanted[0] === '**') return segments(wanted.slice(1), path) || (path.length > 0 && segments(wanted, path.slice(1)));
  return path.length > 0 && characters(wanted[0], path[0]) && segments(wanted.slice(1), path.slice(1));
}

function characters(wanted: string, text: string): boolean {
  if (wanted === '') return text === '';
  if (wanted[0] === '*') return characters(wanted.slice(1), text) || (text !== '' && characters(wanted, text.slice(1)));
  return text !== '' && (wanted[0] === '?' || wanted[0] === text[0]) && characters(wanted.slice(1), text.slice(1));
}
