/** Reports of rules to findings: worded, named, placed in their function, in a fixed order and each said once. */
import { areDisjoint, compareText, overlaps, type Range } from '../base/index.ts';
import type { Package, SourceFile } from '../model/index.ts';
import type { RuleFix } from '../rules/index.ts';
import { Kind, NONE, type Node, type Tree, textBetween } from '../syntax/index.ts';
import { fingerprint } from './fingerprint.ts';
import { keepsCommentColumns, keepsComments } from './fixes/comments.ts';
import { declaredNames } from './fixes/declared-names.ts';
import { droppedImports } from './fixes/dropped-imports.ts';
import { enclosingStatement, frameOf } from './frame.ts';
import { enclosingFunctionName } from './function-name.ts';
import { nodeAt } from './node-at.ts';
import type { FileToReview, RuleReport } from './runner.ts';
import type { DroppedUses, Finding, Fix } from './shapes.ts';

/** Sorted by start, end and rule. Files with problems, or whose bytes are not UTF-8, get no fixes. */
export function findingsOf({ file, package: pkg, model }: FileToReview, reports: readonly RuleReport[]): Finding[] {
  const mayFix = fixability(file, pkg);
  const droppedBy = droppedImports(file, () => model.scopes);
  const ordinals = new Map<string, number>();
  const findings: Finding[] = [];
  for (const { active, report } of distinct(reports)) {
    const node = nodeAt(file.tree, report.at.start);
    const inFunction = enclosingFunctionName(file.tree, node);
    const identity = [active.rule.id, fileIdentity(file, pkg), inFunction, statementText(file.tree, node)];
    const key = identity.join('\0');
    const ordinal = ordinals.get(key) ?? 0;
    ordinals.set(key, ordinal + 1);
    findings.push({
      ruleId: active.rule.id,
      severity: active.stated ?? report.severity ?? active.severity,
      certainty: report.certainty ?? 'certain',
      message: messageOf({ active, report }),
      path: file.path,
      at: report.at,
      function: inFunction,
      related: report.related ?? [],
      fixes: (report.fixes ?? [])
        .filter(mayFix)
        .flatMap((fix) => besideComments(file, fix) ?? [])
        .map((fix) => fixOf(file.path, fix, droppedBy(fix), declaredNames(file, fix))),
      fingerprint: fingerprint([...identity, String(ordinal)]),
      frame: frameOf(file.tree, node),
    });
  }
  return findings;
}

/** Whether all files that a fix edits are free of problems and UTF-8. */
function fixability(own: SourceFile, pkg: Package): (fix: RuleFix) => boolean {
  const known = new Map<string, boolean>();
  const isSound = (path: string): boolean => {
    const file = path === own.path ? own : pkg.files.find((each) => each.path === path);
    const isKnown = known.get(path) ?? (file !== undefined && file.problems.length === 0 && isUtf8(file.tree.source));
    known.set(path, isKnown);
    return isKnown;
  };
  return ({ edits }) => isSound(own.path) && edits.every(({ path }) => path === undefined || isSound(path));
}

/** The fix as it may be offered where comments stand; undefined where it would lose one that its title does not speak of, or double one. */
function besideComments({ path, tree }: SourceFile, fix: RuleFix): RuleFix | undefined {
  const edits = fix.edits.flatMap((edit) => ((edit.path ?? path) === path ? { ...edit, path } : []));
  if (!areDisjoint(edits) || !(fix.dropsComment === true || keepsComments(tree, edits))) return undefined;
  return fix.safety !== 'safe' || keepsCommentColumns(tree, edits) ? fix : { ...fix, safety: 'suggestion' };
}

function fixOf(path: string, fix: RuleFix, dropped: readonly DroppedUses[], declares: readonly string[]): Fix {
  const edits = fix.edits.map((edit) => ({ path: edit.path ?? path, range: edit.range, newText: edit.newText }));
  const together = {
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(declares.length === 0 ? {} : { declares }),
    ...(fix.guess && { guess: fix.guess }),
  };
  return { title: fix.title, safety: fix.safety, edits, ...together };
}

/** The rule's message with its placeholders filled; one without a value stays as it is. */
export function messageOf({ active, report }: Pick<RuleReport, 'active' | 'report'>): string {
  const data = report.data ?? {};
  return active.rule.messages[report.message].replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(data, name) ? String(data[name]) : whole,
  );
}

/** In order, without repetitions: of one rule's reports with the same words the first of those that overlap stays. */
function distinct(reports: readonly RuleReport[]): RuleReport[] {
  const sorted = reports
    .map((report, index) => ({ ...report, index }))
    .sort((a, b) => compareRanges(a.report.at, b.report.at) || compareText(a.active.rule.id, b.active.rule.id) || a.index - b.index);
  const last = new Map<string, Range>();
  return sorted.filter((each) => {
    const key = `${each.active.rule.id}\0${messageOf(each)}`;
    const before = last.get(key);
    const { at } = each.report;
    if (before !== undefined && (overlaps(before, at) || compareRanges(before, at) === 0)) return false;
    last.set(key, at);
    return true;
  });
}

function compareRanges(a: Range, b: Range): number {
  return a.start - b.start || a.end - b.end;
}

/** Independent of where the module lies on disk. */
export function fileIdentity(file: SourceFile, pkg: Package): string {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  return pkg.importPath === undefined ? name : `${pkg.importPath}/${name}`;
}

/** First line of the statement or declaration around the node, comments cut off, runs of white space as one space. */
function statementText(tree: Tree, node: Node): string {
  const statement = enclosingStatement(tree, node);
  if (statement === NONE) return '';
  const start = tree.start[statement];
  let end = tree.end[statement];
  for (let row = statement + 1; row < tree.next[statement] && tree.start[row] < end; row++) {
    if (tree.kind[row] === Kind.comment) end = tree.start[row];
  }
  const lineEnd = tree.source.indexOf(10, start);
  if (lineEnd >= 0 && lineEnd < end) end = lineEnd;
  return textBetween(tree, start, end).replace(/\s+/g, ' ').trim();
}

const strict = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
