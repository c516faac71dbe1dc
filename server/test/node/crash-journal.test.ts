import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal, type JournalOptions } from '../../src/node/crash-journal.ts';

const DIED = 'put aside: twice the server ended during its review';
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'escapement-journal-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function open(options: Partial<JournalOptions> = {}) {
  return createJournal({ directory: join(directory, 'journal'), version: '1', momentMs: 5, isAlive: () => false, ...options });
}

function pause(ms: number): Promise<void> {
  return ms === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

/** A process that is killed while the file has been under review for so long. */
async function die(text: string, ms = 30): Promise<void> {
  open().watch('/w/a.go', text);
  await pause(ms);
}

describe('the journal of crashes', () => {
  it('puts a file aside at which two processes died in a row, as long as it holds the same', async () => {
    await die('package a');
    expect(open().reasonFor('/w/a.go', 'package a')).toBeUndefined();
    await die('package a');
    expect(open().reasonFor('/w/a.go', 'package a')).toBe(DIED);
    expect(open().reasonFor('/w/a.go', 'package a // changed')).toBeUndefined();
    expect(open().reasonFor('/w/b.go', 'package a')).toBeUndefined();
    expect(open({ version: '2' }).reasonFor('/w/a.go', 'package a')).toBeUndefined();
  });

  it('blames no file that was reviewed in between, nor one that was only begun', async () => {
    await die('package a');
    const lived = open();
    expect(lived.reasonFor('/w/a.go', 'package a')).toBeUndefined();
    lived.watch('/w/a.go', 'package a')();
    await die('package a');
    await die('package a', 0);
    expect(open().reasonFor('/w/a.go', 'package a')).toBeUndefined();
  });

  it('leaves nothing behind when the process ends by its own will, and lets others that run be', async () => {
    for (let i = 0; i < 2; i++) {
      const journal = open();
      journal.watch('/w/a.go', 'package a');
      await pause(30);
      journal.close();
    }
    expect(open().reasonFor('/w/a.go', 'package a')).toBeUndefined();
    writeFileSync(join(directory, 'journal/running-1-x.json'), JSON.stringify([{ file: 'f', content: 'c' }]));
    open({ isAlive: () => true }).reasonFor('/w/a.go', 'package a');
    expect(readdirSync(join(directory, 'journal'))).toContain('running-1-x.json');
    open().reasonFor('/w/a.go', 'package a');
    expect(readdirSync(join(directory, 'journal'))).not.toContain('running-1-x.json');
  });

  it('keeps what killed workers, and tries it again when asked', async () => {
    const path = join(directory, 'disk.go');
    writeFileSync(path, 'package a');
    open().putAside(path, undefined, 'put aside: twice took longer than 10 s');
    expect(open().reasonFor(path, undefined)).toBe('put aside: twice took longer than 10 s');
    open().readmit(path);
    expect(open().reasonFor(path, undefined)).toBeUndefined();
  });

  it('holds neither paths nor text', async () => {
    await die('package secret');
    open().putAside('/w/hidden.go', 'package secret', 'put aside: why');
    const files = readdirSync(join(directory, 'journal')).map((name) => readFileSync(join(directory, 'journal', name), 'utf8'));
    expect(files.join('')).not.toMatch(/secret|hidden|a\.go/);
  });

  it('is of no consequence when its folder cannot be written or holds nonsense', async () => {
    writeFileSync(join(directory, 'file'), '');
    const journal = open({ directory: join(directory, 'file', 'journal') });
    journal.putAside('/w/a.go', 'x', 'why');
    const end = journal.watch('/w/a.go', 'x');
    await pause(30);
    end();
    journal.close();
    open().putAside('/w/a.go', 'x', 'why');
    expect(open().reasonFor('/w/a.go', 'x')).toBe('why');
    writeFileSync(join(directory, 'journal/put-aside.json'), '{"a":');
    expect(open().reasonFor('/w/a.go', 'x')).toBeUndefined();
  });
});
