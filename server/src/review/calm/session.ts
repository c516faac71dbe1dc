/**
 * A session for people who type. Most texts on the way from one sound text to the next are not Go; reviewed as they are, findings
 * would vanish at one key and come back at another, in the function one types in and in all that depend on it. So where a
 * document does not parse, or lost its package clause, its stand-in is reviewed, and what is found there is told in places of the
 * document. Findings of an earlier text are marked, and nothing in such a document can be fixed. A document that never was sound
 * is reviewed as it is.
 */
import { type CancellationToken, type Location, overlaps, type Range, type TextEdit } from '../../base/index.ts';
import type { ReviewSettings } from '../../config/index.ts';
import { parse, type Tree } from '../../syntax/index.ts';
import type {
  Discovery,
  EscapeRecord,
  Explanation,
  FaceDetail,
  Finding,
  FindingFrame,
  FixOfFinding,
  FunctionAllocations,
  FunctionFace,
  OpenDocument,
  Review,
  ReviewedParts,
  Session,
  SoundText,
  SuppressedFinding,
} from '../shapes.ts';
import { isSame, isWhole, type StandIn, standInFor } from './stand-in.ts';
import { inverse, rangeIn, runAt } from './text-map.ts';

/** The session that reviews whatever text it is given. */
export interface PlainSession extends Omit<Session, 'open' | 'change' | 'soundTexts' | 'hold'> {
  put(path: string, text: Uint8Array): void;
  /** The text that was put, parsed; undefined for one that is never reviewed. */
  parsed(path: string): { readonly tree: Tree; readonly isSound: boolean } | undefined;
}

interface Document {
  version: number;
  text: Uint8Array;
  /** Whether it is known how to review this version. */
  isSettled: boolean;
  /** Whether nobody looked yet if the text that it was opened with is whole: without an earlier one that changes nothing. */
  isUnread: boolean;
  /** The last text that was whole, stand-ins included. */
  sound: Uint8Array | undefined;
  /** Of `sound`, made when needed. */
  tree: Tree | undefined;
  standIn: StandIn | undefined;
  /** Whether nobody was told of `sound` yet. */
  isNews: boolean;
}

const encoder = new TextEncoder();

export class CalmSession implements Session {
  private readonly documents = new Map<string, Document>();

  constructor(private readonly plain: PlainSession) {}

  configure(settings: ReviewSettings): void {
    this.plain.configure(settings);
  }

  open({ path, version, text }: OpenDocument): void {
    const bytes = encoder.encode(text);
    const fresh = { sound: undefined, tree: undefined, standIn: undefined, isNews: false };
    this.documents.set(path, { version, text: bytes, isSettled: true, isUnread: true, ...fresh });
    this.plain.put(path, bytes);
  }

  change({ path, version, text }: OpenDocument): void {
    const document = this.documents.get(path);
    if (document === undefined) {
      this.open({ path, version, text });
      return;
    }
    if (document.isUnread) this.read(path, document);
    Object.assign(document, { version, text: encoder.encode(text), isSettled: false });
    // The stand-in is under review and mostly stays the same from key to key.
    if (document.standIn === undefined) this.plain.put(path, document.text);
  }

  close(path: string): void {
    this.documents.delete(path);
    this.plain.close(path);
  }

  invalidate(paths: readonly string[]): void {
    this.plain.invalidate(paths);
  }

  narrow(parts: ReviewedParts): void {
    this.plain.narrow(parts);
  }

  discover(targets: readonly string[], token: CancellationToken): Discovery {
    return this.plain.discover(targets, token);
  }

  review(paths: readonly string[], token: CancellationToken): Review {
    this.settle();
    const review = this.plain.review(paths, token);
    const isTouched = [...this.documents.values()].some(({ standIn }) => standIn !== undefined);
    if (!isTouched) return review;
    const { findings, suppressed } = review;
    return {
      ...review,
      findings: findings.flatMap((each) => this.told(each) ?? []),
      ...(suppressed && { suppressed: this.quiet(suppressed) }),
    };
  }

