/** The branch of the demonstration: five commits on a real module that add, move and fix findings, in files that it has and in new ones. */

/** The module, as the module proxy has it. */
export const MODULE = { path: 'github.com/go-chi/chi/v5', version: 'v5.5.0' };

export interface Commit {
  readonly subject: string;
  /** Renamed files, from and to; the rest speaks of them by the new names. */
  readonly moved: readonly (readonly [string, string])[];
  /** New files by name. */
  readonly added: Readonly<Record<string, string>>;
  /** Texts in files that are there, each once, and what stands for them. */
  readonly changed: readonly { readonly file: string; readonly from: string; readonly to: string }[];
}

const NAMES = `package middleware

// Headers are the names of the headers that routes look at.
func (hr HeaderRouter) Headers() []string {
	names := []string{}
	for name := range hr {
		names = append(names, name)
	}
	return names
}
`;

const PROBE = `package middleware

import (
	"context"
	"net/http"
	"time"
)

// Probe answers 503 while the upstream does not answer within the limit.
func Probe(alive func(context.Context) error, limit time.Duration) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			ctx, _ := context.WithTimeout(r.Context(), limit)
			if err := alive(ctx); err != nil {
				http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
`;

const NOTHING = { moved: [], added: {}, changed: [] } as const;

/** In their order. */
export const COMMITS: readonly Commit[] = [
  { ...NOTHING, subject: 'middleware: which headers routes look at', added: { 'middleware/header_names.go': NAMES } },
  { ...NOTHING, subject: 'middleware: strip.go is about slashes', moved: [['middleware/strip.go', 'middleware/slashes.go']] },
  { ...NOTHING, subject: 'middleware: 503 while the upstream is silent', added: { 'middleware/probe.go': PROBE } },
  {
    ...NOTHING,
    subject: 'middleware: room for the patterns of a route',
    changed: [{ file: 'middleware/route_headers.go', from: 'patterns := []Pattern{}', to: 'patterns := make([]Pattern, 0, len(match))' }],
  },
  {
    ...NOTHING,
    subject: 'middleware: a request id that is taken is made anew',
    changed: [
      {
        file: 'middleware/request_id.go',
        from: '\t\tif requestID == "" {\n',
        to: '\t\tfor requestID == "" || isTaken(requestID) {\n',
      },
      {
        file: 'middleware/request_id.go',
        from: '// GetReqID returns',
        to: '// isTaken tells whether a request with this ID is under way.\nvar isTaken = func(id string) bool { return false }\n\n// GetReqID returns',
      },
    ],
  },
];
