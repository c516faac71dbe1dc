/**
 * A session whose files are still on their way. Findings of what is here come at once, but what is missing must not become one:
 * while nobody knows a file's go.mod, only what both the oldest and the newest language would say of it is said; and what rests on
 * where values flow, or on there being nothing to suppress, is not said before all is read.
 */
import { type CancellationToken, directoryOf, joinPath } from '../base/index.ts';
import type { ReviewSettings } from '../config/index.ts';
import { UNSTATED_GO } from '../model/index.ts';
import {
  type Finding,
  judgesAmong,
  type OpenDocument,
  type Review,
  type ReviewedParts,
  type Session,
  SUPPRESSION_RULE,
} from '../review/index.ts';
import { rules } from '../rules/index.ts';
import type { MemoryFiles } from './memory-files.ts';

/** Rules that look beyond the file: a callee that is read later may let go of what it was thought to keep. */
const FARSIGHTED: ReadonlySet<string> = new Set([SUPPRESSION_RULE, ...judgesAmong(rules).map(({ id }) => id)]);

/** `create` makes a session on the files; `holds` tells paths that may be on their way from those that never are. */
export function cautiousSession(files: MemoryFiles, create: () => Session, holds: (path: string) => boolean = () => true): Session {
  return new CautiousSession(create(), files, create, holds);
}

class CautiousSession implements Session {
  private readonly documents = new Map<string, OpenDocument>();
  private settings: ReviewSettings | undefined;
  private parts: ReviewedParts = new Map();

  constructor(
    private readonly session: Session,
    private readonly files: MemoryFiles,
    private readonly another: () => Session,
    private readonly holds: (path: string) => boolean,
  ) {}

  configure(settings: ReviewSettings): void {
    this.settings = settings;
    this.session.configure(settings);
  }

  open(document: OpenDocument): void {
    this.documents.set(document.path, document);
    this.session.open(document);
  }

  change(document: OpenDocument): void {
    this.documents.set(document.path, document);
    this.session.change(document);
  }

  close(path: string): void {
    this.documents.delete(path);
    this.session.close(path);
  }

  invalidate(paths: readonly string[]): void {
    this.session.invalidate(paths);
  }

  narrow(parts: ReviewedParts): void {
    this.parts = parts;
    this.session.narrow(parts);
  }

  review(paths: readonly string[], token: CancellationToken): Review {
    const review = this.session.review(paths, token);
    if (!this.files.isWaiting) return review;
    const undecided = new Set(paths.filter((path) => this.holds(path) && this.isOfUnknownModule(path)));
    const older = this.inOldestGo([...undecided], token);
    const findings = review.findings.flatMap((finding) => {
      if (FARSIGHTED.has(finding.ruleId) && this.holds(finding.path)) return [];
      return undecided.has(finding.path) ? (older.flatMap((other) => common(finding, other) ?? [])[0] ?? []) : [finding];
    });
    return { ...review, findings };
  }

  discover: Session['discover'] = (targets, token) => this.session.discover(targets, token);
  refutedFixes: Session['refutedFixes'] = (path, token) => this.session.refutedFixes(path, token);
  suppression: Session['suppression'] = (finding, reason) => this.session.suppression(finding, reason);
  allocations: Session['allocations'] = (path) => this.session.allocations(path);
  escapes: Session['escapes'] = (path) => this.session.escapes(path);
  faces: Session['faces'] = (path, offsets, detail) => this.session.faces(path, offsets, detail);
  explanations: Session['explanations'] = (path, offset) => this.session.explanations(path, offset);
  keep: Session['keep'] = () => this.session.keep();
  soundTexts: Session['soundTexts'] = () => this.session.soundTexts();
  hold: Session['hold'] = (text) => this.session.hold(text);

  /** Whether a go.mod may yet be found that is nearer than those that are known. */
  private isOfUnknownModule(path: string): boolean {
    if (this.settings?.go !== undefined) return false;
    for (let at = directoryOf(path); ; at = directoryOf(at)) {
      const file = joinPath(at, 'go.mod');
      if (!this.files.isKnown(file)) return true;
      if (this.files.readFile(file) !== undefined || at === directoryOf(at)) return false;
    }
  }

  private inOldestGo(paths: readonly string[], token: CancellationToken): readonly Finding[] {
    if (paths.length === 0 || this.settings === undefined) return [];
    const session = this.another();
    session.configure(inGo(UNSTATED_GO, this.settings));
    for (const document of this.documents.values()) session.open(document);
    session.narrow(this.parts);
    return session.review(paths, token).findings;
  }
}

/** In every folder. */
function inGo(go: number, settings: ReviewSettings): ReviewSettings {
  return { ...settings, go, folders: settings.folders?.map((folder) => ({ ...folder, settings: { ...folder.settings, go } })) };
}

/** What two findings agree on; undefined where they are not the same finding. */
function common(one: Finding, other: Finding): Finding | undefined {
  const isSame = sayingOf(one) === sayingOf(other);
  const others = new Set(other.fixes.map((fix) => JSON.stringify(fix)));
  return isSame ? { ...one, fixes: one.fixes.filter((fix) => others.has(JSON.stringify(fix))) } : undefined;
}

function sayingOf({ fixes: _, ...said }: Finding): string {
  return JSON.stringify(said);
}
