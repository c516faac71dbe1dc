/**
 * Checks of golangci-lint's linters that look for what a rule does, and whether a configuration has them on. Which check goes with which rule is
 * what the rules say themselves (`alsoIn`).
 */
import { PEERS, type Peer, type Rule } from '../../rules/index.ts';
import { type Golangci, record, strings } from './read.ts';

export interface Counterpart {
  /** As the configuration calls it. */
  readonly linter: string;
  readonly check: string;
}

/** Those of golangci-lint; version 1 has three linters for what is one in version 2, and no quick fixes of staticcheck's. */
export function counterpartsOf({ alsoIn = {} }: Rule, { version }: Pick<Golangci, 'version'>): readonly Counterpart[] {
  return PEERS.filter((peer) => peer !== 'gopls' && Object.hasOwn(alsoIn, peer)).flatMap((peer) =>
    (alsoIn[peer] ?? '')
      .split(', ')
      .filter((check) => version === 2 || !check.startsWith('QF'))
      .map((check) => ({ linter: linterOf(peer, check, version), check })),
  );
}

function linterOf(peer: Peer, check: string, version: Golangci['version']): string {
  if (peer === 'fieldalignment') return 'govet';
  if (peer !== 'staticcheck' || version === 2 || check.startsWith('SA')) return peer;
  return check.startsWith('S1') ? 'gosimple' : 'stylecheck';
}

/** Whether a linter has checks by themselves, whose names begin its messages. */
export function hasManyChecks(linter: string): boolean {
  return ['gocritic', 'gosimple', 'govet', 'staticcheck', 'stylecheck'].includes(linter);
}

/** Whether the configuration names the linter, or this check of it, as off. */
export function isNamedOff({ linter, check }: Counterpart, golangci: Golangci): boolean {
  return golangci.disabled.includes(linter) || stateOf(linter, check, golangci) === 'off';
}

export function isOn({ linter, check }: Counterpart, golangci: Golangci): boolean {
  return golangci.isOn(linter) && (stateOf(linter, check, golangci) ?? 'on') === 'on';
}

/** `asleep` until somebody asks for it; undefined where nothing is said of the check by itself. */
type State = 'on' | 'off' | 'asleep' | undefined;

function stateOf(linter: string, check: string, { settings }: Golangci): State {
  const its = record(settings[linter]);
  switch (linter) {
    case 'staticcheck':
    case 'gosimple':
    case 'stylecheck':
      return listed(strings(its.checks), check);
    case 'govet':
      if (strings(its.disable).includes(check)) return 'off';
      if (strings(its.enable).includes(check) || its['enable-all'] === true) return 'on';
      return its['disable-all'] === true ? 'off' : check === 'fieldalignment' ? 'asleep' : undefined;
    case 'gocritic':
      if (strings(its['disabled-checks']).includes(check)) return 'off';
      if (strings(its['enabled-checks']).includes(check) || its['enable-all'] === true) return 'on';
      return tagged(check, strings(its['enabled-tags'])) ? 'on' : its['disable-all'] === true ? 'off' : 'asleep';
    case 'perfsprint':
      return its[check] === false || its[PART_OF[check] ?? check] === false ? 'off' : undefined;
    default:
      return undefined;
  }
}

/** A list of staticcheck's, in which the last word counts; what no word is about is off. */
function listed(words: readonly string[], check: string): State {
  let state: State;
  for (const word of words) {
    const name = word.replace(/^-/, '');
    const isMeant = name === 'all' || name === check || (name.endsWith('*') && check.startsWith(name.slice(0, -1)));
    if (isMeant) state = word.startsWith('-') ? 'off' : 'on';
    else state ??= word.startsWith('-') ? undefined : 'off';
  }
  return state;
}

/** Tags of gocritic's checks that are not on by themselves. */
const TAGS: Readonly<Record<string, readonly string[]>> = {
  deferInLoop: ['diagnostic', 'experimental'],
  hugeParam: ['performance'],
  rangeValCopy: ['performance'],
};

function tagged(check: string, tags: readonly string[]): boolean {
  return (TAGS[check] ?? []).some((tag) => tags.includes(tag));
}

/** Settings of perfsprint that switch others off with them. */
const PART_OF: Readonly<Record<string, string>> = { errorf: 'error-format', sprintf1: 'string-format', strconcat: 'string-format' };
