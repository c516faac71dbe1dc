// Package worth writes a text of a thousand bytes to a buffered writer.
package worth

import (
	"bufio"
	"io"
	"strings"
)

var (
	writer = bufio.NewWriter(io.Discard)
	text   = strings.Repeat("x", 1000)
)

func Work() {
	writer.Write([]byte(text))
}
