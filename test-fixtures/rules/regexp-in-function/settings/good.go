// No findings: a configuration is read, and what is made is set up, before the work begins.

package settings

import "regexp"

func listen(address string) string {
	return regexp.MustCompile(`^\w+://`).ReplaceAllString(address, "")
}

type remote struct{ digits string }

// What sets something is called when that is made.
func (r *remote) setFormat(format string) {
	r.digits = regexp.MustCompile(`#+`).FindString(format)
}