  refutedFixes(path: string, token: CancellationToken): readonly FixOfFinding[] {
    this.settle();
    return this.standIn(path) === undefined ? this.plain.refutedFixes(path, token) : [];
  }

  /** None in a declaration that does not parse. */
  suppression(finding: SuppressedFinding, reason: string): readonly TextEdit[] {
    this.settle();
    const standIn = this.standIn(finding.path);
    if (standIn === undefined) return this.plain.suppression(finding, reason);
    const at = rangeIn(inverse(standIn.map), finding.at, finding.at.end);
    if (at === undefined || isKept(standIn, at)) return [];
    const edits = this.plain.suppression({ ...finding, at }, reason);
    const moved = edits.map((edit) => ({ ...edit, range: this.placed(standIn, edit.range) }));
    return moved.every((edit): edit is TextEdit => edit.range !== undefined) ? moved : [];
  }

  allocations(path: string): readonly FunctionAllocations[] {
    this.settle();
    const functions = this.plain.allocations(path);
    const standIn = this.standIn(path);
    if (standIn === undefined) return functions;
    return functions.flatMap((each) => {
      const at = this.placed(standIn, each.at);
      return at === undefined ? [] : [{ ...each, at, allocations: each.allocations.flatMap((one) => this.explained(standIn, one)) }];
    });
  }

  /** Of the text as it is: these records speak of lines. */
  escapes(path: string): readonly EscapeRecord[] {
    this.settle();
    const document = this.documents.get(path);
    if (document?.standIn === undefined) return this.plain.escapes(path);
    this.plain.put(path, document.text);
    const records = this.plain.escapes(path);
    this.plain.put(path, document.standIn.tree.source);
    return records;
  }

  /** Of texts that stand for files: what is half typed has no callers to answer. */
  faces(path: string, offsets: readonly number[], detail: FaceDetail): readonly (FunctionFace | null)[] {
    this.settle();
    return this.plain.faces(path, offsets, detail);
  }

  explanations(path: string, offset: number): readonly Explanation[] {
    this.settle();
    const standIn = this.standIn(path);
    if (standIn === undefined) return this.plain.explanations(path, offset);
    const run = runAt(inverse(standIn.map), offset);
    if (run === undefined) return [];
    return this.plain.explanations(path, run.to + offset - run.from).flatMap((each) => this.explained(standIn, each));
  }

  keep(): void {
    for (const [path, document] of this.documents) if (document.isUnread) this.read(path, document);
    this.plain.keep();
  }

  soundTexts(): readonly SoundText[] {
    const news = [...this.documents].filter(([, document]) => document.isNews);
    for (const [, document] of news) document.isNews = false;
    return news.flatMap(([path, { version, sound }]) => (sound === undefined ? [] : [{ path, version, text: sound }]));
  }

  hold({ path, version, text }: SoundText): void {
    const document = this.documents.get(path);
    const isOlder = document === undefined || (document.sound !== undefined && document.isSettled && document.version > version);
    if (isOlder || (document.sound !== undefined && isSame(document.sound, text))) return;
    Object.assign(document, { sound: text, tree: undefined, isSettled: false, isNews: false });
  }

  private standIn(path: string): StandIn | undefined {
    return this.documents.get(path)?.standIn;
  }

  private settle(): void {
    for (const [path, document] of this.documents) {
      if (document.isSettled) continue;
      document.isSettled = true;
      this.settleOne(path, document);
    }
  }

  private read(path: string, document: Document): void {
    document.isUnread = false;
    const parsed = this.plain.parsed(path);
    if (parsed !== undefined && isWhole(parsed)) this.learn(document, document.text, undefined);
  }

