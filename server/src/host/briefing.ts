/** What every worker has to know before its first job: one that takes another's place is told all that the other one was. */
import type { ReviewSettings } from '../config/index.ts';
import type { OpenDocument, ReviewedParts, SoundText } from '../review/index.ts';
import type { ToWorker } from './worker-protocol.ts';

export class Briefing {
  settings: ReviewSettings | undefined;
  parts: ReviewedParts | undefined;
  private readonly documents = new Map<string, OpenDocument>();
  private readonly sound = new Map<string, SoundText>();

  open(document: OpenDocument): void {
    this.sound.delete(document.path);
    this.documents.set(document.path, document);
  }

  change(document: OpenDocument): void {
    this.documents.set(document.path, document);
  }

  close(path: string): void {
    this.sound.delete(path);
    this.documents.delete(path);
  }

  /** Whether it is worth telling: the document may be closed by now. */
  hold(text: SoundText): boolean {
    if (!this.documents.has(text.path)) return false;
    this.sound.set(text.path, text);
    return true;
  }

  /** Text of an open document. */
  textOf(path: string): string | undefined {
    return this.documents.get(path)?.text;
  }

  messages(): ToWorker[] {
    return [
      ...(this.settings === undefined ? [] : [{ kind: 'configure', settings: this.settings } as const]),
      ...(this.parts === undefined ? [] : [{ kind: 'narrow', parts: this.parts } as const]),
      ...[...this.documents.values()].map((document) => ({ kind: 'open', document }) as const),
      ...[...this.sound.values()].map((text) => ({ kind: 'hold', text }) as const),
    ];
  }
}
