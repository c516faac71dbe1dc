/** A report that is too large for GitHub, as a process: what is written is within its limits, the worst findings are in it, and it says what is not. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Log } from 'sarif';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sarifSchema } from '../report/hostile.ts';
import { escapement } from '../support/distribution.ts';
import { GROWTH, makeProject, type Project } from './project.ts';

const FILES = 70;
const FUNCTIONS = 100;
const LEAK = `package p

import (
	"context"
	"time"
)

func load(parent context.Context) context.Context {
	ctx, _ := context.WithTimeout(parent, time.Second)
	return ctx
}
`;

let project: Project;

beforeAll(() => {
  project = makeProject({});
  for (let file = 0; file < FILES; file++) {
    const functions = Array.from({ length: FUNCTIONS }, (_, i) => growthOf(`${file}.${i}`));
    project.write(`d${file}/a.go`, `package p\n\n${functions.join('\n')}`);
    project.write(`d${file}/z.go`, LEAK);
  }
});

afterAll(() => project.dispose());

/** With a name that no compression makes small. */
function growthOf(seed: string): string {
  const digests = Array.from({ length: 20 }, (_, i) => createHash('sha512').update(`${seed}.${i}`).digest('base64'));
  const name = `n${digests.join('').replace(/\W/g, '')}`;
  return GROWTH.replace('package p\n\n', '')
    .replaceAll('ls', name)
    .replace('lengths', `f${seed.replace('.', 'x')}`);
}

it('holds as much as GitHub takes, the worst first', async () => {
  const { code, stderr } = await escapement(['review', '--fail-on', 'never', '--format', 'sarif:out.sarif'], { cwd: project.directory });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const bytes = readFileSync(join(project.directory, 'out.sarif'));
  const size = gzipSync(bytes).length;
  expect(size).toBeLessThanOrEqual(10_000_000);
  expect(size).toBeGreaterThan(9_000_000);
  const log: Log = JSON.parse(bytes.toString());
  const validate = sarifSchema();
  validate(log);
  expect(validate.errors).toBeNull();
  const { results = [], invocations = [] } = log.runs[0];
  const cut = FILES * (FUNCTIONS + 1) - results.length;
  expect(results.filter(({ ruleId }) => ruleId === 'lost-cancel')).toHaveLength(FILES);
  expect(invocations[0].toolExecutionNotifications?.map(({ message }) => message.text)).toEqual([
    `${cut} of the mildest findings are left out (hint ${cut}), because GitHub takes a log of 10 MB in gzip; review parts of the code by themselves.`,
  ]);
});
