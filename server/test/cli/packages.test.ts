/**
 * What is installed: the npm package, a release, the hooks of pre-commit and the steps of the Dockerfile, each made from a copy of the
 * sources and run as its users run it, without the network.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { ROOT, VERSION } from '../support/distribution.ts';
import { GROWTH, GROWTH_FIXED, makeProject, type Project } from './project.ts';
import { cloneOfSources, filesBelow, git, must, run, temporary } from './shipping.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

/** Bytes of the tarball: what everybody waits for who runs it by `npx`. */
const LARGEST_PACKAGE = 1_000_000;
const NPM_PACKAGE = [
  'LICENSE',
  'README.md',
  'dist/THIRD_PARTY_NOTICES.txt',
  'dist/analysis.js',
  'dist/cli.js',
  'dist/escapement.js',
  'dist/facts/std.go1.24.txt.gz',
  'dist/facts/std.go1.25.txt.gz',
  'dist/facts/std.go1.26.txt.gz',
  'dist/grammars/LICENSE.tree-sitter-go',
  'dist/grammars/PROVENANCE.json',
  'dist/grammars/go-tables.bin',
  'dist/worker.js',
  'package.json',
];
const LEAK =
  'package p\n\nimport "context"\n\nfunc leak(c context.Context) context.Context {\n\tc, _ = context.WithCancel(c)\n\treturn c\n}\n';

let clone: string;
let release: string;
let tarball: string;
let project: Project;

beforeAll(() => {
  clone = cloneOfSources();
  release = join(dirname(clone), 'release');
  // What pre-commit takes for the name of the package is all that npm prints.
  tarball = join(clone, must('npm', ['pack'], clone).trim());
  must(process.execPath, ['scripts/release.mjs', release], clone);
  project = makeProject({ 'growth.go': GROWTH, 'leak.go': LEAK, 'testdata/more.go': LEAK });
  git(project.directory, 'init', '-q');
});
afterAll(() => {
  rmSync(dirname(clone), { recursive: true, force: true });
  project.dispose();
});

/** Installs a package and nothing else into an empty folder, from the disk alone. */
function installed(packed: string): string {
  const folder = temporary('user');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  must('npm', ['install', '--offline', '--no-audit', '--no-fund', packed], folder);
  return folder;
}

