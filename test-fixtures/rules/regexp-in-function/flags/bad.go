package main

import "regexp"

// On each iteration of a loop it is felt in a command too.
func count(names []string) (n int) {
	for _, name := range names {
		if regexp.MustCompile(`^[a-z]+$`).MatchString(name) { // want regexp-in-function "on each iteration of a loop"
			n++
		}
	}
	return n
}
