/**
 * `npm run std-facts [-- VERSION…]`: the standard library's facts in `server/facts`, from the toolchains that are named
 * (`go1.24.9 go1.25.3 go1.26.8`), which the go command fetches where they are missing; without names, from those the files were
 * made with. `--check` writes nothing, and exits 1 when the installed toolchain says otherwise than its file; a file of another
 * patch level is no subject of it. The same toolchains give the same bytes.
 *
 * The newest release is kept whole and the others as edits of the next newer one (`std-sections.ts`): as text, because what a new
 * patch level changes is then seen in review, and because the bundle compresses them anyway (`copyAssets`).
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { diffArrays } from 'diff';
import { editedSection, parseGoVersion, sectionsOf } from '../../server/src/model/index.ts';

const FACTS = join(import.meta.dirname, '../../server/facts');

/** A release's text as the Go program writes it: head, which names the toolchain, and sections. */
interface Release {
  readonly minor: number;
  readonly head: string;
  readonly sections: ReadonlyMap<string, string>;
}

function main(): void {
  const { values, positionals } = parseArgs({ options: { check: { type: 'boolean' } }, allowPositionals: true });
  const committed = readCommitted();
  if (values.check === true) {
    check(committed);
    return;
  }
  const toolchains = positionals.length > 0 ? positionals : committed.map(toolchainOf);
  const made = toolchains.map(releaseBy);
  const all = [...committed.filter(({ minor }) => !made.some((each) => each.minor === minor)), ...made];
  for (const file of readdirSync(FACTS)) rmSync(join(FACTS, file));
  for (const [name, text] of filesOf(all)) writeFileSync(join(FACTS, name), text);
}

function check(committed: readonly Release[]): void {
  const version = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } });
  const toolchain = version.status === 0 ? version.stdout.trim() : undefined;
  const known = committed.find((release) => toolchainOf(release) === toolchain);
  if (toolchain === undefined || known === undefined) {
    console.log(`skipped: there are no facts of ${toolchain ?? 'a Go toolchain, and none is installed'}`);
    return;
  }
  const made = releaseBy(toolchain);
  const paths = [...new Set([...known.sections.keys(), ...made.sections.keys()])];
  const stale = paths.filter((path) => known.sections.get(path) !== made.sections.get(path));
  if (stale.length === 0 && known.head === made.head) return;
  console.error(`the facts of ${toolchain} are stale (${stale.join(', ')}): run \`npm run std-facts\` and commit the result`);
  process.exitCode = 1;
}

function releaseBy(toolchain: string): Release {
  const run = spawnSync('go', ['run', '.'], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, GOTOOLCHAIN: toolchain, GOFLAGS: '' },
  });
  if (run.status !== 0) throw new Error(`${toolchain}: ${run.stderr}`);
  return releaseOf(run.stdout, sectionsOf(run.stdout));
}

function releaseOf(text: string, sections: ReadonlyMap<string, string>): Release {
  const head = text.slice(0, text.indexOf('\n-- ') + 1);
  const minor = parseGoVersion(/\bgo1\.\S+/.exec(head)?.[0] ?? '');
  if (minor === undefined) throw new Error('the head of a text names no Go release');
  return { minor, head, sections };
}

function toolchainOf({ head }: Release): string {
  return /\bgo1\.\S+/.exec(head)?.[0] ?? '';
}

/** Newest first. */
function readCommitted(): readonly Release[] {
  const releases: Release[] = [];
  const texts = readdirSync(FACTS).map((name) => readFileSync(join(FACTS, name), 'utf8'));
  for (const release of texts.map((text) => releaseOf(text, sectionsOf(text))).sort(byAge)) {
    const newer = releases.at(-1);
    releases.push(newer === undefined ? release : { ...release, sections: appliedTo(newer, release.sections) });
  }
  return releases;
}

function appliedTo(newer: Release, edits: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const sections = new Map(newer.sections);
  for (const [path, text] of edits) {
    const section = editedSection(newer.sections.get(path) ?? '', text);
    if (section === '') sections.delete(path);
    else sections.set(path, section);
  }
  return sections;
}

function byAge(a: Release, b: Release): number {
  return b.minor - a.minor;
}

function filesOf(releases: readonly Release[]): readonly (readonly [name: string, text: string])[] {
  const sorted = [...releases].sort(byAge);
  return sorted.map((release, i) => {
    const sections = i === 0 ? release.sections : editsOf(sorted[i - 1], release);
    const text = [...sections].map(([path, section]) => `-- ${path} --\n${section}`).join('');
    return [`std.go1.${release.minor}.txt`, `${release.head}${text}`];
  });
}

function editsOf(newer: Release, older: Release): ReadonlyMap<string, string> {
  const edits = new Map<string, string>();
  for (const path of [...new Set([...newer.sections.keys(), ...older.sections.keys()])].sort()) {
    const [from, to] = [newer.sections.get(path) ?? '', older.sections.get(path) ?? ''];
    if (from !== to) edits.set(path, lineEdits(from, to));
  }
  return edits;
}

/** What `editedSection` reads. */
function lineEdits(from: string, to: string): string {
  const changes = diffArrays(linesOf(from), linesOf(to));
  return changes
    .map(({ added, removed, value }) => {
      if (added) return value.map((line) => `+${line}\n`).join('');
      return `${removed ? '-' : '='}${value.length}\n`;
    })
    .join('');
}

function linesOf(section: string): string[] {
  return section === '' ? [] : section.slice(0, -1).split('\n');
}

main();
