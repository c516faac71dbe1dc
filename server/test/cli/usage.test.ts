/** Wrong arguments: one line that names the place and the remedy. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLEAN, makeProject, type Project, runMain } from './project.ts';

let project: Project;

beforeAll(() => {
  project = makeProject({ 'a.go': CLEAN });
});
afterAll(() => project.dispose());

describe('wrong use', () => {
  it.each([
    [['review', 'aa.go'], 'aa.go: no such file or directory; did you mean a.go?'],
    [['review', 'go.mod'], 'go.mod: not a Go file; name a .go file or a directory'],
    [['review', 'a.go/...'], 'a.go/...: not a directory; leave out /...'],
    [['review', '--format', 'jsn'], '--format: unknown format "jsn"; did you mean json?'],
    [
      ['review', '--format', 'teamcity'],
      '--format: unknown format "teamcity"; there are text, json, ndjson, sarif, github, gitlab, rdjson, rdjsonl, checkstyle, junit, azure, markdown',
    ],
    [['review', '--format', 'json:'], '--format json: names no file; write json:FILE, or json for standard output'],
    [
      ['review', '--format', 'json', '--format', 'sarif'],
      '--format: json and sarif both want standard output; send one to a file with --format sarif:FILE',
    ],
    [['review', '--goos', 'plan10'], '--goos: unknown value "plan10"; did you mean plan9?'],
    [['review', '--goarch', 'amd63'], '--goarch: unknown value "amd63"; did you mean amd64?'],
    [['review', '--rules', 'slice-groth'], '--rules: unknown rule "slice-groth"; did you mean slice-growth?'],
    [
      ['review', '--fail-on', 'info'],
      '--fail-on: unknown value "info"; it takes hint, information, warning, error, never, or rules, which escapement rules lists',
    ],
    [['review', '--fail-on', 'error,lost-cancle'], '--fail-on: unknown value "lost-cancle"; did you mean lost-cancel?'],
    [
      ['review', '--rules', 'slice-growth', '--fail-on', 'lost-cancel,escapement,slice-growth'],
      '--fail-on: lost-cancel does not run in this review; turn on with --rules or in the configuration what is to fail the run, or leave it out',
    ],
    [
      ['review', '--max', 'slice-growth=9', '--max', 'map-growth=0'],
      '--max: map-growth does not run in this review; turn on with --rules or in the configuration what is to fail the run, or leave it out',
    ],
    [['review', '--fail-on', ','], '--fail-on: names nothing; write hint, information, warning, error, never, or rules'],
    [['review', '--fix=all'], '--fix: unknown value "all"; it takes safe, suggestion, unsafe'],
    [['review', '--diff', '--format', 'json'], "--diff: standard output is the diff's; send the report to a file with --format json:FILE"],
    [['review', '--jobs', '0'], '--jobs: "0" is no positive number'],
    [['review', '--go', '2.1'], '--go: "2.1" is no Go version; write one such as 1.24'],
    [['review', '--config', 'no.yml'], '--config: cannot read no.yml'],
    [['review', '-q', '-v'], '-q and -v contradict each other; leave one out'],
    [['review', '-'], '-: tell where the text belongs with --stdin-filepath FILE.go'],
    [['review', '--new-from-patch', 'no.diff'], '--new-from-patch: cannot read "no.diff"'],
    [['review', '--server', 'no-such-server'], '--server: cannot run no-such-server: spawn no-such-server ENOENT'],
    [['review', '--frmat', 'json'], "unknown option '--frmat' (Did you mean --format?)"],
    [['review', '@no.params'], '@no.params: cannot read the file of arguments'],
    [['revue'], "unknown command 'revue' (Did you mean review?)"],
    [['./...'], "unknown command './...'; to review it: escapement review ./..."],
    [['explain', 'slice-grow'], 'explain: unknown rule "slice-grow"; did you mean slice-growth?'],
    [['explain', '\u001b[2J\u202e'], 'explain: unknown rule "\\x1b[2J\\u202e"; escapement rules lists them'],
  ])('%j is one line that helps', async (args, message) => {
    expect(await runMain(project.directory, args)).toEqual({ code: 2, stdout: '', stderr: `escapement: ${message}\n` });
  });
});
