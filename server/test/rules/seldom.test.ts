/** Which code counts as seldom run: commands that end soon, and with a panic, where what a framework calls may be a client of a network or serve it; and what is for tests. */
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { cancelNotDeferred } from '../../src/rules/cancel-not-deferred/rule.ts';
import { interfaceBoxing } from '../../src/rules/interface-boxing/rule.ts';
import { isTestCode } from '../../src/rules/kit/tests.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sourceFile } from '../support/source-file.ts';
import { sessionFor } from './fixtures.ts';

beforeAll(loadTestGrammar);

const LIST = `package main

import (
	"fmt"
	"strings"
)

func list(names []string) string {
	var all strings.Builder
	for _, name := range names {
		fmt.Fprintf(&all, "%s\\n", name)
	}
	return all.String()
}
`;

const COMMAND = `package main

import "github.com/spf13/cobra"

var command = &cobra.Command{}
`;

const framed = (text: string): string => text.replace('import (\n', 'import (\n\t"github.com/spf13/cobra"\n');

function findings(beside: string, list = LIST): number {
  const session = sessionFor(
    [interfaceBoxing],
    memoryFiles({
      '/m/go.mod': 'module example.com/m\n\ngo 1.26\n',
      '/m/cmd/names/main.go': COMMAND,
      '/m/cmd/names/list.go': list,
      '/m/cmd/names/beside.go': `package main\n\nimport "net/http"\n\n${beside}\n`,
    }),
  );
  return session.review(['/m/cmd/names/list.go'], neverCancelled).findings.length;
}

const FETCHES = 'func fetch() (*http.Response, error) { return http.Get("https://example.com") }';
const SERVES = 'func routes() *http.ServeMux { return http.NewServeMux() }';

describe('a command that a framework calls', () => {
  it('ends soon where it only asks a server', () => {
    expect(findings(FETCHES)).toBe(0);
  });

  it('runs long where it is one', () => {
    expect(findings(SERVES)).toBe(1);
    expect(findings('func handle(w http.ResponseWriter, r *http.Request) {}')).toBe(1);
  });

  it('ends soon in a file of its own beside one that serves', () => {
    expect(findings(SERVES, framed(LIST))).toBe(0);
  });
});

const CALLS = `package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"
)

func run(PARAMETERS) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	err := load(ctx)
	cancel()
	return err
}

func load(ctx context.Context) error { return ctx.Err() }
`;

function lateCancels(parameters: string): number {
  const session = sessionFor(
    [cancelNotDeferred],
    memoryFiles({
      '/m/go.mod':
        'module example.com/m\n\ngo 1.26\n\nrequire github.com/spf13/cobra v1.0.0\n\nreplace github.com/spf13/cobra => ./cobra\n',
      '/m/cobra/go.mod': 'module github.com/spf13/cobra\n',
      '/m/cobra/command.go': 'package cobra\n\ntype Command struct{}\n',
      '/m/run.go': CALLS.replace('PARAMETERS', parameters),
    }),
  );
  return session.review(['/m/run.go'], neverCancelled).findings.length;
}

describe('a panic', () => {
  it('ends the program where a framework calls the command', () => {
    expect(lateCancels('_ *cobra.Command, _ []string')).toBe(0);
    expect(lateCancels('_ []string')).toBe(1);
  });
});

it.each([
  ['testing', true],
  ['github.com/stretchr/testify/require', true],
  ['github.com/onsi/gomega', true],
  ['github.com/stretchr/objx', false],
])('a file that imports %s is for tests: %j', (path, isForTests) => {
  expect(isTestCode(sourceFile(`package p\n\nimport "${path}"\n`).file)).toBe(isForTests);
});
