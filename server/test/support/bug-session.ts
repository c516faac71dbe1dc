/**
 * A tiny analysis behind the real interface, for tests of what stands around it: it reports each `BUG`, throws at `BOOM`, never
 * ends at `HANG`, takes its time at `SLOW` and ends its thread at `CRASH`. It makes the file of `BEGUN <path>`, so that a test
 * knows when it is at work, then waits for that of `UNTIL <path>`, and keeps a processor busy for `BUSY <milliseconds>`. It walks
 * into no folder that has a file `closed`, until that is gone.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { type CancellationToken, directoryOf, type FileSystem, type TextEdit, throwIfCancelled } from '../../src/base/index.ts';
import type { ReviewSettings } from '../../src/config/index.ts';
import type {
  Discovery,
  EscapeRecord,
  Explanation,
  Finding,
  FixOfFinding,
  FunctionAllocations,
  FunctionFace,
  OpenDocument,
  Review,
  Session,
  SuppressedFinding,
} from '../../src/review/index.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export function createBugSession(fileSystem: FileSystem): Session {
  return new BugSession(fileSystem);
}

class BugSession implements Session {
  private readonly documents = new Map<string, string>();
  private settings: ReviewSettings | undefined;

  constructor(private readonly fileSystem: FileSystem) {}

  configure(settings: ReviewSettings): void {
    this.settings = settings;
  }

  open({ path, text }: OpenDocument): void {
    this.documents.set(path, text);
  }

  change(document: OpenDocument): void {
    this.open(document);
  }

  close(path: string): void {
    this.documents.delete(path);
  }

  invalidate(): void {}

  narrow(): void {}

  keep(): void {}

  soundTexts(): readonly [] {
    return [];
  }

  hold(): void {}

  discover(targets: readonly string[], token: CancellationToken): Discovery {
    const files: string[] = [];
    const open = [...targets];
    for (let target = open.pop(); target !== undefined; target = open.pop()) {
      throwIfCancelled(token);
      if (this.fileSystem.size(target) !== undefined) files.push(target);
      else {
        while (this.fileSystem.size(`${target}/closed`) !== undefined) throwIfCancelled(token);
        open.push(...this.fileSystem.list(target).map(({ name }) => `${target}/${name}`));
      }
    }
    return { files: files.filter((path) => path.endsWith('.go')).sort(), skipped: [], modules: [], configured: [] };
  }

  review(paths: readonly string[], token: CancellationToken): Review {
    const findings: Finding[] = [];
    for (const path of paths) {
      throwIfCancelled(token);
      const text = this.documents.get(path) ?? decoder.decode(this.fileSystem.readFile(path) ?? new Uint8Array());
      this.misbehave(text, token);
      if (this.settings?.rules.bug === undefined && this.settings !== undefined && Object.keys(this.settings.rules).length > 0) continue;
      findings.push(...findBugs(path, text));
    }
    return { findings, faults: [], files: paths.length, skipped: [] };
  }

  allocations(path: string): readonly FunctionAllocations[] {
    if (this.documents.get(path)?.includes('CRASH')) process.exit(3);
    return [];
  }

  refutedFixes(): readonly FixOfFinding[] {
    return [];
  }

  escapes(): readonly EscapeRecord[] {
    return [];
  }

  faces(): readonly FunctionFace[] {
    return [];
  }

  explanations(): readonly Explanation[] {
    return [];
  }

  suppression({ path, ruleId, at }: SuppressedFinding, reason: string): readonly TextEdit[] {
    const text = this.documents.get(path) ?? '';
    const start = text.lastIndexOf('\n', at.start) + 1;
    return [{ path, range: { start, end: start }, newText: `//escapement:ignore ${ruleId} -- ${reason}\n` }];
  }

  private misbehave(text: string, token: CancellationToken): void {
    if (text.includes('CRASH')) process.exit(3);
    if (text.includes('BOOM')) throw new Error('boom');
    const [, begun] = /BEGUN (\S+)/.exec(text) ?? [];
    if (begun !== undefined) writeFileSync(begun, '');
    const [, awaited] = /UNTIL (\S+)/.exec(text) ?? [];
    while (awaited !== undefined && !existsSync(awaited)) throwIfCancelled(token);
    const [, busy] = /BUSY (\d+)/.exec(text) ?? [];
    const start = processorTime();
    while (busy !== undefined && processorTime() - start < Number(busy)) void 0;
    while (text.includes('HANG')) void 0;
    const until = Date.now() + 300;
    while (text.includes('SLOW') && Date.now() < until) throwIfCancelled(token);
  }
}

function findBugs(path: string, text: string): Finding[] {
  return [...text.matchAll(/BUG/g)].map((match, i) => {
    const start = encoder.encode(text.slice(0, match.index)).length;
    const at = { start, end: start + 3 };
    const first = { start: 0, end: Math.min(7, encoder.encode(text).length) };
    return {
      ruleId: 'bug',
      severity: 'warning',
      certainty: 'certain',
      message: `A bug of ${directoryOf(path)}.`,
      path,
      at,
      function: 'F',
      related: [{ at: { path, range: first }, note: 'the package' }],
      fixes: [
        { title: 'Say OK', safety: 'safe', edits: [{ path, range: at, newText: 'OK' }] },
        { title: 'Say FINE', safety: 'suggestion', edits: [{ path, range: at, newText: 'FINE' }] },
        { title: 'Delete it', safety: 'unsafe', edits: [{ path, range: at, newText: '' }] },
      ],
      fingerprint: `bug-${i}`,
    };
  });
}

/** Milliseconds, of the whole process. */
function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
