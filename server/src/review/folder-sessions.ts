/**
 * Folders of one workspace, and directories with a configuration file, may have settings of their own. Each of them is a session of its own, because settings decide even what
 * belongs to a package (build tags, architecture); a workspace of one mind, which is nearly every one, stays a single session.
 */

import { type CancellationToken, isWithin, type TextEdit } from '../base/index.ts';
import type { FolderSettings, ReviewSettings } from '../config/index.ts';
import { mergedDependencies } from './dependencies.ts';
import type {
  Discovery,
  EscapeRecord,
  Explanation,
  FaceDetail,
  FixOfFinding,
  FunctionAllocations,
  FunctionFace,
  OpenDocument,
  Review,
  ReviewedParts,
  Session,
  SoundText,
  SuppressedFinding,
} from './shapes.ts';

export class FolderSessions implements Session {
  private readonly base: Session;
  /** Longest root first: the innermost folder around a file decides. */
  private folders: readonly { readonly root: string; readonly session: Session }[] = [];
  private readonly documents = new Map<string, OpenDocument>();
  private parts: ReviewedParts = new Map();

  constructor(private readonly create: () => Session) {
    this.base = create();
  }

  configure(settings: ReviewSettings): void {
    this.base.configure(settings);
    const known = new Map(this.folders.map(({ root, session }) => [root, session]));
    const folders = [...(settings.folders ?? [])].sort((a, b) => b.root.length - a.root.length);
    this.folders = folders.map((folder) => ({ root: folder.root, session: this.configured(known.get(folder.root), folder) }));
  }

  open(document: OpenDocument): void {
    this.documents.set(document.path, document);
    for (const session of this.all()) session.open(document);
  }

  change(document: OpenDocument): void {
    this.documents.set(document.path, document);
    for (const session of this.all()) session.change(document);
  }

  close(path: string): void {
    this.documents.delete(path);
    for (const session of this.all()) session.close(path);
  }

  invalidate(paths: readonly string[]): void {
    for (const session of this.all()) session.invalidate(paths);
  }

  narrow(parts: ReviewedParts): void {
    this.parts = parts;
    for (const session of this.all()) session.narrow(parts);
  }

  discover(targets: readonly string[], token: CancellationToken): Discovery {
    return this.base.discover(targets, token);
  }

  review(paths: readonly string[], token: CancellationToken): Review {
    if (this.folders.length === 0) return this.base.review(paths, token);
    const reviews = [...new Set(paths)].sort().map((path) => this.at(path).review([path], token));
    const suppressed = reviews.flatMap((review) => review.suppressed ?? []);
    return {
      findings: reviews.flatMap(({ findings }) => findings),
      faults: reviews.flatMap(({ faults }) => faults),
      files: reviews.reduce((sum, { files }) => sum + files, 0),
      skipped: reviews.flatMap(({ skipped }) => skipped),
      ...(suppressed.length > 0 && { suppressed }),
      restsOn: mergedDependencies(reviews),
    };
  }

  refutedFixes(path: string, token: CancellationToken): readonly FixOfFinding[] {
    return this.at(path).refutedFixes(path, token);
  }

  suppression(finding: SuppressedFinding, reason: string): readonly TextEdit[] {
    return this.at(finding.path).suppression(finding, reason);
  }

  allocations(path: string): readonly FunctionAllocations[] {
    return this.at(path).allocations(path);
  }

  escapes(path: string): readonly EscapeRecord[] {
    return this.at(path).escapes(path);
  }

  faces(path: string, offsets: readonly number[], detail: FaceDetail): readonly (FunctionFace | null)[] {
    return this.at(path).faces(path, offsets, detail);
  }

  explanations(path: string, offset: number): readonly Explanation[] {
    return this.at(path).explanations(path, offset);
  }

  keep(): void {
    for (const session of this.all()) session.keep();
  }

  /** Of each document, what the session of its folder says; the others, for which its package is an import, are told. */
  soundTexts(): readonly SoundText[] {
    const texts = this.all().flatMap((session) => session.soundTexts().filter(({ path }) => this.at(path) === session));
    for (const text of texts) for (const session of this.all()) if (session !== this.at(text.path)) session.hold(text);
    return texts;
  }

  hold(text: SoundText): void {
    for (const session of this.all()) session.hold(text);
  }

  private configured(known: Session | undefined, { settings }: FolderSettings): Session {
    const session = known ?? this.create();
    if (known === undefined) {
      for (const document of this.documents.values()) session.open(document);
      session.narrow(this.parts);
    }
    session.configure(settings);
    return session;
  }

  private at(path: string): Session {
    return this.folders.find(({ root }) => isWithin(root, path))?.session ?? this.base;
  }

  private all(): readonly Session[] {
    return [this.base, ...this.folders.map(({ session }) => session)];
  }
}
