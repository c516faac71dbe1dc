/** The table of output formats: a writer added here is known to `--format`, its help and its errors. */
import { writeGithub } from './github.ts';
import { writeJson } from './json.ts';
import type { Format } from './report.ts';
import { writeSarif } from './sarif.ts';
import { writeText } from './text.ts';

export type FormatName = 'text' | 'json' | 'sarif' | 'github';

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: {
    summary: 'for people: message, code frame, path and fixes of each finding',
    showsFixes: (detail) => detail !== 'quiet',
    write: writeText,
  },
  json: { summary: 'for programs: the whole review', showsFixes: () => true, write: writeJson },
  sarif: { summary: 'SARIF 2.1.0, for GitHub code scanning and other platforms', showsFixes: () => true, write: writeSarif },
  github: { summary: 'annotations of a GitHub Actions step', showsFixes: () => false, write: writeGithub },
};

export const FORMAT_NAMES: readonly FormatName[] = Object.keys(FORMATS).filter(isFormatName);

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
