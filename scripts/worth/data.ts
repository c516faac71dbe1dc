/** What rules are worth, as `npm run worth` measured it and `npm run generate` puts it on their pages: docs/worth/<id>.json. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../server/src/rules/index.ts';

/** Per run of the example. */
export interface Figures {
  readonly ns: number;
  readonly bytes: number;
  readonly allocs: number;
}

export interface Worth {
  readonly rule: string;
  /** As `go env GOVERSION` says. */
  readonly go: string;
  /** ISO 8601. */
  readonly date: string;
  /** Tier of the product's fix that was measured, or a repair by hand. */
  readonly by: 'safe' | 'suggestion' | 'hand';
  readonly before: Figures;
  readonly after: Figures;
}

/** Less than this share of the time may be the machine's mood. */
const NOISE = 0.1;
const FOLDER = join(import.meta.dirname, '../../docs/worth');

export function worthFile(rule: string): string {
  return join(FOLDER, `${rule}.json`);
}

/** Undefined for a rule that was not measured. */
export function worthOf(rule: string): Worth | undefined {
  return existsSync(worthFile(rule)) ? JSON.parse(readFileSync(worthFile(rule), 'utf8')) : undefined;
}

/** Fewer allocations or bytes and not slower, or faster. */
export function hasGain({ before, after }: Worth): boolean {
  const isFaster = after.ns < before.ns * (1 - NOISE);
  const isSlower = after.ns > before.ns * (1 + NOISE);
  return isFaster || (!isSlower && (after.allocs < before.allocs || after.bytes < before.bytes));
}

/** What a rule saves that no benchmark shows. */
export function preventionOf({ category }: Pick<Rule, 'category'>): string | undefined {
  switch (category) {
    case 'leak':
      return 'It prevents a leak: what is not released stays until the parent, the timer or the process ends, however long that takes. A benchmark of one run shows nothing of that.';
    case 'correctness':
      return 'It prevents a defect, which is worth more than time.';
    default:
      return undefined;
  }
}
