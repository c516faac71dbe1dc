/**
 * What is being built for: which tags are set, which file names are bound to a platform, and, for a file that the target
 * leaves out, the nearest target that takes it in, so that such a file is reviewed among the files it is compiled with.
 */

import type { GoMinor } from '../shapes.ts';
import { and, type Constraint, evaluate, tagsOf } from './build-constraints.ts';
import { NEWEST_GO } from './version.ts';

export interface BuildTarget {
  readonly goos: string;
  readonly goarch: string;
  /** Tags set beside those of platform, compiler and release. */
  readonly tags: readonly string[];
  /** Go release to assume in place of what go.mod says; undefined: go.mod's language, the newest release's tags. */
  readonly go: GoMinor | undefined;
}

/** A target with some tags forced on or off, which no target could otherwise say. */
interface Tags {
  readonly goos: string;
  readonly goarch: string;
  readonly release: GoMinor;
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
}

/** Tags with a key that tells two sets apart. */
export interface TagSet extends Tags {
  readonly key: string;
}

// internal/syslist of Go 1.26; past and future platforms count for file names.
export const KNOWN_OS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris wasip1 windows zos'.split(' '),
);
const UNIX_OS: ReadonlySet<string> = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '),
);
export const KNOWN_ARCH: ReadonlySet<string> = new Set(
  `386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc ppc64 ppc64le
  riscv riscv64 s390 s390x sparc sparc64 wasm`.split(/\s+/),
);
/** Systems that also count as another one (go/build, `matchTag`). */
const ALSO: Readonly<Record<string, string>> = { android: 'linux', illumos: 'solaris', ios: 'darwin' };

// What `go list -f '{{context.ToolTags}}'` says for Go 1.26 with an environment that sets nothing.
const EXPERIMENTS: ReadonlySet<string> = new Set(['goexperiment.dwarf5', 'goexperiment.greenteagc', 'goexperiment.randomizedheapbase64']);
const REGISTER_ABI: ReadonlySet<string> = new Set(['goexperiment.regabiwrappers', 'goexperiment.regabiargs']);
const REGISTER_ABI_ARCH: ReadonlySet<string> = new Set('amd64 arm64 loong64 ppc64 ppc64le riscv64 s390x'.split(' '));
const FEATURES: ReadonlySet<string> = new Set(
  `386.sse2 amd64.v1 arm.5 arm.6 arm.7 arm64.v8.0 mips.hardfloat mipsle.hardfloat mips64.hardfloat mips64le.hardfloat ppc64.power8
  ppc64le.power8 riscv64.rva20u64 wasm.satconv wasm.signext`.split(/\s+/),
);

export function tagSetOf(target: BuildTarget): TagSet {
  return withKey({ goos: target.goos, goarch: target.goarch, release: target.go ?? NEWEST_GO, on: new Set(target.tags), off: new Set() });
}

export function hasTag(tags: Tags, tag: string): boolean {
  if (tags.on.has(tag)) return true;
  if (tags.off.has(tag)) return false;
  if (tag === tags.goos || tag === tags.goarch || tag === ALSO[tags.goos]) return true;
  if (tag === 'gc') return !tags.on.has('gccgo');
  if (tag === 'unix') return UNIX_OS.has(tags.goos);
  if (EXPERIMENTS.has(tag)) return true;
  if (REGISTER_ABI.has(tag)) return REGISTER_ABI_ARCH.has(tags.goarch);
  if (FEATURES.has(tag)) return tag.startsWith(`${tags.goarch}.`);
  const release = tag.startsWith('go1.') ? /^go1\.([1-9]\d{0,3})$/.exec(tag) : null;
  return release !== null && Number(release[1]) <= tags.release;
}

export function includes(tags: Tags, constraint: Constraint | undefined): boolean {
  return constraint === undefined || evaluate(constraint, (tag) => hasTag(tags, tag));
}

