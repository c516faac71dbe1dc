// Package worth counts the lines of a megabyte.
package worth

import (
	"bufio"
	"bytes"
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
	text, err := io.ReadAll(r)
	if err != nil {
		return 0
	}
	for s := bufio.NewScanner(bytes.NewReader(text)); s.Scan(); {
		n++
	}
	return n
}