  private settleOne(path: string, document: Document): void {
    const { text, standIn: before } = document;
    document.isUnread = false;
    const parsed = before === undefined ? this.plain.parsed(path) : parsedText(text);
    const isKnown = parsed !== undefined && isWhole(parsed);
    document.standIn = parsed === undefined || isKnown ? undefined : this.standInOf(parsed.tree, document);
    if (document.standIn === undefined) {
      if (before !== undefined) this.plain.put(path, text);
      if (isKnown) this.learn(document, text, undefined);
      return;
    }
    const { tree } = document.standIn;
    if (before?.tree.source !== tree.source) this.plain.put(path, tree.source);
    this.learn(document, tree.source, tree);
  }

  private standInOf(broken: Tree, document: Document): StandIn | undefined {
    const { sound } = document;
    if (sound === undefined) return undefined;
    document.tree ??= parse(sound).tree;
    return standInFor(broken, document.tree);
  }

  private learn(document: Document, sound: Uint8Array, tree: Tree | undefined): void {
    if (document.sound !== undefined && (document.sound === sound || isSame(document.sound, sound))) return;
    Object.assign(document, { sound, tree, isNews: true });
  }

  /** In places of the documents; undefined when its code is gone. */
  private told({ frame: before, ...finding }: Finding): Finding | undefined {
    const standIn = this.standIn(finding.path);
    const at = standIn === undefined ? finding.at : this.placed(standIn, finding.at);
    if (at === undefined) return undefined;
    const frame = standIn === undefined || before === undefined ? before : this.framed(standIn, before);
    const related = finding.related.flatMap((step) => this.located(step));
    const fixes = finding.fixes.filter(({ edits }) => edits.every(({ path }) => this.standIn(path) === undefined));
    const isEarlier = standIn !== undefined && isKept(standIn, finding.at);
    return {
      ...finding,
      ...(frame === undefined ? {} : { frame }),
      at,
      related,
      fixes: standIn === undefined ? fixes : [],
      ...(isEarlier ? { isKept: true } : {}),
    };
  }

  /** Those whose comment is there too. */
  private quiet(suppressed: readonly Finding[]): readonly Finding[] {
    return suppressed.flatMap((finding) => {
      const told = this.told(finding);
      const standIn = this.standIn(finding.path);
      if (told?.suppression?.at === undefined || standIn === undefined) return told ?? [];
      const at = this.placed(standIn, told.suppression.at);
      return at === undefined ? [] : [{ ...told, suppression: { ...told.suppression, at } }];
    });
  }

  private framed(standIn: StandIn, { statement, loops }: FindingFrame): FindingFrame | undefined {
    const at = this.placed(standIn, statement);
    return at && { statement: at, loops: loops.flatMap((range) => this.placed(standIn, range) ?? []) };
  }

  private explained<Told extends Explanation>(standIn: StandIn, explanation: Told): Told[] {
    const at = this.placed(standIn, explanation.at);
    return at === undefined ? [] : [{ ...explanation, at, steps: explanation.steps.flatMap((step) => this.located(step)) }];
  }

  private located<Step extends { readonly at: Location }>(step: Step): Step[] {
    const standIn = this.standIn(step.at.path);
    if (standIn === undefined) return [step];
    const range = this.placed(standIn, step.at.range);
    return range === undefined ? [] : [{ ...step, at: { ...step.at, range } }];
  }

  /** What is shown of a range is its first line. */
  private placed({ tree, map }: StandIn, range: Range): Range | undefined {
    const lineEnd = tree.source.indexOf(NEWLINE, range.start);
    return rangeIn(map, range, lineEnd < 0 ? range.end : Math.min(lineEnd, range.end));
  }
}

const NEWLINE = 10;

function parsedText(text: Uint8Array): { readonly tree: Tree; readonly isSound: boolean } {
  const { tree, problems } = parse(text);
  return { tree, isSound: problems.length === 0 };
}

function isKept({ kept }: StandIn, at: Range): boolean {
  return kept.some((range) => overlaps(range, { start: at.start, end: Math.max(at.end, at.start + 1) }));
}
