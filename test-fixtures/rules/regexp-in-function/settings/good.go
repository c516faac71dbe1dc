// No findings: a configuration is read when the program starts.

package settings

import "regexp"

func listen(address string) string {
	return regexp.MustCompile(`^\w+://`).ReplaceAllString(address, "")
}
