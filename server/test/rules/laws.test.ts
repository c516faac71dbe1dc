/**
 * What every rule owes its readers: a name that says the pattern, not the cure; a complete page; a message that is shown by a
 * fixture and filled; a severity that fits what it is about.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { type Report, type Rule, rules as registered } from '../../src/rules/index.ts';
import { parse } from '../../src/syntax/index.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { fixtureFolders, goFiles, loadRules, recording, sessionIn } from './fixtures.ts';

beforeAll(loadTestGrammar);

const loaded = await loadRules();
const BANNED_PREFIX = /^(no|prefer|avoid|use|require|check)-/;
const CATEGORIES_OF_DEFECTS = ['leak', 'correctness'];

it('the registry holds every folder, sorted', () => {
  expect(registered.map((rule) => rule.id)).toEqual(loaded.map((each) => each.id));
});

describe.each(loaded)('$id', (each) => {
  if ('problem' in each) {
    it('loads', () => expect.fail(each.problem));
    return;
  }
  const { id, rule } = each;

  it('is named after the pattern it flags', () => {
    expect(rule.id, 'folder and id are the same').toBe(id);
    expect(rule.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/);
    expect(rule.id).not.toMatch(BANNED_PREFIX);
  });

  it('has a complete page', () => {
    const { summary, why, cost, bad, good, limits, skipWhen, links } = rule.docs;
    for (const text of [summary, why, cost, limits, skipWhen]) expect(text).toMatch(/^[^\s].{19,}[.)`]$/s);
    expect(summary, 'the summary is one sentence').not.toMatch(/[.!?]\s+[A-Z]/);
    for (const link of links) expect(link).toMatch(/^https:\/\//);
    for (const sample of [bad, good]) expectGoFile(sample);
  });

  it('has the severity of what it is about', () => {
    expect(rule.severity).not.toBe('error');
    if (rule.severity === 'warning') expect(CATEGORIES_OF_DEFECTS, 'a warning is a leak or a defect').toContain(rule.category);
    if (rule.severity === 'hint') expect(rule.category, 'a leak is more than a hint').not.toBe('leak');
  });

  it('documents its options', () => {
    for (const [name, option] of Object.entries(rule.options)) {
      expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/);
      expect(option.doc).toMatch(/^[A-Z].{9,}\.$/s);
      if (option.type === 'integer') expect(option.default >= option.minimum && option.default <= option.maximum).toBe(true);
    }
  });

  it('words each message with what, cost and remedy', () => {
    for (const [key, message] of Object.entries(rule.messages)) {
      expect(message, key).toMatch(/^\S.{39,}\S$/);
      expect(message, `${key}: the mechanism, not a guess`).not.toMatch(/\bmay be slow\b|\bcould be slow\b|\bbad practice\b/i);
      expect(message, `${key}: at least two parts`).toMatch(/[:;,.–] /);
    }
  });

  it('has a fixture for each message', () => {
    const reports = reportsOf(rule);
    const unseen = Object.keys(rule.messages).filter((key) => !reports.some((report) => report.message === key));
    expect(unseen).toEqual([]);
  });

  it('fills every placeholder', () => {
    for (const report of reportsOf(rule)) {
      const wanted = [...rule.messages[report.message].matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(Object.keys(report.data ?? {})).toEqual(expect.arrayContaining(wanted));
    }
  });

  it('offers no fix safer than it declares', () => {
    const tiers = ['safe', 'suggestion', 'unsafe', 'none'];
    for (const fix of reportsOf(rule).flatMap((report) => report.fixes ?? [])) {
      expect(tiers.indexOf(fix.safety)).toBeGreaterThanOrEqual(tiers.indexOf(rule.fix));
      expect(fix.title).toMatch(/^[A-Z`].{4,}[^.]$/s);
    }
  });
});

const collected = new Map<string, readonly Report[]>();

function reportsOf(rule: Rule): readonly Report[] {
  const known = collected.get(rule.id);
  if (known !== undefined) return known;
  const reports: Report[] = [];
  for (const folder of fixtureFolders(rule.id)) {
    const session = sessionIn(folder, [recording(rule, reports)]);
    session.review(
      goFiles(folder).map((name) => join(folder, name)),
      neverCancelled,
    );
  }
  collected.set(rule.id, reports);
  return reports;
}

function expectGoFile(source: string): void {
  expect(source).toMatch(/^package \w+\n.*\n$/s);
  expect(parse(new TextEncoder().encode(source)).problems).toEqual([]);
}
