/** Two reports held against each other: findings that are new, lost, or otherwise than before. */
import type { FindingRecord, Report } from './report.ts';
import { known } from './tables.ts';

export interface Comparison {
  /** Lines such as `+ module rule file:line:column message`. */
  readonly lines: readonly string[];
  readonly added: number;
  readonly lost: number;
  readonly changed: number;
  /** Modules that only one of the two knows, or in another version: not compared. */
  readonly apart: readonly string[];
}

export function compareReports(a: Report, b: Report): Comparison {
  const before = findingsOf(a);
  const after = findingsOf(b);
  const both = [...before.keys()].filter((module) => after.has(module));
  const apart = [...new Set([...before.keys(), ...after.keys()])].filter((module) => !both.includes(module)).sort();
  const changes = both.flatMap((module) => compareModule(module, before.get(module) ?? [], after.get(module) ?? []));
  const count = (kind: Change['kind']): number => changes.filter((change) => change.kind === kind).length;
  return {
    lines: changes.map(({ kind, module, text }) => `${kind} ${module} ${text}`),
    added: count('+'),
    lost: count('-'),
    changed: count('~'),
    apart,
  };
}

interface Change {
  readonly kind: '+' | '-' | '~';
  readonly module: string;
  readonly text: string;
}

function compareModule(module: string, before: readonly FindingRecord[], after: readonly FindingRecord[]): readonly Change[] {
  const olds = byIdentity(before);
  const news = byIdentity(after);
  const change = (kind: Change['kind'], text: string): Change => ({ kind, module, text });
  const lost = [...olds].filter(([id]) => !news.has(id)).map(([, each]) => change('-', `${each.at} ${each.message}`));
  const rest = [...news].flatMap(([id, each]): Change[] => {
    const old = olds.get(id);
    if (old === undefined) return [change('+', `${each.at} ${each.message}`)];
    const differences = differencesOf(old, each);
    return differences === '' ? [] : [change('~', `${each.at} ${differences}`)];
  });
  return [...lost, ...rest];
}

function differencesOf(old: FindingRecord, now: FindingRecord): string {
  const tiers = (record: FindingRecord): string => record.fixes.map((fix) => fix.split(' ')[0]).join('+') || 'none';
  return [
    ...(old.level === now.level ? [] : [`${old.level} → ${now.level}`]),
    ...(old.message === now.message ? [] : [`message: ${now.message}`]),
    ...(tiers(old) === tiers(now) ? [] : [`fixes: ${tiers(old)} → ${tiers(now)}`]),
    ...(tiers(old) === tiers(now) && old.fixes.join() !== now.fixes.join() ? ['other edits'] : []),
  ].join('; ');
}

/** Several findings of one rule at one place are told apart by their order. */
function byIdentity(records: readonly FindingRecord[]): ReadonlyMap<string, FindingRecord> {
  const found = new Map<string, FindingRecord>();
  for (const record of records) {
    let id = record.at;
    for (let n = 2; found.has(id); n++) id = `${record.at} #${n}`;
    found.set(id, record);
  }
  return found;
}

function findingsOf(report: Report): ReadonlyMap<string, readonly FindingRecord[]> {
  return new Map(known(report.modules).map(({ module, version, findings }) => [`${module}@${version}`, findings]));
}
