/** The demonstration in the documentation is what is printed today. Needs the go command, and modules to copy and to build reviewdog of. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MODULE } from '../../../scripts/demo/commits.ts';
import { demoOf, PAGE, withDemo } from '../../../scripts/demo/page.ts';
import { buildReviewdog } from '../../../scripts/demo/reviewdog.ts';
import { transcript } from '../../../scripts/demo/transcript.ts';
import { troubleWith } from '../../../scripts/ecosystem/go-modules.ts';
import { DISTRIBUTION, ROOT } from '../support/distribution.ts';

const page = readFileSync(join(ROOT, PAGE), 'utf8');
const reviewdog = buildReviewdog(ROOT);
const trouble = 'trouble' in reviewdog ? `reviewdog could not be built: ${reviewdog.trouble}` : troubleWith([MODULE]);
if (trouble !== '' && process.env.CI) throw new Error(trouble);

describe.skipIf(trouble !== '')(`the demonstration${trouble === '' ? '' : ` (skipped: ${trouble.split('\n')[0]})`}`, () => {
  it('prints what docs/ci.md shows; npm run demo writes it anew', { timeout: 600_000 }, () => {
    expect('path' in reviewdog && transcript(join(DISTRIBUTION, 'escapement.js'), reviewdog.path)).toBe(demoOf(page));
  });
});

describe('the page', () => {
  it('names no path of a machine', () => {
    expect(demoOf(page).length).toBeGreaterThan(3000);
    expect(demoOf(page)).not.toMatch(/\/tmp|\/home|\/root|\/Users|escapement-(demo|module)-/);
  });

  it('takes another demonstration, and refuses where it has no place for one', () => {
    expect(demoOf(withDemo(page, '$& $1\n'))).toBe('$& $1\n');
    expect(() => demoOf('# In CI\n')).toThrow('lacks the markers');
  });
});
