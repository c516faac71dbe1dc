/** What a configuration of golangci-lint says about a run: here that belongs on the command line. */
import { type Golangci, isRecord, record, records, type Section, strings, text } from './read.ts';

/** Options of `review`, as one would write them. */
export function flagsOf({ run, issues, output }: Golangci): readonly string[] {
  const tags = strings(run['build-tags']);
  const timeout = text(run.timeout);
  return [
    ...(tags.length > 0 ? [`--tags ${tags.join(',')}`] : []),
    ...(timeout !== undefined && !/^0/.test(timeout) ? [`--timeout ${timeout}`] : []),
    ...(typeof run.concurrency === 'number' && run.concurrency > 0 ? [`--jobs ${run.concurrency}`] : []),
    ...NEW_CODE.flatMap((key) => (text(issues[key]) === undefined ? [] : [`--${key} ${text(issues[key])}`])),
    ...(issues.new === true ? ['--new-from-rev HEAD'] : []),
    ...(issues['whole-files'] === true ? ['--whole-files'] : []),
    ...(issues.fix === true ? ['--fix'] : []),
    ...formatsOf(output),
  ];
}

const NEW_CODE = ['new-from-rev', 'new-from-merge-base', 'new-from-patch'] as const;

/** Names of formats there and here; what is missing is not to be had here. */
const FORMATS: Readonly<Record<string, string>> = {
  text: 'text',
  tab: 'text',
  'colored-line-number': 'text',
  'line-number': 'text',
  json: 'json',
  checkstyle: 'checkstyle',
  'code-climate': 'gitlab',
  'junit-xml': 'junit',
  'github-actions': 'github',
  sarif: 'sarif',
};

/** Version 2 has a map, version 1 a list or one text with commas. What is the default anyway goes unsaid. */
function formatsOf(output: unknown): readonly string[] {
  const pairs: readonly (readonly [string, string | undefined])[] = isRecord(output)
    ? Object.entries(output).map(([name, of]) => [name, text(record(of).path)])
    : typeof output === 'string'
      ? output.split(',').map((each) => [each.split(':')[0], each.split(':')[1]])
      : records(output).map(({ format, path }: Section) => [text(format) ?? '', text(path)]);
  return pairs.flatMap(([name, path]) => {
    const known = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
    const file = path === undefined || path === 'stdout' ? '' : `:${path}`;
    return known === undefined || (known === 'text' && file === '') ? [] : [`--format ${known}${file}`];
  });
}