describe('the npm package', () => {
  it('is complete when it is packed, small, and holds nothing of the editor', () => {
    expect(tarball).toBe(join(clone, `escapement-${VERSION}.tgz`));
    expect(statSync(tarball).size).toBeLessThan(LARGEST_PACKAGE);
    const names = must('tar', ['tzf', tarball], clone).trim().split('\n');
    expect(names.map((name) => name.replace('package/', '')).sort()).toEqual(NPM_PACKAGE);
  });

  it.each(['clone', 'release'])('of a %s installs without scripts and reviews by npx', (source) => {
    const folder = installed(source === 'clone' ? tarball : release);
    try {
      writeFileSync(join(folder, 'go.mod'), 'module p\n\ngo 1.26\n');
      writeFileSync(join(folder, 'leak.go'), LEAK);
      const told = run('npx', ['--offline', 'escapement', 'review', '--format', 'json'], folder);
      expect(told.status, told.stderr).toBe(1);
      const { tool, findings } = JSON.parse(told.stdout);
      expect(tool.version).toBe(VERSION);
      expect(findings.map(({ rule, file }: { rule: string; file: string }) => `${file}: ${rule}`)).toEqual(['leak.go: lost-cancel']);
      expect(run('npx', ['--offline', 'escapement', 'doctor'], folder).stdout).toContain('review: works');
      const { scripts } = JSON.parse(readFileSync(join(folder, 'node_modules/escapement/package.json'), 'utf8'));
      expect(Object.keys(scripts ?? {}).filter((name) => /^(pre|post)?(install|prepare)$/.test(name))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('the notices of others', () => {
  const notices = (): string => readFileSync(join(clone, 'dist/THIRD_PARTY_NOTICES.txt'), 'utf8');

  it('name every package of which a bundle has code, with its licence', () => {
    must(process.execPath, ['esbuild.mjs'], clone);
    const folders = foldersOfPackages(mappedSources(join(clone, 'dist')));
    expect(folders.length).toBeGreaterThan(15);
    const named = new Set([...notices().matchAll(/^-{78}\n(\S+) \S+ \([^)]+\)\nIn /gm)].map(([, name]) => name));
    // The grammar and Go's library are no code of a bundle, and the map of vscode-uri names its sources after nothing.
    expect([...named].sort()).toEqual(
      ['go', 'tree-sitter-go', 'vscode-uri', ...folders.map((folder) => folder.replace(/.*node_modules\//, ''))].sort(),
    );
    for (const folder of folders.filter((each) => existsSync(join(ROOT, each)))) {
      const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
      expect(notices()).toContain(`\n${name} ${version} (${license})\nIn `);
      for (const file of readdirSync(join(ROOT, folder)).filter((each) => /^licen/i.test(each)))
        expect(notices()).toContain(
          readFileSync(join(ROOT, folder, file), 'utf8')
            .replaceAll('\r\n', '\n')
            .trim(),
        );
    }
  });

  it('are in the extension', () => {
    const { status, stdout, stderr } = run(join(ROOT, 'node_modules/.bin/vsce'), ['ls', '--no-dependencies'], clone);
    expect(status, stderr).toBe(0);
    expect(stdout.split('\n')).toContain('dist/THIRD_PARTY_NOTICES.txt');
  });
});

/** All that the maps of the bundles call a source, which is told by another part of esbuild than what the notices are made of. */
function mappedSources(folder: string): readonly string[] {
  const maps = filesBelow(folder).filter((file) => file.endsWith('.map'));
  return maps.flatMap((file): string[] => JSON.parse(readFileSync(join(folder, file), 'utf8')).sources);
}

/** From the outermost `node_modules` on. */
function foldersOfPackages(sources: readonly string[]): readonly string[] {
  const folder = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+(?=\/)/;
  return [...new Set(sources.flatMap((source) => folder.exec(source)?.[0] ?? []))];
}

describe('a release', () => {
  it('is the package, with what is read in git, and a manifest for nobody but users', () => {
    expect(filesBelow(release)).toEqual([...NPM_PACKAGE, '.pre-commit-hooks.yaml', 'CHANGELOG.md', 'action.yml'].sort());
    const manifest = JSON.parse(readFileSync(join(release, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({ name: 'escapement', version: VERSION, engines: { node: '>=20' } });
    for (const field of ['scripts', 'dependencies', 'devDependencies', 'contributes', 'main']) expect(manifest).not.toHaveProperty(field);
    expect(statSync(join(release, 'dist/escapement.js')).mode & 0o111).toBe(0o111);
  });

  it('runs wherever Node does: nothing in it is native', () => {
    const native = filesBelow(release).filter((file) => {
      const start = readFileSync(join(release, file)).subarray(0, 4).toString('latin1');
      return /\.(node|so|dylib|dll|wasm)$/.test(file) || /^(\x7fELF|MZ|[\xcf\xce]\xfa\xed\xfe|\xca\xfe\xba\xbe)/.test(start);
    });
    expect(native).toEqual([]);
    for (const file of NPM_PACKAGE.filter((name) => name.endsWith('.js')))
      expect(readFileSync(join(release, file), 'utf8')).not.toMatch(/process\.dlopen|require\("[^"]*\.node"\)/);
  });
});

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly exclude?: string;
  readonly pass_filenames?: boolean;
}

const hooks: readonly Hook[] = parse(readFileSync(join(ROOT, '.pre-commit-hooks.yaml'), 'utf8'));
const hasPreCommit = run('pre-commit', ['--version'], ROOT).status === 0;

describe('the hooks of pre-commit', () => {
  beforeAll(() => {
    git(release, 'init', '-q');
    git(release, 'add', '-A');
    git(release, 'commit', '-qm', 'release');
    git(release, 'tag', 'v0.0.0');
    git(project.directory, 'add', '-A');
  });

  it('leave out of what is named what a walk leaves out', () => {
    const named = ['a.go', 'a/b.go', 'testdata/a.go', 'a/vendor/b/c.go', 'a/_b/c.go', '.a/b.go', 'mytestdata/a.go', 'a_b/c.go'];
    for (const { exclude, pass_filenames: isNamed = true, entry } of hooks) {
      if (!isNamed) continue;
      const pattern = new RegExp(exclude ?? '$^');
      expect(
        named.filter((name) => !pattern.test(name)),
        entry,
      ).toEqual(['a.go', 'a/b.go', 'mytestdata/a.go', 'a_b/c.go']);
    }
  });

  it('work by the steps that pre-commit takes', () => {
    const copy = join(dirname(clone), 'hook');
    const prefix = join(dirname(clone), 'environment');
    must('git', ['clone', '-q', release, copy], dirname(clone));
    must('npm', ['install', '--include=dev', '--include=prod', '--ignore-prepublish', '--no-progress', '--no-save', '--offline'], copy);
    const packed = must('npm', ['pack'], copy).trim();
    must('npm', ['install', '-g', '--offline', '--prefix', prefix, join(copy, packed)], copy);
    const path = { PATH: `${join(prefix, 'bin')}:${process.env.PATH}` };
    for (const { id, entry, language, pass_filenames: isNamed = true } of hooks) {
      expect(language).toBe('node');
      const named = isNamed ? ['growth.go', 'leak.go'] : [];
      const [command, ...args] = entry.split(' ');
      const { status, stderr } = run(command, [...args, ...named], project.directory, path);
      expect(status, `${id}: ${stderr}`).toBe(id === 'escapement-config' ? 0 : 1);
    }
    expect(project.read('growth.go')).toBe(GROWTH_FIXED);
    project.write('growth.go', GROWTH);
  });

  it.skipIf(!hasPreCommit)(`work in pre-commit itself${hasPreCommit ? '' : ' (skipped: it is not installed)'}`, () => {
    const home = join(dirname(clone), 'pre-commit');
    project.write(
      '.pre-commit-config.yaml',
      JSON.stringify({ repos: [{ repo: release, rev: 'v0.0.0', hooks: hooks.map(({ id }) => ({ id })) }] }),
    );
    git(project.directory, 'add', '-A');
    const { status, stdout } = run('pre-commit', ['run', '--all-files', '--color', 'never'], project.directory, { PRE_COMMIT_HOME: home });
    expect(status, stdout).toBe(1);
    expect(stdout.match(/\.(Passed|Failed|Skipped)|\)Skipped/g)).toHaveLength(hooks.length);
    expect(stdout).toContain('files were modified by this hook');
    expect(stdout).toContain('leak.go:6:5: warning:');
    expect(stdout).not.toContain('testdata');
    expect(project.read('growth.go')).toBe(GROWTH_FIXED);
  });
});

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/** Of the stages of a Dockerfile, without their FROM; the images that they start from. */
function stagesOf(dockerfile: string): { readonly images: readonly string[]; readonly stages: readonly (readonly Instruction[])[] } {
  const instructions = dockerfile
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ name: line.split(' ')[0], rest: line.slice(line.indexOf(' ') + 1) }));
  const stages: Instruction[][] = [];
  for (const instruction of instructions) {
    if (instruction.name === 'FROM') stages.push([]);
    else stages.at(-1)?.push(instruction);
  }
  return { images: instructions.filter(({ name }) => name === 'FROM').map(({ rest }) => rest.split(' ')[0]), stages };
}

const NOBODY: readonly string[] = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--'];

/** Not everybody may, and not every machine lets others read its libraries. */
function canBeNobody(): boolean {
  const [program, ...args] = NOBODY;
  return process.getuid?.() === 0 && run(program, [...args, process.execPath, '--version'], ROOT).status === 0;
}

describe('the Dockerfile', () => {
  const { images, stages } = stagesOf(readFileSync(join(ROOT, 'Dockerfile'), 'utf8'));
  const [building, running] = stages;
  const only = (name: string): string => running.find((each) => each.name === name)?.rest ?? '';

  it('makes a small image whose user is not root', () => {
    expect(images).toEqual(['node:22-alpine', 'node:22-alpine']);
    expect(running.filter(({ name }) => name === 'USER').map(({ rest }) => rest)).toEqual(['node']);
    expect(running.filter(({ name }) => name === 'COPY').every(({ rest }) => rest.startsWith('--from=build '))).toBe(true);
  });

  it('builds by steps that work, and what they leave reviews sources that nobody may write', () => {
    const image = join(dirname(clone), 'image');
    const places: readonly (readonly [string, string])[] = [
      ['/release', join(dirname(clone), 'built')],
      ['/usr/local', join(image, 'usr/local')],
    ];
    const inPlace = (text: string): string => places.reduce((told, [from, to]) => told.replaceAll(` ${from}`, ` ${to}`), text);
    mkdirSync(join(image, 'usr/local/lib'), { recursive: true });
    mkdirSync(join(image, 'usr/local/bin'));
    // The packages are installed already, and Alpine's are not to be had here.
    const steps = building.filter(({ name }) => name === 'RUN').map(({ rest }) => rest.replace(/^npm ci [^&]* && /, ''));
    for (const step of steps) must('sh', ['-ec', inPlace(step)], clone);
    for (const { rest } of running.filter(({ name }) => name === 'COPY'))
      must('sh', ['-ec', `cp -r ${inPlace(` ${rest.replace('--from=build ', '')}`)}`], clone);
    const own = running.filter(({ name, rest }) => name === 'RUN' && !rest.startsWith('apk ')).map(({ rest }) => rest);
    expect(own).toHaveLength(1);
    for (const step of own) must('sh', ['-ec', inPlace(step)], clone);
    const command: readonly string[] = [...JSON.parse(only('ENTRYPOINT')), ...JSON.parse(only('CMD'))];
    const [variable, value] = only('ENV').split('=');
    const env = { PATH: `${join(image, 'usr/local/bin')}:${process.env.PATH}`, HOME: '/nonexistent', [variable]: value };
    const nobody = canBeNobody() ? NOBODY : [];
    for (const folder of [dirname(clone), project.directory]) must('chmod', ['755', folder], clone);
    const [program, ...args] = [...nobody, ...command];
    const { status, stdout, stderr } = run(program, args, project.directory, env);
    expect(status, stderr).toBe(1);
    expect(stdout).toContain('leak.go:6:5: warning:');
    expect(existsSync(join(project.directory, '.escapement'))).toBe(false);
  });
});
