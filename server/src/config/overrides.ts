/** Rules and severities where a file lies: the settings of all files, less and more what overrides say there. */
import { isWithin, relativePath } from '../base/index.ts';
import type { Severity } from '../rules/index.ts';
import { matchesPattern } from './pattern.ts';
import type { Overrides, ReviewSettings } from './settings.ts';

/** As in `ReviewSettings`. */
export interface RulesInForce {
  readonly rules: Readonly<Record<string, Severity>>;
  readonly severities: Readonly<Record<string, Severity>>;
}

/** Indices of the overrides that match an absolute path: files with the same ones have the same rules in force. */
export function overridesAt(overrides: Overrides | undefined, path: string): readonly number[] {
  if (overrides === undefined || !isWithin(overrides.root, path)) return [];
  const relative = relativePath(overrides.root, path);
  return overrides.each.flatMap((override, i) => (matchesPattern(override.path, relative) ? [i] : []));
}

/** `matching` as `overridesAt` gives them. */
export function rulesUnder({ rules, severities = {}, overrides }: ReviewSettings, matching: readonly number[]): RulesInForce {
  if (overrides === undefined || matching.length === 0) return { rules, severities };
  const on = new Map(Object.entries(rules));
  const stated = new Map(Object.entries(severities));
  for (const { enable, disable, severity } of matching.map((i) => overrides.each[i])) {
    for (const [id, own] of Object.entries(enable)) on.set(id, own);
    for (const id of disable) on.delete(id);
    for (const [id, said] of Object.entries(severity)) stated.set(id, said);
  }
  const inForce = [...on].map(([id, own]) => [id, stated.get(id) ?? own] as const);
  return { rules: Object.fromEntries(inForce), severities: Object.fromEntries(stated) };
}

/** Ids of the rules that are on in some place. */
export function rulesAnywhere({ rules, overrides }: ReviewSettings): ReadonlySet<string> {
  return new Set([...Object.keys(rules), ...(overrides?.each ?? []).flatMap(({ enable }) => Object.keys(enable))]);
}
