package quiet

import "regexp"

// Who knows how often it is called.
func isWord(text string) bool {
	return regexp.MustCompile(`^\w+$`).MatchString(text)
}
