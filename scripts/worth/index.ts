/**
 * `npm run worth [-- RULE…]`: benchmarks each rule's example before and after its repair, and writes time, bytes and
 * allocations to docs/worth/. A rule has its example in test-fixtures/rules/<id>/worth/before/work.go, a package `worth`
 * with a function Work that the rule flags; a repair that the product does not make is written to worth/after/work.go.
 * Needs Go; exits 1 when a recommended rule neither gains nor prevents anything.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rules } from '../../server/src/rules/index.ts';
import { build } from '../setup.mjs';
import { hasGain, preventionOf, type Worth, worthFile, worthOf } from './data.ts';
import { measure } from './measure.ts';

const ROOT = join(import.meta.dirname, '../..');
const wanted = process.argv.slice(2);

build();
for (const { id } of rules) {
  const example = join(ROOT, 'test-fixtures/rules', id, 'worth');
  if (!existsSync(example) || (wanted.length > 0 && !wanted.includes(id))) continue;
  const worth = { ...measure(join(ROOT, 'dist/escapement.js'), id, example), date: new Date().toISOString().slice(0, 10) };
  mkdirSync(dirname(worthFile(id)), { recursive: true });
  writeFileSync(worthFile(id), `${JSON.stringify(worth, undefined, 2)}\n`);
  console.log(line(worth));
}
for (const rule of rules.filter(({ preset }) => preset === 'recommended')) {
  const worth = worthOf(rule.id);
  const isWorthIt = preventionOf(rule) !== undefined || (worth !== undefined && hasGain(worth));
  if (isWorthIt) continue;
  console.log(`FAILED ${rule.id} is recommended ${worth === undefined ? 'and was never measured' : 'and gains nothing'}`);
  process.exitCode = 1;
}

function line({ rule, by, before, after }: Worth): string {
  const change = (unit: keyof Worth['before']): string => `${before[unit]} → ${after[unit]} ${unit}`;
  return `${rule} (${by}): ${change('ns')}, ${change('bytes')}, ${change('allocs')}`;
}
