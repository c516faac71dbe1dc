// Package worth compares two names of a header that differ in case.
package worth

import "strings"

var (
	sent   = "Content-Security-Policy-Report-Only"
	wanted = "content-security-policy-report-only"
	isSame bool
)

func Work() {
	isSame = strings.ToLower(sent) == strings.ToLower(wanted)
}
