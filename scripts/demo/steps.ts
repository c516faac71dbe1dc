/** What the demonstration types, and what the page says around it. */

export interface Step {
  readonly prose: string;
  /** Commands of a POSIX shell, in one working tree, one after the other. */
  readonly commands: readonly string[];
}

/** Prints of a SARIF file what a reader wants to see here. */
const SHOW_SARIF = [
  `node -p "JSON.parse(fs.readFileSync('escapement.sarif', 'utf8')).runs[0].results`,
  `  .map(({ ruleId, level, locations: [{ physicalLocation: at }], fixes = [] }) =>`,
  `    [ruleId, level, at.artifactLocation.uri, at.region.startLine, fixes.length + ' fixes'].join(' ')).join('\\n')"`,
].join('\n');

/** Prints of reviewdog's lines where it would put a comment, and the text of the suggestion there. */
const SHOW_SUGGESTIONS = [
  `node -p "fs.readFileSync(0, 'utf8').trim().split('\\n').map((line) => JSON.parse(line))`,
  `  .map(({ code, location: { path, range }, suggestions = [] }) =>`,
  `    [path + ':' + range.start.line, code.value, ...suggestions.map(({ text }) => '-> ' + text)].join(' ')).join('\\n')"`,
].join('\n');

export const STEPS: readonly Step[] = [
  {
    prose: 'A code base with a past, and a branch on it of five commits:',
    commands: ['escapement review ./... | tail -n 1', 'git log --reverse --format=%s main..headers'],
  },
  {
    prose: `What the branch brings: the append and the lost cancel are in new files.
What moved with its file is not told, nor what is in files that nobody touched:`,
    commands: ['escapement review ./... --new-from-merge-base main', 'echo $?'],
  },
  {
    prose: 'The same with a baseline, for whoever has no history at hand. It says what the fourth commit mended:',
    commands: [
      'git switch -q main && escapement baseline update && git switch -q headers',
      'escapement review ./... --baseline .escapement-baseline.json --format text:/dev/null',
      'escapement review ./... --baseline .escapement-baseline.json -q | cut -d: -f1-4',
      'escapement baseline prune',
    ],
  },
  {
    prose: `As comments on a change, by reviewdog. \`-reporter=rdjsonl\` prints what \`github-pr-review\` would send; an edit that is one piece is a suggestion that
one click applies:`,
    commands: [
      `escapement review ./... --fail-on never --format rdjson |
  reviewdog -f=rdjson -reporter=rdjsonl -diff='git diff main' |
  ${SHOW_SUGGESTIONS}`,
    ],
  },
  {
    prose: 'For code scanning, and for annotations of the build:',
    commands: [
      'escapement review ./... --new-from-merge-base main --format sarif:escapement.sarif --format github | cut -c 1-140',
      SHOW_SARIF,
    ],
  },
  {
    prose: 'And fixed, as far as that is safe:',
    commands: [
      'escapement review ./... --new-from-merge-base main --fix -q | cut -d: -f1-4',
      'git diff',
      'go build ./... && escapement review ./... --new-from-merge-base main --diff',
    ],
  },
];
