/** What is on by default gains something that was measured, or prevents something; and a measured example is there to be measured again. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasGain, preventionOf, type Worth, worthOf } from '../../../scripts/worth/data.ts';
import { rules } from '../../src/rules/index.ts';

const ROOT = join(import.meta.dirname, '../../..');
const measured = rules.filter(({ id }) => worthOf(id) !== undefined);

it('every figure is of a rule and of its example', () => {
  const files = readdirSync(join(ROOT, 'docs/worth')).map((name) => name.replace(/\.json$/, ''));
  expect(files.sort()).toEqual(measured.map(({ id }) => id).sort());
  for (const id of files) expect(existsSync(join(ROOT, 'test-fixtures/rules', id, 'worth/before/work.go')), id).toBe(true);
});

it.each(rules.filter(({ preset }) => preset === 'recommended'))('$id is on by default and gains or prevents something', (rule) => {
  const worth = worthOf(rule.id);
  expect(preventionOf(rule) !== undefined || (worth !== undefined && hasGain(worth))).toBe(true);
});

describe('a gain', () => {
  const before = { ns: 100, bytes: 64, allocs: 2 };
  it.each([
    ['fewer allocations in the same time', { ns: 101, bytes: 64, allocs: 1 }, true],
    ['less time', { ns: 50, bytes: 64, allocs: 2 }, true],
    ['nothing', { ns: 95, bytes: 64, allocs: 2 }, false],
    ['fewer allocations that take longer', { ns: 150, bytes: 64, allocs: 1 }, false],
  ])('%s', (_, after, isGain) => {
    const worth: Worth = { rule: 'r', go: 'go1.26', date: '2026-01-01', by: 'safe', before, after };
    expect(hasGain(worth)).toBe(isGain);
  });
});
