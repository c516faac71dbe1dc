/** The store on disk: what comes back, what does not, and what a bad disk does to it. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/base/index.ts';
import { cacheDirectory } from '../../src/node/cache-directory.ts';
import { createStore } from '../../src/node/store.ts';
import { keptFiles } from '../support/kept-files.ts';

const FOLDERS = 16;
const BLOCK = 4096;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'escapement-store-'));
});
afterEach(() => {
  chmodSync(directory, 0o700);
  rmSync(directory, { recursive: true, force: true });
});

function open(build = 'one', limit?: number): Store {
  return createStore({ directory: join(directory, 'kept'), build: () => build, limit });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function text(value: Uint8Array | undefined): string | undefined {
  return value && new TextDecoder().decode(value);
}

function entries(): readonly string[] {
  return keptFiles(join(directory, 'kept'));
}

describe('store', () => {
  it('gives back what another store of the same build put there', () => {
    expect(open().get('a')).toBeUndefined();
    open().put('a', bytes('one\ntwo'));
    open().put('b', bytes(''));
    expect([text(open().get('a')), text(open().get('b')), open().get('c')]).toEqual(['one\ntwo', '', undefined]);
    expect(open('two').get('a')).toBeUndefined();
  });

  it.each([
    ['cut off', (whole: Buffer) => whole.subarray(0, whole.length - 1)],
    ['cut off in its head', (whole: Buffer) => whole.subarray(0, 20)],
    ['empty', () => Buffer.alloc(0)],
    [
      'with a bit changed',
      (whole: Buffer) => Buffer.concat([whole.subarray(0, whole.length - 1), Buffer.from([whole[whole.length - 1] ^ 1])]),
    ],
    ['of something else', () => Buffer.from('#!/bin/sh\n')],
  ])('takes an entry %s for nothing, and writes it anew', (_, spoil) => {
    open().put('a', bytes('value'));
    const [path] = entries();
    writeFileSync(path, spoil(readFileSync(path)));
    expect(open().get('a')).toBeUndefined();
    open().put('a', bytes('value'));
    expect(text(open().get('a'))).toBe('value');
  });

  it('takes the entry of another key under this name for nothing', () => {
    open().put('a', bytes('value'));
    const [a] = entries();
    const foreign = readFileSync(a);
    open().put('b', bytes('other'));
    const b = entries().find((path) => path !== a) ?? '';
    writeFileSync(b, foreign);
    expect([open().get('b'), text(open().get('a'))]).toEqual([undefined, 'value']);
  });

  it('does without a directory that cannot be made or written', () => {
    writeFileSync(join(directory, 'kept'), 'a file');
    const store = open();
    store.put('a', bytes('value'));
    expect(store.get('a')).toBeUndefined();
    expect(readFileSync(join(directory, 'kept'), 'utf8')).toBe('a file');
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('reads where it may not write', () => {
    open().put('a', bytes('value'));
    chmodSync(join(directory, 'kept'), 0o500);
    const store = open();
    store.put('b', bytes('value'));
    expect([text(store.get('a')), store.get('b')]).toEqual(['value', undefined]);
    chmodSync(join(directory, 'kept'), 0o700);
  });

  it('does without an entry that is a directory', () => {
    open().put('a', bytes('value'));
    const [path] = entries();
    rmSync(path);
    mkdirSync(path);
    const store = open();
    store.put('a', bytes('value'));
    expect(store.get('a')).toBeUndefined();
    expect(entries()).toEqual([path]);
  });

  it('deletes the oldest of a folder when there is too much in it', () => {
    const seen = new Set<string>();
    for (let i = 0; i < 200; i++) {
      open('one', FOLDERS * 4 * BLOCK).put(`key ${i}`, new Uint8Array(1000));
      for (const path of entries().filter((each) => !seen.has(each))) {
        utimesSync(path, 1000 + i, 1000 + i);
        seen.add(path);
      }
    }
    const left = entries();
    expect(left.length).toBeLessThanOrEqual(FOLDERS * 5);
    expect(left.length).toBeGreaterThanOrEqual(FOLDERS * 3);
    for (const folder of new Set([...seen].map((path) => dirname(path)))) {
      const all = [...seen].filter((path) => dirname(path) === folder);
      expect(all.filter((path) => left.includes(path))).toEqual(
        all.slice(all.length - left.filter((path) => dirname(path) === folder).length),
      );
    }
    expect(open().get('key 199')).toHaveLength(1000);
  });

  it('looks at one folder alone', () => {
    for (let i = 0; i < 200; i++) open().put(`key ${i}`, bytes('value'));
    const before = entries();
    open('one', 1).put('last', bytes('value'));
    const after = entries();
    const [last] = after.filter((path) => !before.includes(path));
    const isBeside = (path: string): boolean => dirname(path) === dirname(last);
    expect(before.filter(isBeside).length).toBeGreaterThan(1);
    expect(after.filter(isBeside)).toEqual([last]);
    expect(after.filter((path) => !isBeside(path))).toEqual(before.filter((path) => !isBeside(path)));
  });

  it('is whole whoever writes at the same time', async () => {
    const bundle = join(directory, 'writer.js');
    const source = `import { createStore } from './server/src/node/store.ts';
      const store = createStore({ directory: ${JSON.stringify(join(directory, 'kept'))}, build: () => 'one' });
      for (let i = 0; i < 300; i++) store.put('k' + (i % 3), Buffer.alloc(5000 + i, 65 + (i % 26)));`;
    buildSync({
      stdin: { contents: source, resolveDir: process.cwd() },
      bundle: true,
      platform: 'node',
      outfile: bundle,
      logLevel: 'error',
    });
    const workers = [1, 2, 3].map(() => new Worker(bundle));
    const ended = Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
    const store = open();
    let isRunning = true;
    ended.then(() => {
      isRunning = false;
    });
    while (isRunning) {
      for (const key of ['k0', 'k1', 'k2']) {
        const value = store.get(key);
        if (value !== undefined) expect(new Set(value).size).toBe(1);
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await ended).toEqual([0, 0, 0]);
    expect(['k0', 'k1', 'k2'].map((key) => store.get(key) !== undefined)).toEqual([true, true, true]);
    expect(entries()).toHaveLength(3);
  });
});

describe('cacheDirectory', () => {
  it.skipIf(process.platform === 'win32')('is the user’s, or the one that is named', () => {
    const of = (variables: Record<string, string>, platform = 'linux', home = '/home/u') => cacheDirectory({ variables, platform, home });
    expect(of({})).toBe('/home/u/.cache/escapement/summaries');
    expect(of({ XDG_CACHE_HOME: '/x' })).toBe('/x/escapement/summaries');
    expect(of({}, 'darwin')).toBe('/home/u/Library/Caches/escapement/summaries');
    expect(of({ LOCALAPPDATA: '/local' }, 'win32')).toBe('/local/escapement/summaries');
    expect(of({ ESCAPEMENT_CACHE: '/here', XDG_CACHE_HOME: '/x' })).toBe('/here');
    expect([
      of({ ESCAPEMENT_CACHE: 'off' }),
      of({ ESCAPEMENT_CACHE: 'relative' }),
      of({}, 'linux', ''),
      of({ XDG_CACHE_HOME: 'x' }),
    ]).toEqual([undefined, undefined, undefined, undefined]);
    expect(existsSync('/here')).toBe(false);
  });
});
