// Package worth matches one line.
package worth

import "regexp"

var (
	line   = "2026-11-21 level=info"
	isInfo bool
)

func Work() {
	isInfo = regexp.MustCompile(`^\d{4}-\d{2}-\d{2} level=(\w+)$`).MatchString(line)
}
