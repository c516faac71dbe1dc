/** The table of output formats: a writer added here is known to `--format`, its help and its errors. */
import { writeAzure } from './azure.ts';
import { writeCheckstyle } from './checkstyle.ts';
import { writeGithub } from './github.ts';
import { writeGitlab } from './gitlab.ts';
import { writeJson, writeNdjson } from './json.ts';
import { writeJunit } from './junit.ts';
import { writeMarkdown } from './markdown.ts';
import { writeRdjson, writeRdjsonl } from './rdjson.ts';
import type { Format } from './report.ts';
import { writeSarif } from './sarif.ts';
import { writeText } from './text.ts';

export type FormatName =
  | 'text'
  | 'json'
  | 'ndjson'
  | 'sarif'
  | 'github'
  | 'gitlab'
  | 'rdjson'
  | 'rdjsonl'
  | 'checkstyle'
  | 'junit'
  | 'azure'
  | 'markdown';

const always = (): boolean => true;
const never = (): boolean => false;

export const FORMATS: Readonly<Record<FormatName, Format>> = {
  text: {
    summary: 'for people: message, code frame, path and fixes of each finding',
    showsFixes: (detail) => detail !== 'quiet',
    write: writeText,
  },
  json: { summary: 'for programs: the whole review', showsFixes: always, write: writeJson },
  ndjson: { summary: 'the same, one JSON object per line', showsFixes: always, write: writeNdjson },
  sarif: { summary: 'SARIF 2.1.0, for GitHub code scanning and other platforms', showsFixes: always, write: writeSarif },
  github: { summary: 'annotations of a GitHub Actions step', showsFixes: never, write: writeGithub },
  gitlab: { summary: 'a GitLab Code Quality report', showsFixes: never, write: writeGitlab },
  rdjson: { summary: 'Reviewdog Diagnostic Format, with suggestions', showsFixes: always, write: writeRdjson },
  rdjsonl: { summary: 'the same, one diagnostic per line', showsFixes: always, write: writeRdjsonl },
  checkstyle: { summary: 'Checkstyle XML, for Jenkins and others', showsFixes: never, write: writeCheckstyle },
  junit: { summary: 'JUnit XML: each finding a failed test', showsFixes: never, write: writeJunit },
  azure: { summary: 'logging commands of Azure Pipelines', showsFixes: never, write: writeAzure },
  markdown: { summary: 'a comment for a pull request, with the diff of each fix', showsFixes: always, write: writeMarkdown },
};

export const FORMAT_NAMES: readonly FormatName[] = Object.keys(FORMATS).filter(isFormatName);

export function isFormatName(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