/** What a file's name demands: `x_linux.go`, `x_amd64.go`, `x_linux_amd64.go`, each also with `_test`. */
export function fileNameConstraint(name: string): Constraint | undefined {
  const parts = name.split('.')[0].split('_').slice(1);
  if (parts.at(-1) === 'test') parts.pop();
  const last = parts.at(-1) ?? '';
  const before = parts.at(-2) ?? '';
  const tag: Constraint = { kind: 'tag', tag: last };
  if (KNOWN_ARCH.has(last) && KNOWN_OS.has(before)) return and({ kind: 'tag', tag: before }, tag);
  return KNOWN_OS.has(last) || KNOWN_ARCH.has(last) ? tag : undefined;
}

/** Custom tags beyond which the search for a fitting target is given up: each doubles it. */
const MAX_FREE_TAGS = 10;
/** Platforms to try where a constraint only says what it must not be. */
const COMMON_OS = ['linux', 'windows', 'darwin', 'freebsd', 'js', 'plan9'];
const COMMON_ARCH = ['amd64', 'arm64', '386', 'wasm', 'arm', 's390x'];

/** The tag set nearest to `base` under which the constraint holds: fewest tags changed, then the platform. Undefined when none is found. */
export function satisfyingTags(constraint: Constraint, base: TagSet): TagSet | undefined {
  const mentioned = tagsOf(constraint);
  const free = freeTags(constraint);
  if (free.length > MAX_FREE_TAGS) return undefined;
  const systems = mentioned.some((tag) => KNOWN_OS.has(tag) || tag === 'unix') ? COMMON_OS : [];
  const processors = mentioned.some((tag) => KNOWN_ARCH.has(tag)) ? COMMON_ARCH : [];
  const platforms = platformsToTry(
    base,
    [...mentioned.filter((tag) => KNOWN_OS.has(tag)), ...systems],
    [...mentioned.filter((tag) => KNOWN_ARCH.has(tag)), ...processors],
  );
  for (const flips of flipsByCount(free)) {
    const { on, off } = flipped(base, flips);
    const fitting = platforms.find((platform) => includes({ ...platform, release: base.release, on, off }, constraint));
    if (fitting !== undefined) return withKey({ ...fitting, release: base.release, on, off });
  }
  return undefined;
}

/** Whether some build may take in two files; no, only where their constraints exclude each other. */
export function mayHoldTogether(a: Constraint | undefined, b: Constraint | undefined, base: TagSet): boolean {
  if (a === undefined || b === undefined) return true;
  const both = and(a, b);
  return freeTags(both).length > MAX_FREE_TAGS || satisfyingTags(both, base) !== undefined;
}

function freeTags(constraint: Constraint): string[] {
  return tagsOf(constraint).filter((tag) => !KNOWN_OS.has(tag) && !KNOWN_ARCH.has(tag) && tag !== 'unix');
}

/** The base's own first, then those that keep its system or its processor. */
function platformsToTry(base: Tags, systems: readonly string[], processors: readonly string[]): Pick<Tags, 'goos' | 'goarch'>[] {
  const all = [...new Set([base.goos, ...systems])].flatMap((goos) =>
    [...new Set([base.goarch, ...processors])].map((goarch) => ({ goos, goarch })),
  );
  const changes = ({ goos, goarch }: Pick<Tags, 'goos' | 'goarch'>): number => Number(goos !== base.goos) + Number(goarch !== base.goarch);
  return all.sort((a, b) => changes(a) - changes(b));
}

function flipped(base: Tags, flips: readonly string[]): Pick<Tags, 'on' | 'off'> {
  const on = new Set(base.on);
  const off = new Set(base.off);
  for (const tag of flips) {
    const isSet = hasTag(base, tag);
    (isSet ? on : off).delete(tag);
    (isSet ? off : on).add(tag);
  }
  return { on, off };
}

/** All subsets, small ones first. */
function flipsByCount(tags: readonly string[]): string[][] {
  const subsets: string[][] = [];
  for (let mask = 0; mask < 1 << tags.length; mask++) subsets.push(tags.filter((_, i) => (mask & (1 << i)) !== 0));
  return subsets.sort((a, b) => a.length - b.length);
}

function withKey(tags: Tags): TagSet {
  const key = [tags.goos, tags.goarch, tags.release, ...[...tags.on].sort(), ...[...tags.off].sort().map((tag) => `!${tag}`)].join(' ');
  return { ...tags, key };
}
