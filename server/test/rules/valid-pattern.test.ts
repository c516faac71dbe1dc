/** Which patterns are vouched for: never one that Go does not compile. `re.MustCompile` of each was asked. */
import { describe, expect, it } from 'vitest';
import { isSurelyValid } from '../../src/rules/regexp-in-function/valid-pattern.ts';

const VALID = [
  '',
  'a{,3}',
  'a{2,}?b{3}',
  '(a|)b*?',
  '()*',
  '^[a-z]+$',
  '(?i)(?P<word>\\w+)-(?s-i:.)',
  '[]a]',
  '[^-\\]\\d]',
  '[[:^alpha:]a-]',
  '\\pL\\p{Lu}',
  '\\.\\/\\-é',
];

const INVALID = [
  '*a',
  'a**',
  'a{3,2}',
  'a{1001}',
  '(a{600}){2}',
  '(a',
  'a)',
  '(?<',
  '(?P<n>a)(?P<n>b)',
  '[',
  '[]',
  '[z-a]',
  '[a-\\d]',
  '[a-b-c',
  '[[:nope:]]',
  '\\Z',
  '\\1',
  '\\p{Nope}',
  '\\é',
  '\\',
  '\uFFFD',
];

describe('a pattern that is vouched for', () => {
  it.each(VALID)('%j', (pattern) => expect(isSurelyValid(pattern, false)).toBe(true));
});

describe('one that is not', () => {
  it.each(INVALID)('%j', (pattern) => expect(isSurelyValid(pattern, false)).toBe(false));

  it.each(['\\d', 'a*?', '(?:a)'])('%j in POSIX syntax', (pattern) => expect(isSurelyValid(pattern, true)).toBe(false));

  it('is plain in POSIX syntax', () => expect(isSurelyValid('^(a|b)+[0-9]*$', true)).toBe(true));
});
