/** Whatever the order of edits and questions, a workspace answers as a new one would. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { directoryOf } from '../../src/base/index.ts';
import { type Package, Workspace } from '../../src/model/index.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';

const TARGET = { goos: 'linux', goarch: 'amd64', tags: [], go: undefined };
const PATHS = ['/m/a.go', '/m/a_windows.go', '/m/a_test.go', '/m/p/p.go', '/m/p/q.go', '/m/p/p_test.go', '/m/p/in/in.go'];
const TEXTS = [
  'package p\nimport "m/p/in"',
  'package p\nimport "m"\nimport "n/p"',
  'package p_test\nimport "m/p"',
  '//go:build windows\n\npackage p\nimport "m/p"',
  '//go:build ignore\n\npackage main\nimport "m/p"',
  '//go:build go1.21\n\npackage renamed',
  'package',
];
const MODULES = ['module m\ngo 1.22\n', 'module n\ngo 1.20\n', ''];

const edits = fc.oneof(
  { weight: 6, arbitrary: fc.record({ path: fc.constantFrom(...PATHS), text: fc.option(fc.constantFrom(...TEXTS), { nil: undefined }) }) },
  { weight: 1, arbitrary: fc.record({ path: fc.constant('/m/go.mod'), text: fc.constantFrom(...MODULES) }) },
);

beforeAll(loadTestGrammar);

describe('a sequence of changes', () => {
  it.each(['documents', 'files on disk'])('of %s leaves what a new workspace would find', (kind) => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 12 }), (changes) => {
        const files: Record<string, string> = {
          '/m/go.mod': MODULES[0],
          '/m/a.go': TEXTS[0],
          '/m/p/p.go': 'package p\nimport "m/p/in"',
          '/m/p/in/in.go': 'package in',
        };
        const disk: Record<string, string> = { ...files };
        const workspace = new Workspace(live(disk), TARGET);
        for (const { path, text } of changes) {
          if (text === undefined) delete files[path];
          else files[path] = text;
          if (kind === 'documents') {
            if (text === undefined) delete disk[path];
            else workspace.setDocument(path, new TextEncoder().encode(text));
            if (text === undefined) workspace.removeDocument(path);
          } else {
            if (text === undefined) delete disk[path];
            else disk[path] = text;
          }
          workspace.invalidate([path]);
          expect(everything(workspace)).toEqual(everything(new Workspace(memoryFiles({ ...files }), TARGET)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps no package that an edit replaced', async () => {
    const workspace = new Workspace(
      live({ '/m/go.mod': MODULES[0], '/m/p/p.go': 'package p\nimport "m/p/in"', '/m/p/in/in.go': 'package in' }),
      TARGET,
    );
    const given: WeakRef<Package>[] = [];
    for (let edit = 0; edit < 20; edit++) {
      workspace.setDocument('/m/p/p.go', new TextEncoder().encode(`package p\nimport "m/p/in"\nvar v${edit} int`));
      const pkg = workspace.packageOf('/m/p/p.go');
      if (pkg === undefined) throw new Error('no package');
      workspace.importPackage('m/p/in', pkg);
      given.push(new WeakRef(pkg));
      // What a weak reference gave or was made of stays until the iteration of the event loop ends.
      await new Promise(setImmediate);
    }
    collectGarbage();
    expect(given.filter((each) => each.deref() !== undefined).length).toBeLessThanOrEqual(2);
  });

  it('gives new objects to packages that rest on what changed, and to no others', () => {
    fc.assert(
      fc.property(fc.array(edits, { maxLength: 12 }), (changes) => {
        const workspace = new Workspace(memoryFiles({ '/m/go.mod': MODULES[0], '/m/p/p.go': TEXTS[0] }), TARGET);
        for (const { path, text } of changes.filter(({ path }) => path !== '/m/go.mod')) {
          const before = PATHS.map((each) => workspace.packageOf(each));
          const closures = before.map((package_) => closure(workspace, package_));
          workspace.setDocument(path, new TextEncoder().encode(text ?? 'package p'));
          PATHS.forEach((each, i) => {
            const now = workspace.packageOf(each);
            if (now === before[i]) expect([each, closure(workspace, now)]).toEqual([each, closures[i]]);
            else expect([each, restsOn(directoryOf(each), directoryOf(path), closures)]).toEqual([each, true]);
          });
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Whether some package of a directory imports, at whatever remove, some package of another. */
function restsOn(from: string, other: string, closures: readonly (readonly string[])[]): boolean {
  const reached = new Set([from]);
  for (const directory of reached) {
    const imports = closures.filter((_, i) => directoryOf(PATHS[i]) === directory).flat();
    for (const target of PATHS.map(directoryOf)) if (imports.some((line) => line.startsWith(`${target.slice(1)} `))) reached.add(target);
  }
  return reached.has(other);
}

function live(files: Readonly<Record<string, string>>) {
  return {
    readFile: (path: string) => memoryFiles(files).readFile(path),
    size: (path: string) => memoryFiles(files).size(path),
    list: (path: string) => memoryFiles(files).list(path),
  };
}

function everything(workspace: Workspace): unknown {
  return PATHS.map((path) => [path, workspace.fileAt(path)?.go, workspace.skipReason(path), closure(workspace, workspace.packageOf(path))]);
}

/** A package and all it imports, with texts, names and versions. */
function closure(workspace: Workspace, root: Package | undefined): string[] {
  const seen = new Set<Package>();
  const found: string[] = [];
  const queue = root === undefined ? [] : [root];
  for (let package_ = queue.pop(); package_ !== undefined; package_ = queue.pop()) {
    if (seen.has(package_)) continue;
    seen.add(package_);
    found.push(`${package_.importPath} ${package_.name} ${package_.module?.path}`);
    for (const file of package_.files) {
      found.push(`${file.path} ${file.go} ${new TextDecoder().decode(file.tree.source)}`);
      for (const { path, name } of file.imports) {
        const imported = workspace.importPackage(path, package_);
        found.push(`${path} ${name} ${imported?.importPath}`);
        if (imported !== undefined) queue.push(imported);
      }
    }
  }
  return found;
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
}
