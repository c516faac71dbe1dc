// Package worth counts the lines of a megabyte.
package worth

import (
	"bufio"
	"io"
	"strings"
)

var (
	input = strings.Repeat("a line of thirty-two characters\n", 1<<15)
	count int
)

func Work() {
	count = lines(struct{ io.Reader }{strings.NewReader(input)})
}

func lines(r io.Reader) (n int) {
	for s := bufio.NewScanner(r); s.Scan(); {
		n++
	}
	return n
}
