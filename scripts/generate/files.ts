/** Everything that is generated, in one list, so that nothing can be forgotten. Paths are relative to the repository's root. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from '../../server/src/rules/index.ts';
import { generateGrammars } from './grammars.ts';
import { generatePrecision } from './precision.ts';
import { generateRegistry, ruleIds } from './rules.ts';
import { generateSyntax } from './syntax.ts';

export interface Generated {
  readonly path: string;
  readonly text: string | Uint8Array;
}

export const ROOT = join(import.meta.dirname, '../..');

/** What rules are made from and found by; must be on disk before `filesFromRules`. */
export function filesBeforeRules(): Generated[] {
  return [...generateSyntax(), ...generateGrammars(), ...generateRegistry()];
}

/** What is folded from the rules. Rejects when a rule does not load. */
export async function filesFromRules(): Promise<Generated[]> {
  const rules = await Promise.all(ruleIds().map(loadRule));
  const { generateConfiguration } = await import('./configuration.ts');
  const { generateRulePages } = await import('./rule-pages.ts');
  return [...generateRulePages(rules), ...generateConfiguration(rules), ...generatePrecision()];
}

async function loadRule(id: string): Promise<Rule> {
  const module: Record<string, Rule> = await import(join(ROOT, 'server/src/rules', id, 'rule.ts'));
  const rule = Object.values(module).find((value) => value.id === id);
  if (rule === undefined) throw new Error(`server/src/rules/${id}/rule.ts exports no rule with the id ${id}`);
  return rule;
}

/** Files that differ from what is generated, as absent ones do. */
export function staleFiles(files: readonly Generated[]): Generated[] {
  return files.filter((file) => !isCurrent(file));
}

function isCurrent(file: Generated): boolean {
  try {
    return readFileSync(join(ROOT, file.path)).equals(Buffer.from(file.text));
  } catch {
    return false;
  }
}

/** Pages in docs/rules of rules that are gone. */
export function orphanedPages(files: readonly Generated[]): string[] {
  const wanted = new Set(files.map((file) => file.path));
  const found = readdirSync(join(ROOT, 'docs/rules')).map((name) => `docs/rules/${name}`);
  return found.filter((path) => !wanted.has(path));
}
