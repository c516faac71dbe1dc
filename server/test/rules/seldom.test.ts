/** Which commands count as ending soon: what a framework calls may be a client of a network or serve it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { neverCancelled } from '../../src/base/index.ts';
import { interfaceBoxing } from '../../src/rules/interface-boxing/rule.ts';
import { memoryFiles } from '../support/files.ts';
import { loadTestGrammar } from '../support/grammar.ts';
import { sessionFor } from './fixtures.ts';

beforeAll(loadTestGrammar);

const LIST = `package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

var command = &cobra.Command{}

func list(names []string) string {
	var all strings.Builder
	for _, name := range names {
		fmt.Fprintf(&all, "%s\\n", name)
	}
	return all.String()
}
`;

function findings(beside: string): number {
  const session = sessionFor(
    [interfaceBoxing],
    memoryFiles({
      '/m/go.mod': 'module example.com/m\n\ngo 1.26\n',
      '/m/cmd/names/list.go': LIST,
      '/m/cmd/names/beside.go': `package main\n\nimport "net/http"\n\n${beside}\n`,
    }),
  );
  return session.review(['/m/cmd/names/list.go'], neverCancelled).findings.length;
}

describe('a command that a framework calls', () => {
  it('ends soon where it only asks a server', () => {
    expect(findings('func fetch() (*http.Response, error) { return http.Get("https://example.com") }')).toBe(0);
  });

  it('runs long where it is one', () => {
    expect(findings('func routes() *http.ServeMux { return http.NewServeMux() }')).toBe(1);
    expect(findings('func handle(w http.ResponseWriter, r *http.Request) {}')).toBe(1);
  });
});
